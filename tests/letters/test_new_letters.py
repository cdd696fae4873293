"""Letters on visits, calls in vain, reviews and planned work: what each must have, and what a list gets of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import formats
from app.extensions import db
from app.formats.document import parse
from app.landlords.standards import current_landlord, load_landlord
from app.letters.actions import document_of, request_letter
from app.letters.compose import LETTERS, NoSuchLetter, compose
from app.letters.compose_list import LISTED, compose_for_list
from app.letters.lacks import GIVEN, LetterLacks
from tests.builders import a_tenant, needs
from tests.caseload.desk import a_desk_for_many_tests
from tests.letters.samples import AT, SAMPLES, WORD, sample
from tests.letters.test_acknowledgement import written
from tests.rig.turns import in_turn

NEW = (
    "appointment",
    "appointment-cancelled",
    "call-back-missed",
    "interpreter-booked",
    "interpreter-not-there",
    "asb-closing",
    "risk-review",
    "needs-review",
    "maintenance-notice",
    "letter",
)
HASTY = "K7M4-QX9T"
NOBODY: dict[str, Any] = {"name": ""}


@pytest.fixture(scope="module")
def one_app(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request) as client:
        yield client


@pytest.fixture(autouse=True)
def nothing_stays(one_app: FlaskClient) -> Iterator[None]:
    yield
    db.session.rollback()


def a_list(name: str, language: str = "en", **different: Any) -> tuple[str, str]:
    given = {**SAMPLES[name][1], **different.pop("given", {})}
    usual = {"recipient": {"name": "Anna Nowak"}, "reference": HASTY, "tenant": a_tenant(needs=needs())}
    recipient = {**usual, **different}
    return compose_for_list(name, current_landlord(), language, given, recipient.pop("recipient"), **recipient)


@pytest.mark.parametrize("name", NEW)
def test_a_letter_that_lacks_what_it_must_say_is_refused_by_name(name: str) -> None:
    case = written(handler=None, kind=SAMPLES[name][0][0], channel="web").case
    for item in GIVEN[name]:
        for nothing in (None, "", "  "):
            with pytest.raises(LetterLacks, match=item.replace("_", " ")):
                compose(case, name, current_landlord(), given={**SAMPLES[name][1], item: nothing})


@pytest.mark.parametrize(
    ("name", "wrong", "item"),
    [
        ("appointment", {"ends": "2026-12-29T08:00:00+00:00"}, "end after the beginning"),
        ("appointment", {"phone": ""}, "phone number that we ring first"),
        ("appointment-cancelled", {"words_language": None}, "language of the reason"),
        ("call-back-missed", {"ends": None}, "end of the next call"),
        ("maintenance-notice", {"ends_on": "2026-12-28"}, "end after the beginning"),
    ],
)
def test_what_hangs_together_is_there_together(name: str, wrong: dict[str, Any], item: str) -> None:
    case = written(handler=None, kind="enquiry", channel="web").case
    with pytest.raises(LetterLacks, match=item):
        compose(case, name, current_landlord(), given={**SAMPLES[name][1], **wrong})


def test_only_the_landlord_who_promises_identity_cards_promises_them() -> None:
    case = written(handler=None, kind="enquiry", channel="web").case
    promised = "shows it to you"
    assert promised in compose(case, "appointment", load_landlord("livewest"), given=SAMPLES["appointment"][1])
    other = compose(case, "appointment", load_landlord("livv"), given=SAMPLES["appointment"][1])
    assert promised not in other
    assert "Ask to see the card before you let anybody in." in other


@pytest.mark.parametrize("name", ["asb-closing", "risk-review"])
def test_a_letter_that_others_at_home_may_see_names_no_report(name: str) -> None:
    letter = sample(written(handler=None, kind="antisocial-behaviour", channel="web").case, name)
    said = f"{letter.title} {letter.body}".lower()
    assert not [word for word in ("antisocial", "behaviour", "neighbour", "risk", "abuse", "report") if word in said]
    assert "999" in said


def test_a_review_says_every_need_as_it_was_recorded() -> None:
    case = written(handler=None, kind="complaint", channel="web").case
    kept = case.tenant.needs
    kept.letter_format, kept.paper_colour, kept.point_size = "large-print", "yellow", 24
    kept.safe_times, kept.interpreter_language = "After 6pm", "Polish"
    body = compose(case, "needs-review", current_landlord(), given=SAMPLES["needs-review"][1])
    for words in ("Print of 24 points", "Yellow", "After 6pm", "Polish", "2027-01-11"):
        assert words in body
    kept.letter_format, kept.braille_cells, kept.braille_lines = "braille", 32, 20
    body = compose(case, "needs-review", current_landlord(), given=SAMPLES["needs-review"][1])
    assert "32 cells in a line, 20 lines on a page" in body
    assert "Yellow" not in body, "there is no paper colour in braille"


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_list_gets_a_letter_without_a_case_in_every_language(name: str) -> None:
    assert {one.key for one in LISTED[name].asked if one.is_needed} <= set(GIVEN[name])
    for language in in_turn(name):
        title, body = a_list(name, language)
        assert title
        assert HASTY in body
        assert parse(body, language)
    english = a_list(name)[1]
    assert "Dear Anna Nowak," in english
    assert "The reference of this letter is" in english
    assert "what you told us" not in english, "nobody told us anything"
    assert "Hello," in a_list(name, recipient=NOBODY)[1]


def test_a_letter_to_a_list_speaks_of_no_tenant_whom_we_do_not_know() -> None:
    assert WORD in a_list("maintenance-notice", tenant=None)[1]
    with pytest.raises(LetterLacks, match="communication needs"):
        a_list("needs-review", tenant=None)
    with pytest.raises(NoSuchLetter):
        compose_for_list("closing", current_landlord(), "en", {}, NOBODY, reference=HASTY)
    with pytest.raises(LetterLacks, match="reference"):
        a_list("letter", reference="")


def test_the_title_of_a_colleague_is_the_letters_only_in_its_own_language() -> None:
    mine = {"title": "The lift\nin your house", "words": "It is new."}
    assert a_list("letter", given=mine)[0] == "The lift in your house"
    title, body = a_list("letter", "ar", given=mine)
    assert "lift" not in title
    assert "The lift" in body
    letter = request_letter(
        written(handler=None, kind="enquiry", channel="web").case, "letter", AT, given={**mine, "words_language": "en"}
    )
    assert letter.title == "The lift in your house"


def test_the_new_letters_can_be_read_and_printed() -> None:
    landlord = current_landlord()
    for name in NEW:
        letter = sample(written(handler=None, kind=SAMPLES[name][0][0], channel="web").case, name)
        text = formats.make("text", document_of(letter, landlord)).content.decode()
        assert str(LETTERS[name].title) in text or name == "letter"
        assert WORD in text or name in ("needs-review", "call-back-missed")
        db.session.rollback()
