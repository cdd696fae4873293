"""A report after it was opened: its diary, its risk judged again, joined to an open case, a plan that was agreed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.antisocial_behaviour.reviews import due_for_review, risk_of
from app.cases.closing import close
from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.letters.models import Letter
from tests.builders import person
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import token_of, words_of

MILD = {"what_happened": "Loud music at night.", "behaviour_kinds": ["noise"]}
GRAVE = {"what_happened": "He has a knife.", "behaviour_kinds": ["weapons"], "weapon": "yes"}
WHO: dict[str, Any] = {}
WAYS = {"safe_ways": ["email", "phone", "letter"]}


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request) as client:
        yield client


@pytest.fixture(autouse=True)
def anna(request: pytest.FixtureRequest) -> None:
    """In each test another person reports."""
    number = abs(hash(request.node.name)) % 1000
    WHO.update(person(name=f"Anna {request.node.name}", phone=f"07700 900{number:03}", address=["1 High Street"]))


def a_report(days_ago: float = 1, said: dict[str, Any] = MILD, **different: Any) -> Case:
    given = {"person": dict(WHO), "needs": WAYS, **different}
    return a_case_that_came_in(days_ago, kind="antisocial-behaviour", answers=said, **given)


def ahead(days: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=days)


def post(client: FlaskClient, case: Case, page: str, **fields: str) -> TestResponse:
    token = token_of(client.get(f"/staff/cases/{case.reference}/diary"))
    answer = client.post(f"/staff/cases/{case.reference}/{page}", data={"csrf_token": token, **fields})
    db.session.expire_all()
    return answer


def afresh(case: Case) -> Case:
    db.session.rollback()
    return db.session.get_one(Case, case.id, populate_existing=True)


def test_the_risk_is_judged_again_and_the_newest_review_holds(desk: FlaskClient) -> None:
    case = a_report()
    empty = post(desk, case, "risk", band="high", reasons="", next_on="1 1 2020")
    assert empty.status_code == 422
    assert {"Enter your reasons", "Enter a day that is still to come, such as 4 12 2026"} <= {
        one.text for one in html.fromstring(empty.get_data(as_text=True)).xpath("//ul[contains(@class,'error')]//a")
    }
    assert post(desk, case, "risk", band="high", reasons="A knife was seen", next_on=str(ahead(3))).status_code == 303
    assert post(desk, case, "risk", band="medium", reasons="He moved out", next_on=str(ahead(9))).status_code == 303
    page = words_of(desk.get(f"/staff/cases/{case.reference}/diary"))
    assert "Medium risk Next review" in page
    assert "A knife was seen" in page
    assert "Medium risk, before High risk" in words_of(desk.get(f"/staff/cases/{case.reference}"))
    risk = risk_of(afresh(case))
    assert risk is not None
    assert (risk.band, risk.next_on) == ("medium", ahead(9))


def test_the_tenant_is_told_of_a_review_in_words_written_for_them_and_not_in_our_reasons(desk: FlaskClient) -> None:
    case = a_report()
    given = {"band": "high", "reasons": "A knife was seen", "next_on": str(ahead(3)), "told_language": "en"}
    answer = post(desk, case, "risk", **given, told="Ada rings you every Monday.")
    assert answer.status_code == 303
    wanted = db.select(Letter).where(Letter.case_id == case.id, Letter.name == "risk-review")
    letter = db.session.scalars(wanted).one()
    assert "Ada rings you every Monday." in letter.body
    assert "one of those that we look at first" in letter.body
    assert ahead(3).isoformat() in letter.body
    assert "knife" not in letter.body
    unreachable = a_report(person={**WHO, "address": [], "email": None}, needs={})
    answer = post(desk, unreachable, "risk", **given, told="Keep these words")
    assert answer.status_code == 422
    assert "We have no address that is safe." in words_of(answer)
    assert "Keep these words" in words_of(answer)
    risk = risk_of(afresh(unreachable))
    assert risk is not None
    assert risk.review is None, "nothing happened"


def test_reviews_that_are_due_are_listed_the_longest_waiting_first(desk: FlaskClient) -> None:
    never, overdue, later = a_report(9, GRAVE), a_report(3), a_report(2)
    a_report(1)  # of no high risk: it waits for somebody to judge it
    post(desk, overdue, "risk", band="standard", reasons="Quiet", next_on=str(ahead(2)))
    post(desk, later, "risk", band="high", reasons="Threats", next_on=str(ahead(20)))
    mine = (never.id, overdue.id, later.id)
    assert [case.id for case, _risk in due_for_review(ahead(5)) if case.id in mine] == [never.id, overdue.id]
    page = words_of(desk.get("/staff/risk-reviews"))
    assert never.reference in page
    assert "never reviewed" in page
    assert overdue.reference not in page, "its day is still to come"


def test_an_incident_that_somebody_rang_about_stands_in_the_diary_with_who_wrote_it_down(desk: FlaskClient) -> None:
    case = a_report()
    told = {"incident_when": "Last night", "incident_what": "They <i>banged</i> on the wall", "came_by": "phone"}
    assert post(desk, case, "diary", **{**told, "incident_when": ""}, came_in="en").status_code == 422
    assert post(desk, case, "diary", **told, came_in="en").status_code == 303
    page = words_of(desk.get(f"/staff/cases/{case.reference}/diary"))
    assert page.index("They <i>banged</i> on the wall") < page.index("Loud music at night.")
    contact = afresh(case).contacts[-1]
    assert (contact.purpose, contact.recorded_by) == ("diary", "sam.field@landlord.example")


def test_a_further_report_is_joined_to_the_open_case_whose_risk_is_judged_anew(desk: FlaskClient) -> None:
    first, further = a_report(5), a_report(1, GRAVE)
    someone_else = a_report(3, person=person(name="Jan Kowalski", phone="07700 900456", address=["9 Low Road"]))
    page = desk.get(f"/staff/cases/{further.reference}/same-matter")
    assert first.reference in words_of(page)
    assert someone_else.reference not in words_of(page)
    chosen = html.fromstring(page.get_data(as_text=True)).xpath("//input[@checked]/@value")
    assert chosen == ["high"], "the higher risk of the two is offered"
    fields = {"band": "high", "reasons": "A knife now", "next_on": str(ahead(2))}
    given = {f"{first.reference}-{name}": value for name, value in fields.items()}
    assert post(desk, further, f"same-matter/{first.reference}/join", **given).status_code == 303
    assert (afresh(further).status, further.closed_because) == ("closed", "joined")
    diary = words_of(desk.get(f"/staff/cases/{first.reference}/diary"))
    assert "A further report, Phone" in diary
    assert "He has a knife." in diary
    assert "High risk Next review" in diary


def test_another_person_s_case_a_closed_one_and_one_with_a_promise_open_are_not_joined(desk: FlaskClient) -> None:
    first = a_report(5)
    other = a_report(3, person=person(name="Jan Kowalski", phone="07700 900456", address=["9 Low Road"]))
    from_the_web = a_report(1, channel="web")
    fields = {"band": "high", "reasons": "Same", "next_on": str(ahead(2))}

    def join(case: Case, into: Case) -> str:
        given = {f"{into.reference}-{name}": value for name, value in fields.items()}
        answer = post(desk, case, f"same-matter/{into.reference}/join", **given)
        assert answer.status_code == 422
        return words_of(answer)

    assert "Somebody else reported this." in join(from_the_web, other)
    assert "send its acknowledgement first" in join(from_the_web, first)
    start_writing()
    close(afresh(first), "resolved", datetime.now(UTC), "sam.field@landlord.example")
    db.session.commit()
    assert "a report after closure is a new case" in join(from_the_web, first)
    assert afresh(from_the_web).status == "open"
    assert risk_of(afresh(first)).review is None, "what was refused leaves nothing behind"  # type: ignore[union-attr]


def test_kept_apart_is_written_down_and_not_asked_again(desk: FlaskClient) -> None:
    first, further = a_report(5), a_report(1)
    diary = f"/staff/cases/{further.reference}/diary"
    assert "Is it about the same matter?" in words_of(desk.get(diary))
    post(desk, further, f"same-matter/{first.reference}/apart")
    assert "Is it about the same matter?" not in words_of(desk.get(diary))
    post(desk, further, f"same-matter/{first.reference}/apart")
    assert [event.what for event in afresh(further).events].count("kept_as_new") == 1
    assert "Another matter: keep apart" not in words_of(desk.get(f"/staff/cases/{further.reference}/same-matter"))


def test_a_plan_becomes_actions_and_a_letter_that_does_not_say_what_it_is_about(desk: FlaskClient) -> None:
    case = a_report()
    owner = afresh(case).handler_id or 1
    fields = {
        "words_1": "We ring you each Friday", "owner_1": str(owner), "due_on_1": str(ahead(4)),
        "you": "Write down the times\nRing us", "review_on": str(ahead(14)), "words_language": "en", "act": "go-on",
    }  # fmt: skip
    begun = post(desk, case, "plan", **{**fields, "due_on_1": "", "review_on": ""})
    assert begun.status_code == 422
    assert "We ring you each Friday" in begun.get_data(as_text=True)
    looked = desk.get(post(desk, case, "plan", **fields).location)
    assert "We ring you each Friday" in words_of(looked)
    form = html.fromstring(looked.get_data(as_text=True)).xpath("//form[.//input[@name='draft']]")[0]
    desk.post(form.get("action"), data={one.get("name"): one.get("value") for one in form.xpath(".//input")})
    case = afresh(case)
    (action,) = case.actions
    assert (action.words, action.due_on) == ("We ring you each Friday", ahead(4))
    (letter,) = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == "asb-action-plan"))
    outside = f"{letter.title} {letter.body}".lower()
    assert not [word for word in ("antisocial", "neighbour", "noise", "report", "risk") if word in outside]
    (message,) = db.session.scalars(db.select(Message).where(Message.letter_id == letter.id))
    assert message.channel == "post"


def test_a_plan_goes_no_way_that_is_not_safe(desk: FlaskClient) -> None:
    case = a_case_that_came_in(1, kind="antisocial-behaviour", answers={**MILD, "may_contact": "no"})
    owner = afresh(case).handler_id or 1
    fields = {"words_1": "We look", "owner_1": str(owner), "due_on_1": str(ahead(4)), "review_on": str(ahead(9))}
    looked = desk.get(post(desk, case, "plan", **fields, words_language="en", act="go-on").location)
    form = html.fromstring(looked.get_data(as_text=True)).xpath("//form[.//input[@name='draft']]")[0]
    desk.post(form.get("action"), data={one.get("name"): one.get("value") for one in form.xpath(".//input")})
    afresh(case)
    (letter,) = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == "asb-action-plan"))
    assert letter.sent_at is not None, "they read it with their code"
    assert not db.session.scalars(db.select(Message).where(Message.letter_id == letter.id)).all()
