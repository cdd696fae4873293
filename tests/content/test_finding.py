"""Search over pages: it forgives spelling and accents in each language, and leads to the right part of a page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.content.composing import page_in
from app.content.finding import compared, find
from app.content.parts import add_part
from app.content.reading import library
from app.content.remembered import Remembered, remember
from app.content.tags import paragraph
from app.landlords.standards import current_landlord
from tests.content.shelves import TUESDAY, a_page, a_site_for_many_tests, shelve, unshelve


@pytest.fixture(scope="module", autouse=True)
def site(request: pytest.FixtureRequest) -> Iterator[Flask]:
    with a_site_for_many_tests(request) as app, app.test_request_context("/en/"):
        yield app
        unshelve()


@pytest.fixture
def whole_site() -> None:
    """Its index is made once."""
    if "contact" not in library().pages:
        unshelve()


def found(question: str, language: str = "en") -> list[str]:
    """Where it leads, the best first: repairs, complaints#stage-2."""
    return [
        one.findable.address.partition(f"/{language}/")[2].removeprefix("help/")
        for one in find(question, language, current_landlord(), TUESDAY)
    ]


@pytest.mark.parametrize(
    ("question", "language", "page"),
    [
        ("radiator", "en", "bleed-a-radiator"),
        ("cold radiater", "en", "bleed-a-radiator"),
        ("BOYLER PRESURE", "en", "boiler-pressure"),
        ("damp wall", "en", "condensation-and-mould"),
        ("mold", "en", "condensation-and-mould"),
        ("who mends the fence", "en", "repairs"),
        ("fense", "en", "repairs"),
        ("dor", "en", "safety"),
        ("complaning", "en", "complaint"),
        ("braile", "en", "another-format"),
        ("asbestos", "en", "safety"),
        ("lleithder", "cy", "condensation-and-mould"),
        ("rheiddiadur oer", "cy", "bleed-a-radiator"),
        ("gollyngiad dwr", "cy", "stop-a-leak"),  # dŵr
        ("العفن", "ar", "condensation-and-mould"),
        ("تسرب الماء", "ar", "stop-a-leak"),
        ("شكوي", "ar", "complaint"),  # شكوى
        ("zimny grzejnik", "pl", "bleed-a-radiator"),
        ("plesn", "pl", "condensation-and-mould"),  # pleśń
        ("mucegai", "ro", "condensation-and-mould"),
        ("reclamatie", "ro", "complaints"),
        ("пліснява", "uk", "condensation-and-mould"),
        ("скарга", "uk", "complaints"),
        ("پھپھوندی", "ur", "condensation-and-mould"),
        ("شكايت", "ur", "complaints"),  # شکایت on an Arabic keyboard
        ("radiador frio", "pt", "bleed-a-radiator"),
        ("reclamacao", "pt", "complaints"),  # reclamação
    ],
)
@pytest.mark.usefixtures("whole_site")
def test_what_tenants_look_for_is_found_first(question: str, language: str, page: str) -> None:
    assert found(question, language)[0].partition("#")[0] == page


def test_a_word_that_is_there_is_not_taken_for_one_that_looks_like_it() -> None:
    shelve(a_page("heating", "It is cold."), a_page("letters", "You could write."), a_page("more", "Colder days."))
    assert found("cold") == ["heating", "more"]


def test_it_leads_to_the_part_of_the_page_and_shows_the_sentence_with_the_words_marked() -> None:
    words = "First.\n\n## Pressure {#pressure}\n\nLook at the dial. Add water <b>slowly</b>.\n\n## Else\n\nNo."
    shelve(a_page("heating", words))
    (one,) = find("watter", "en", current_landlord(), TUESDAY)
    assert (one.findable.address, one.findable.heading) == ("/en/help/heating#pressure", "Pressure")
    assert one.sentence == "Add <mark>water</mark> &lt;b&gt;slowly&lt;/b&gt;."


def test_each_page_is_found_once_and_what_hardly_fits_is_left_out() -> None:
    many = [a_page(f"page-{number}", "A tap is mentioned here among other words.") for number in range(30)]
    shelve(a_page("taps", "## Taps\n\nA tap.\n\n## More taps\n\nTap.", title="Tap that drips"), *many)
    assert found("tap")[0] == "taps"
    assert len(found("tap")) == len(set(found("tap"))) <= 10


def test_words_by_which_people_look_need_not_stand_on_the_page() -> None:
    shelve(a_page("heating", "Words.", found_by=("central heating", "boiler")), a_page("other", "Boil water."))
    assert found("boiler")[0] == "heating"


def test_a_page_that_is_not_translated_is_found_in_its_own_language() -> None:
    shelve(a_page("leaks", "Stop the water."), a_page("heating", "Gwres.", "cy"))
    (one,) = find("water", "cy", current_landlord(), TUESDAY)
    assert (one.findable.language, one.findable.address) == ("en", "/cy/help/leaks")


@pytest.mark.parametrize("question", ["", " ", "?!", "a" * 5_000, "x " * 500, "\x00", "%s %(zq)s", "xyzzy"])
@pytest.mark.usefixtures("whole_site")
def test_nothing_is_found_for_nothing_and_nothing_breaks(question: str) -> None:
    assert found(question) == []


def test_accents_vowel_signs_and_articles_are_not_looked_at() -> None:
    assert compared("DŴR") == "dwr"
    assert compared("الطَّوارئ") == compared("طواري")
    assert compared("والشكوى") == compared("شكوي")


def test_what_a_page_no_longer_says_is_no_longer_found(site: Flask) -> None:
    said = ["Lifts are looked at each month."]
    one = Remembered("tried", lambda at: tuple(said), ())
    remember(site, one)
    add_part(site, "tried", lambda landlord, at: paragraph(one.at(at)[0]))
    shelve(a_page("learned", "[[tried]]"))
    assert found("lifts") == ["learned"]
    said[0] = "Pipes are looked at each month."
    later = TUESDAY + timedelta(minutes=2)
    assert find("lifts", "en", current_landlord(), later) == ()
    assert find("pipes", "en", current_landlord(), later)


def test_words_of_another_language_are_found_and_not_shown_as_the_readers() -> None:
    shelve(a_page("languages", "We speak [Cymraeg hefyd](lang:cy) here. Ask us about Cymraeg."))
    (one,) = find("hefyd", "en", current_landlord(), TUESDAY)
    assert "hefyd" not in one.sentence


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.usefixtures("whole_site")
def test_whatever_is_found_stands_where_it_leads(language: str) -> None:
    for slug in library().slugs():
        shown = page_in(slug, language, TUESDAY)
        assert [one.fragment for one in shown.anchors if f'id="{one.fragment}"' not in shown.html] == []
