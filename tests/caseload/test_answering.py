"""A question is answered: in writing, with a look at the letter first, or in a talk; and a suggestion is decided."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.cases.models import Case
from app.dispatch.models import Message
from app.dispatch.sending import record_sent
from app.extensions import db, start_writing
from app.letters.models import Letter
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

QUESTION = {"what_happened": "May I keep a small dog?", "topic": "something-else"}
IDEA = {"what_happened": "Please put a bench by the bus stop.", "service": "neighbourhood", "may_publish": "yes"}
BY_EMAIL: dict[str, Any] = {
    "person": person(email="anna@example.com"),
    "needs": needs(contact_channel="email"),
    "channel": "email",
}


@pytest.fixture
def desk(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password(roles=("advisor",))
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def a_question(**different: Any) -> Case:
    return a_case_that_came_in(kind="enquiry", answers=QUESTION, **different)


def fill(client: FlaskClient, case: Case, act: str = "go-on", **fields: str) -> TestResponse:
    address = f"/staff/cases/{case.reference}/answer"
    given = {"how": "letter", "words": "Yes, one dog.", "words_language": "en", "solved": "no", **fields}
    answer = client.post(address, data={"csrf_token": token_of(client.get(address)), "act": act, **given})
    db.session.expire_all()
    return answer


def send(client: FlaskClient, page: TestResponse) -> TestResponse:
    """Press the button under the letter."""
    form = html.fromstring(page.get_data(as_text=True)).xpath("//form[.//input[@name='draft']]")[0]
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    answer = client.post(form.get("action"), data=data)
    db.session.expire_all()
    return answer


def it_goes_out() -> None:
    """The worker has sent what waits."""
    start_writing()
    for message in db.session.scalars(db.select(Message).where(Message.state == "waiting")):
        record_sent(message, datetime.now(UTC))
    db.session.commit()


def letters(case: Case, name: str) -> list[Letter]:
    return list(db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == name)))


def what_happened(case: Case) -> list[str]:
    db.session.rollback()
    return [event.what for event in db.session.get_one(Case, case.id, populate_existing=True).events]


def test_an_answer_is_looked_at_then_sent_and_keeps_its_promise_when_it_has_gone_out(desk: FlaskClient) -> None:
    case = a_question(**BY_EMAIL)
    looked = desk.get(fill(desk, case).location)
    assert "This letter will go out" in words_of(looked)
    assert "May I keep a small dog?" in words_of(looked)
    assert "Yes, one dog." in words_of(looked)
    assert not letters(case, "answer"), "a look writes nothing"
    assert send(desk, looked).status_code == 303
    (promise,) = db.session.get_one(Case, case.id, populate_existing=True).promises
    assert promise.standard == "enquiry.answer_email"
    assert promise.met_at is None, "it has not gone out"
    it_goes_out()
    case = db.session.get_one(Case, case.id, populate_existing=True)
    assert case.promises[0].met_at is not None
    assert [event.what for event in case.events].count("answered") == 1
    (letter,) = letters(case, "answer")
    assert '<blockquote lang="en">\n<p>Yes, one dog.</p>' in letter.body
    assert case.solved_at_first_contact is False
