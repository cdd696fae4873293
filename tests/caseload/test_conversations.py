"""What was said on the phone, in writing (L12): summary, what was agreed, by whom and when, in the tenant's format."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.cases.casework_models import CaseAction, Conversation
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.letters.models import Letter, LetterFile
from tests.builders import needs
from tests.caseload.desk import a_case_that_came_in
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

SUMMARY = "The lift engineer comes on Thursday.\nUntil then a porter carries the shopping up."


@pytest.fixture
def desk(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password(roles=("complaints-team",))
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def said(**different: str) -> dict[str, str]:
    held_at = datetime.now(UTC) - timedelta(hours=1)
    return {
        "held_at": held_at.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M"),
        "channel": "phone",
        "written_in": "en",
        "summary": SUMMARY,
        "words_1": "Repair the lift",
        "owner_1": "1",
        "due_on_1": "4 12 2026",
        **different,
    }


def send(desk: FlaskClient, case: Case, **fields: str) -> TestResponse:
    address = f"/staff/cases/{case.reference}/conversations"
    answer = desk.post(address, data={"csrf_token": token_of(desk.get(address)), **fields})
    db.session.expire_all()
    return answer


def test_a_follow_up_says_the_same_in_the_format_and_the_language_of_the_tenant(desk: FlaskClient) -> None:
    case = a_case_that_came_in(language="cy", needs=needs(format="braille"))
    assert send(desk, case, **said(wants_letter="y")).status_code == 303
    letter = db.session.scalars(db.select(Letter).where(Letter.name == "follow-up")).one()
    assert letter.language == "cy"
    for words in ("porter carries the shopping", "Repair the lift", "Sam Field", "4 Rhagfyr 2026"):
        assert words in letter.body
    formats = db.session.scalars(db.select(LetterFile.format).where(LetterFile.letter_id == letter.id))
    assert "braille" in set(formats)
    (action,) = db.session.scalars(db.select(CaseAction))
    assert (action.words, action.due_on.isoformat(), action.is_open) == ("Repair the lift", "2026-12-04", True)


def test_without_the_wish_for_a_letter_it_is_only_kept_and_can_be_written_later(desk: FlaskClient) -> None:
    case = a_case_that_came_in()
    send(desk, case, **said())
    assert not db.session.scalars(db.select(Letter).where(Letter.name == "follow-up")).all()
    page = desk.get(f"/staff/cases/{case.reference}/conversations")
    (talk,) = db.session.scalars(db.select(Conversation))
    desk.post(f"/staff/cases/{case.reference}/conversations/{talk.id}/letter", data={"csrf_token": token_of(page)})
    assert db.session.scalars(db.select(Letter).where(Letter.name == "follow-up")).one().title == "What we talked about"


def test_a_letter_made_later_knows_in_which_language_the_colleague_wrote(desk: FlaskClient) -> None:
    case = a_case_that_came_in(language="ar")
    send(desk, case, **said(written_in="en"))
    page = desk.get(f"/staff/cases/{case.reference}/conversations")
    (talk,) = db.session.scalars(db.select(Conversation))
    desk.post(f"/staff/cases/{case.reference}/conversations/{talk.id}/letter", data={"csrf_token": token_of(page)})
    letter = db.session.scalars(db.select(Letter).where(Letter.name == "follow-up")).one()
    assert letter.language == "ar"
    assert '<p><span lang="en">' in letter.body
    assert letter.body.count('lang="ar"') == 0


def test_the_letter_of_an_earlier_talk_can_still_be_sent(desk: FlaskClient) -> None:
    case = a_case_that_came_in()
    for summary in ("About the lift.", "About the rent."):
        send(desk, case, **said(summary=summary, wants_letter="y"))
    first = db.session.scalars(db.select(Letter).where(Letter.name == "follow-up").order_by(Letter.id)).first()
    assert first is not None
    page = desk.get(f"/staff/cases/{case.reference}").get_data(as_text=True)
    assert f"/letters/{first.id}/sent" in page


@pytest.mark.parametrize(
    ("wrong", "mistake"),
    [
        ({"summary": " "}, "Enter what you talked about"),
        ({"owner_1": ""}, "Choose who does it"),
        ({"due_on_1": "soon"}, "Enter the day by which it is done"),
        ({"words_1": ""}, "Enter what was agreed"),
        ({"held_at": "2099-01-01T10:00"}, "not in the future"),
        ({"held_at": "yesterday"}, "Enter a day and a time"),
        ({"channel": "pigeon"}, "Choose how you talked"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(desk: FlaskClient, wrong: dict[str, str], mistake: str) -> None:
    case = a_case_that_came_in()
    fields = said(**wrong)
    answer = send(desk, case, **fields)
    assert answer.status_code == 422
    assert mistake in words_of(answer)
    for name in ("summary", "words_1", "due_on_1"):
        assert fields[name].strip().split("\n")[0] in answer.text
    assert not db.session.scalars(db.select(Conversation)).all()
