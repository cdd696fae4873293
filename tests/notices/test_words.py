"""Words of notices: in the reader's language or marked as another; set out safely; usual ones for every kind."""

import pytest
from flask import Flask
from flask_babel import gettext

from app.languages import speaking
from app.notices import words as notice_words
from app.notices.models import NoticeUpdate
from app.notices.retelling import plain, whole
from app.notices.shapes import KINDS, SERVICES, SEVERITIES
from app.notices.showing import Said, district_of, in_area, missing_in_update, missing_languages, update_in, words_in
from app.notices.usual import usual_words
from app.notices.words_set_out import html_of, one_line, plain_of
from tests.cases.moments import london
from tests.notices.telling import MONDAY, a_notice

BOTH = {"en": {"title": "Off", "words": "Wait."}, "cy": {"title": "I ffwrdd", "words": "Arhoswch."}}


def test_a_reader_gets_their_language_else_the_landlords_first_else_what_there_is() -> None:
    notice = a_notice("Thu 2026-12-31 06:00", words=BOTH)
    assert words_in(notice, "cy", "en") == Said("I ffwrdd", "Arhoswch.", "cy")
    assert words_in(notice, "ar", "en") == Said("Off", "Wait.", "en")
    notice.words = {"cy": BOTH["cy"]}
    assert words_in(notice, "ar", "en").language == "cy"


def test_half_a_version_is_no_version() -> None:
    notice = a_notice("Thu 2026-12-31 06:00", words=BOTH | {"cy": {"title": "I ffwrdd", "words": " "}})
    assert words_in(notice, "cy", "en").language == "en"
    assert missing_languages(notice, ("en", "cy", "ar")) == ("cy", "ar")


def test_an_update_falls_back_too_and_may_say_nothing() -> None:
    update = NoticeUpdate(what="update", words={"en": "More.", "cy": ""})
    said = update_in(update, "cy", "en")
    assert said
    assert (said.words, said.language) == ("More.", "en")
    assert missing_in_update(update, ("en", "cy")) == ("cy",)
    wordless = NoticeUpdate(what="resolved", words={})
    assert update_in(wordless, "cy", "en") is None
    assert missing_in_update(wordless, ("en", "cy")) == ()


DISTRICTS = {
    "ex4": "EX4",
    "EX4 6AB": "EX4",
    "ex46ab": "EX4",
    " EX4 6 ": "EX4",
    "EX31 1AA": "EX31",
    "W1A 1AA": "W1A",
    "EC1A1BB": "EC1A",
    "L1": "L1",
    "EX4 6AB and": "EX4",
    "": None,
    "Exeter": None,
    "4EX": None,
    "EX": None,
}


@pytest.mark.parametrize(("typed", "district"), DISTRICTS.items())
def test_a_district_is_found_in_what_is_typed(typed: str, district: str | None) -> None:
    assert district_of(typed) == district


def test_a_notice_without_areas_is_for_everybody() -> None:
    assert in_area(a_notice("Thu 2026-12-31 06:00"), "L1")
    here = a_notice("Thu 2026-12-31 06:00", areas=["EX4", "EX10"])
    assert in_area(here, "EX10")
    assert not in_area(here, "EX1")


def test_lists_strong_words_and_links_are_set_out_and_lines_stay_lines() -> None:
    made = html_of("One **strong**\ntwo\n\n- a\n- [our page](/en/contact)\n\n1. [mail](mailto:a@b.example)")
    assert made == (
        '<p class="govuk-body">One <strong>strong</strong><br>\ntwo</p>\n'
        '<ul class="govuk-list govuk-list--bullet">\n<li>a</li>\n'
        '<li><a href="/en/contact" class="govuk-link">our page</a></li>\n</ul>\n'
        '<ol class="govuk-list govuk-list--number">\n'
        '<li><a href="mailto:a@b.example" class="govuk-link">mail</a></li>\n</ol>\n'
    )


STRANGE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](vbscript:1)",
    "[x](data:text/html,1)",
    "[x](//elsewhere.example)",
    "[x](/\\elsewhere.example)",
    "![x](https://x.example/a.png)",
    "# Head",
    "`code`",
    "---",
    "> quoted",
    "|a|b|",
    "https://x.example",
    "<a href='https://x.example' onclick='1'>x</a>",
)


@pytest.mark.parametrize("typed", STRANGE)
def test_whatever_else_is_typed_stands_as_it_was_typed(typed: str) -> None:
    made = html_of(typed)
    for sign in ("<script", "<img", "onerror=alert(1)>", "<h1", "<code", "<hr", "<blockquote", "<table"):
        assert sign not in made
    hrefs = [piece.split('"')[0] for piece in made.split('href="')[1:]]
    assert all(href.startswith(("https://x.example", "/%5C")) for href in hrefs), "a backslash leads nowhere else"
    assert made.striptags() != ""


def test_in_an_email_the_signs_are_gone_and_addresses_stay() -> None:
    typed = "One **strong** word\n\n- [our page](https://x.example/a?b=1&c=2)\n- mail [a@b.example](mailto:a@b.example)"
    assert plain_of(typed) == "One strong word\n\n- our page (https://x.example/a?b=1&c=2)\n- mail a@b.example"
    assert one_line("One\n\ntwo") == "One two"


def test_plain_text_says_once_and_before_them_that_words_are_in_another_language(sqlite_app: Flask) -> None:
    """A calendar has no other mark for a part of its text."""
    later = [
        NoticeUpdate(what="update", at=london(f"Tue 2026-12-29 {hour}:00"), words={"en": said})
        for hour, said in ((10, "The pipe is found."), (11, "A plumber comes."))
    ]
    about = {"changed_at": MONDAY, "created_at": MONDAY}
    for words, added in ((BOTH, []), (BOTH, later), ({"en": BOTH["en"]}, []), ({"en": BOTH["en"]}, later)):
        notice = a_notice("Thu 2026-12-31 06:00", words=words, updates=list(added), **about)
        with speaking("cy"):
            text = plain(whole(notice))
            excuse = str(gettext("We do not have this notice in your language yet. If you need it, call us."))
        english = [text.find(said) for said in ("A plumber comes.", "The pipe is found.", "Wait.") if said in text]
        assert text.count(excuse) == (1 if english else 0)
        assert all(text.find(excuse) < place for place in english)


def test_there_are_words_for_everything_that_a_notice_can_be(sqlite_app: Flask) -> None:
    assert set(notice_words.KIND_WORDS) == set(KINDS)
    assert set(notice_words.SEVERITY_WORDS) == set(SEVERITIES)
    assert set(notice_words.SERVICE_WORDS) == set(SERVICES)
    assert set(notice_words.STAGE_WORDS) == {"waiting", "announced", "live", "over"}
    for kind in KINDS:
        found = usual_words(kind, ("en", "cy", "ar", "tlh"))
        assert "en" in found
        assert all(said["title"] and said["words"] for said in found.values())
        assert "tlh" not in found, "what is in no catalogue is left to the first language, and marked"
