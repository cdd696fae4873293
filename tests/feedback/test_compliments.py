"""Praise: who it is about, who hears of it, and what the tenant is told."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.caseload.record import record_contact
from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db
from app.feedback.actions import make_compliment
from app.feedback.colleagues import find_colleague
from app.feedback.journeys import COMPLIMENT
from app.journeys import steps
from app.landlords.standards import current_landlord, load_landlord
from app.letters.models import Letter
from app.reception.actions import Arrival
from tests.builders import a_colleague
from tests.conftest import MakeApp
from tests.feedback.writing import PRAISE, begin, go_on, send
from tests.journeys.reader import Reader

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SAM, GRACE = "sam.field@landlord.example", "grace.okafor@landlord.example"


@pytest.fixture
def monday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "now", lambda: MONDAY_NOON)


def sam_and_grace() -> None:
    above = a_colleague(GRACE, name="Grace Okafor")
    a_colleague(SAM, name="Sam Field", line_manager_id=above.id)


def arrived(doubts: tuple[str, ...] = (), **answers: str) -> Arrival:
    """Praise as the form hands it on."""
    said = {"what_happened": PRAISE, "colleague_name": "Sam Field", "wants_answer": "no", **answers}
    return Arrival(answers=said, person={}, needs={}, language="en", at=MONDAY_NOON, doubts=doubts)


def praise(doubts: tuple[str, ...] = (), **answers: str) -> Case:
    case = make_compliment(current_landlord(), arrived(doubts, **answers))
    db.session.commit()
    return case


def case_of(reader: Reader) -> Case:
    return db.session.execute(select(Case).where(Case.reference == reader.reference)).scalar_one()


def notes() -> dict[str, Message]:
    """Emails of our own words in the outbox, by address."""
    return {note.address: note for note in db.session.scalars(select(Message).where(Message.letter_id.is_(None)))}


def letter(case: Case, name: str) -> str:
    found = db.session.scalars(select(Letter).where(Letter.case_id == case.id, Letter.name == name))
    return " ".join(found.one().body.split())


def events(case: Case) -> dict[str, dict[str, object]]:
    return {event.what: event.details for event in case.events}


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_praise_arrives_with_every_word(make_app: MakeApp, landlord: str) -> None:
    app = make_app(landlord=landlord)
    with app.app_context():
        reader = send(app.test_client(), "compliment", thanked="team", team_thanked="repairs")
        case = case_of(reader)
        assert (case.kind, case.landlord) == ("compliment", landlord)
        assert case.contacts[0].answers == {
            "thanked": "team",
            "team_thanked": "repairs",
            "what_happened": PRAISE,
            "may_share": "publish",
            "wants_answer": "no",
        }
        assert "Thank you for your compliment" in reader.heading
        assert "We pass your words on to the team." in reader.words


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_praise_in_another_language_is_kept_as_it_was_written(sqlite_app: Flask, language: str) -> None:
    said = "Diolch o galon i bawb." if language == "cy" else "شكرًا جزيلًا لكم جميعًا."
    reader = send(sqlite_app.test_client(), "compliment", language=language, thanked="not-sure", what_happened=said)
    contact = case_of(reader).contacts[0]
    assert (contact.language, contact.answers["what_happened"]) == (language, said)


def test_the_colleague_and_their_line_manager_are_told_and_the_tenant_hears_it(client: FlaskClient) -> None:
    sam_and_grace()
    reader = send(client, "compliment")
    case = case_of(reader)
    assert "We have told Sam Field and their line manager." in reader.words
    assert set(notes()) == {SAM, GRACE}
    assert events(case)["compliment_for"] == {"colleague": SAM, "name": "Sam Field", "line_manager": GRACE}
    assert "We have told Sam Field and their line manager." in letter(case, "acknowledgement")


def test_the_note_leads_to_the_case_and_does_not_say_who_wrote_it(sqlite_app: Flask) -> None:
    sam_and_grace()
    reader = send(sqlite_app.test_client(), "compliment", wants_answer="yes")
    for note in notes().values():
        assert note.words
        assert reader.reference in note.words
        assert f"/staff/cases/{reader.reference}" in note.words
        for secret in ("Nowak", "lamp", "EX1"):
            assert secret not in f"{note.subject} {note.words}"
        assert reader.reference not in str(note.subject)
        assert "compliment" not in str(note.subject).lower()


@pytest.mark.parametrize(
    "typed", ["Zoë O’Brien", "zoe o'brien", "O’Brien Zoë", "  ZOË   OBRIEN ", "O'Brien, Zoe", "Zoë O’Brien."]
)
def test_a_name_is_understood_however_it_is_written(sqlite_app: Flask, typed: str) -> None:
    a_colleague("zoe@landlord.example", name="Zoë O’Brien")
    a_colleague("zoe.field@landlord.example", name="Zoë Field")
    found = find_colleague(typed)
    assert found is not None
    assert found.email == "zoe@landlord.example"


@pytest.mark.parametrize("typed", ["Sam", "Field", "Samuel Field", "Sam Fields", "Sam B Field", "…", "a lovely man"])
def test_nobody_is_guessed(sqlite_app: Flask, typed: str) -> None:
    sam_and_grace()
    assert find_colleague(typed) is None


def test_of_two_with_one_name_neither_is_told(sqlite_app: Flask) -> None:
    sam_and_grace()
    a_colleague("sam.2@landlord.example", name="Sam Field")
    praise()
    assert not {SAM, GRACE} & set(notes())


def test_who_has_left_is_not_told(sqlite_app: Flask) -> None:
    a_colleague(SAM, name="Sam Field", active=False)
    praise()
    assert SAM not in notes()


def test_an_unknown_name_goes_to_whoever_deals_with_the_case(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    sam_and_grace()
    a_colleague("kim@landlord.example", name="Kim O’Brien", roles=("advisor",))
    reader = send(client, "compliment", colleague_name="The plumber, Mr Osei")
    case = case_of(reader)
    assert case.handler
    assert set(notes()) == {case.handler.email}
    assert events(case)["compliment_to_pass_on"] == {"name": "The plumber, Mr Osei"}
    assert "A person finds out whom you mean." in reader.words
    assert "We have told" not in reader.words


def test_what_looks_automatic_sends_nobody_an_email(sqlite_app: Flask) -> None:
    sam_and_grace()
    case = praise(doubts=("filled_hidden_field",))
    assert not notes()
    assert "compliment_to_pass_on" in events(case)


def test_a_colleague_without_a_line_manager_is_told_alone(sqlite_app: Flask) -> None:
    a_colleague(SAM, name="Sam Field")
    reader = send(sqlite_app.test_client(), "compliment")
    assert set(notes()) == {SAM}
    assert "We have told Sam Field." in reader.words


def test_who_wants_no_answer_is_asked_for_no_name_and_promised_none(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, "compliment", until="whom")
    assert go_on(reader) == ["whom", "what-happened", "files", "sharing", "answer"]
    case = case_of(reader.press())
    assert case.tenant.is_anonymous
    assert case.promises == []
    assert "you do not need an answer" in reader.words
    assert "do not hear from us" not in reader.words
    assert "you do not need an answer" in letter(case, "receipt")
    assert "How we should answer you" not in letter(case, "receipt")
    assert not db.session.scalars(select(Message)).all()


@pytest.mark.usefixtures("monday_noon")
def test_who_wants_an_answer_is_promised_it_in_one_working_day(sqlite_app: Flask) -> None:
    reader = send(sqlite_app.test_client(), "compliment", wants_answer="yes", contact_channel="letter")
    case = case_of(reader)
    assert case.tenant.name == "Anna Nowak"
    assert [promise.standard for promise in case.promises] == ["contact.answer_web_form"]
    assert "Tuesday, 24 November 2026" in reader.words
    assert "Anna Nowak" in letter(case, "receipt")


@pytest.mark.parametrize(
    ("channel", "format", "is_asked"),
    [
        ("letter", "standard-print", True),
        ("email", "standard-print", False),
        ("phone", "standard-print", False),
        ("phone", "braille", True),
        ("email", "large-print", False),
    ],
)
def test_only_who_is_written_to_at_home_says_where_they_live(channel: str, format: str, is_asked: bool) -> None:
    said = {"answer": {"wants_answer": "yes"}, "answer-by": {"contact_channel": channel}, "letters": {"format": format}}
    if channel == "email":
        said["email"] = {"email": "anna@example.com"}
    path = COMPLIMENT.path(said, load_landlord("livewest"))
    assert path.has("address") is is_asked


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("publish", "we may show your words to everybody, without your name"),
        ("colleagues", "we may show your words to other people who work here"),
        ("no", "You asked us not to share your words"),
    ],
)
def test_the_acknowledgement_repeats_what_may_be_shared(sqlite_app: Flask, share: str, words: str) -> None:
    case = praise(may_share=share)
    assert words in letter(case, "acknowledgement")
    assert "What was good" in letter(case, "receipt")


def test_praise_that_came_by_post_reaches_the_colleague_too(sqlite_app: Flask) -> None:
    sam_and_grace()
    record = {
        "kind": "compliment",
        "channel": "letter",
        "received_at": "2026-11-23T12:00",
        "person": {"name": "Jean Tucker", "address": ["1 High Street", "Exeter"]},
        "needs": {},
        "answers": {"what_happened": PRAISE, "colleague_name": "Field, Sam"},
    }
    record_contact(record, current_landlord(), MONDAY_NOON, recorded_by="kim@landlord.example")
    db.session.commit()
    assert set(notes()) == {SAM, GRACE}


@pytest.mark.parametrize("whom", ["team", "not-sure"])
def test_what_must_not_be_shared_is_not_said_to_be_shared(sqlite_app: Flask, whom: str) -> None:
    reader = send(sqlite_app.test_client(), "compliment", thanked=whom, may_share="no")
    assert "We pass your words on" not in reader.words
    (letter,) = db.session.scalars(db.select(Letter).where(Letter.name == "acknowledgement"))
    assert "You asked us not to share your words with others, so we will not." in letter.body
    assert "We will share your words" not in letter.body
