"""A question is answered: in writing, with a look at the letter first, or in a talk; and a suggestion is decided."""

from collections.abc import Callable, Iterator
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
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of
from tests.tracking.following import follow

QUESTION = {"what_happened": "May I keep a small dog?", "topic": "something-else"}
IDEA = {"what_happened": "Please put a bench by the bus stop.", "service": "neighbourhood", "may_publish": "yes"}
BY_EMAIL: dict[str, Any] = {
    "person": person(email="anna@example.com"),
    "needs": needs(contact_channel="email"),
    "channel": "email",
}


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


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
    assert "We will send you our answer by" not in words_of(looked), "this is the answer"
    assert not letters(case, "answer"), "a look writes nothing"
    assert send(desk, looked).status_code == 303
    (promise,) = db.session.get_one(Case, case.id, populate_existing=True).promises
    assert promise.standard == "enquiry.answer_email"
    assert promise.met_at is None, "it has not gone out"
    assert "Yes, one dog." not in follow(desk, case).words
    it_goes_out()
    case = db.session.get_one(Case, case.id, populate_existing=True)
    assert case.promises[0].met_at is not None
    assert [event.what for event in case.events].count("answered") == 1
    (letter,) = letters(case, "answer")
    assert '<p><span lang="en">Yes, one dog.</span></p>' in letter.body
    assert case.solved_at_first_contact is False
    reader = follow(desk, case)
    assert "We have sent you our answer." in reader.words
    assert "Our answer" in reader.words
    assert "Yes, one dog." in reader.words


def test_a_draft_is_kept_and_sends_nothing(desk: FlaskClient) -> None:
    case = a_question(**BY_EMAIL)
    assert fill(desk, case, "keep", words="Perhaps").status_code == 303
    page = desk.get(f"/staff/cases/{case.reference}/answer").get_data(as_text=True)
    assert "Perhaps" in page
    assert "A draft of sam.field@landlord.example" in page
    assert not letters(case, "answer")


def test_what_was_typed_survives_a_mistake(desk: FlaskClient) -> None:
    answer = fill(desk, a_question(**BY_EMAIL), words="Yes, one <b>dog</b>", solved="yes")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Yes, one &lt;b&gt;dog&lt;/b&gt;" in page
    assert "Enter what was done" in page
    assert html.fromstring(page).xpath("//a[@href='#solved_how']")


def test_a_draft_that_was_changed_meanwhile_is_not_sent(desk: FlaskClient) -> None:
    case = a_question(**BY_EMAIL)
    looked = desk.get(fill(desk, case).location)
    fill(desk, case, "keep", words="No dogs.")
    assert "sent or changed meanwhile" in words_of(desk.get(send(desk, looked).location))
    assert not letters(case, "answer")


def test_an_answer_on_the_phone_keeps_the_promise_at_once_and_may_close_the_case(desk: FlaskClient) -> None:
    case = a_question(channel="email")
    assert (
        fill(
            desk,
            case,
            how="phone",
            words="Told her: one dog.",
            solved="yes",
            solved_how="Read the tenancy",
            close="yes",
        ).status_code
        == 303
    )
    case = db.session.get_one(Case, case.id, populate_existing=True)
    assert (case.status, case.closed_because, case.solved_at_first_contact) == ("closed", "answered", True)
    assert case.promises[0].met_at is not None
    assert [(talk.channel, talk.summary) for talk in case.conversations][-1] == ("phone", "Told her: one dog.")
    assert not letters(case, "answer")
    assert "We talked with you and gave you our answer" in follow(desk, case).words


@pytest.mark.parametrize("landlord_key", ["livewest", "livv"])
def test_the_case_says_that_it_was_answered_whatever_the_landlord_promises(
    make_app: Callable[..., Flask], landlord_key: str
) -> None:
    """Livv promises no time for questions: it is answered all the same."""
    with (app := make_app(landlord=landlord_key)).app_context():
        a_colleague_with_a_password(roles=("advisor",))
        client = app.test_client()
        sign_in(client)
        case = a_question(channel="email")
        fill(client, case, how="phone", words="Told her: one dog.")
        assert what_happened(case).count("answered") == 1
        assert "Answered: Phone." in words_of(client.get(f"/staff/cases/{case.reference}"))
        db.session.rollback()


def test_a_letter_with_an_answer_is_in_the_tenants_language_around_the_colleagues_words(desk: FlaskClient) -> None:
    case = a_question(**{**BY_EMAIL, "language": "cy"})
    looked = desk.get(fill(desk, case).location)
    assert html.fromstring(looked.get_data(as_text=True)).xpath("//div[@class='look'][@lang='cy']")
    send(desk, looked)
    (letter,) = letters(case, "answer")
    assert letter.language == "cy"
    assert '<p><span lang="en">Yes, one dog.' in letter.body


def test_without_a_way_to_write_the_answer_is_a_talk(desk: FlaskClient) -> None:
    case = a_question(person=person(address=None, postcode=None), channel="phone")
    page = desk.get(f"/staff/cases/{case.reference}/answer")
    assert "We have no address that is safe" in words_of(page)
    assert fill(desk, case).status_code == 422


def test_a_suggestion_is_decided_with_its_reason_and_published_only_with_leave(desk: FlaskClient) -> None:
    case = a_case_that_came_in(kind="suggestion", answers=IDEA, **BY_EMAIL)
    fields = {"decision": "will-do", "theme": "neighbourhood", "words": "In spring.", "public_words": "A bench. Yes."}
    looked = desk.get(fill(desk, case, **fields).location)
    assert "We will do what you suggest." in words_of(looked)
    send(desk, looked)
    case = db.session.get_one(Case, case.id, populate_existing=True)
    (decided,) = case.decisions
    assert (decided.decision, decided.theme, decided.why) == ("will-do", "neighbourhood", "In spring.")
    assert decided.public_words == "A bench. Yes."

    kept_back = a_case_that_came_in(kind="suggestion", answers={**IDEA, "may_publish": "no"}, **BY_EMAIL)
    assert "did not allow us to publish" in words_of(desk.get(f"/staff/cases/{kept_back.reference}/answer"))
    send(desk, desk.get(fill(desk, kept_back, **fields).location))
    db.session.rollback()
    kept_back = db.session.get_one(Case, kept_back.id, populate_existing=True)
    assert [one.public_words for one in kept_back.decisions] == [None]


def test_who_wants_no_answer_gets_none_and_the_decision_stands(desk: FlaskClient) -> None:
    case = a_case_that_came_in(kind="suggestion", answers={**IDEA, "wants_answer": "no"}, **BY_EMAIL)
    fill(desk, case, how="no-answer", decision="will-not", theme="neighbourhood", words="No room.")
    assert what_happened(case).count("suggestion_decided") == 1
    assert not letters(case, "answer")


def test_the_first_contact_is_said_to_have_solved_it_with_what_was_done(desk: FlaskClient) -> None:
    case = a_case_that_came_in()
    address = f"/staff/cases/{case.reference}/first-contact"
    token = token_of(desk.get(f"/staff/cases/{case.reference}"))
    desk.post(address, data={"csrf_token": token, "solved": "yes", "solved_how": ""})
    assert "first_contact" not in what_happened(case)
    desk.post(address, data={"csrf_token": token, "solved": "yes", "solved_how": "Reset the meter"})
    page = words_of(desk.get(f"/staff/cases/{case.reference}"))
    assert "Solved at the first contact Reset the meter" in page
    db.session.rollback()
    assert db.session.get_one(Case, case.id, populate_existing=True).status == "open", "it closes nothing by itself"
