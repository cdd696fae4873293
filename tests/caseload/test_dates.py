"""The page of a case's dates: what is promised, why it is that date, and what changes it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.cases.clock import LONDON
from app.cases.missed import mark_all_missed
from app.cases.models import Case
from app.cases.promises import acknowledge, meet_promise
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.laws import page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

QUESTION = {"what_happened": "How do I pay my rent?", "topic": "rent"}


@pytest.fixture(scope="module")
def desk_of_the_team(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "complaints-team") as client:
        yield client


@pytest.fixture
def desk(desk_of_the_team: FlaskClient) -> Iterator[FlaskClient]:
    yield desk_of_the_team
    db.session.rollback()


def page(client: FlaskClient, case: Case) -> TestResponse:
    answer = client.get(f"/staff/cases/{case.reference}/dates")
    assert answer.status_code == 200
    return answer


def send(client: FlaskClient, case: Case, act: str, **fields: object) -> TestResponse:
    """Send one of the page's forms: ``wait_waiting_for`` is the field ``wait-waiting_for``."""
    data = {"csrf_token": token_of(page(client, case))}
    data |= {name.replace("__", "-"): value for name, value in fields.items()}
    answer = client.post(f"/staff/cases/{case.reference}/dates/{act}", data=data)
    db.session.expire_all()
    return answer


def local(moment: datetime) -> str:
    return moment.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")


def a_working_day(days_ahead: int) -> str:
    calendar, day = current_landlord().calendar, datetime.now(LONDON).date() + timedelta(days=days_ahead)
    return (day if calendar.is_working_day(day) else calendar.next_working_day(day)).strftime("%d %m %Y")


def test_both_clocks_stand_side_by_side_and_the_earlier_warns_first(desk: FlaskClient) -> None:
    words = words_of(page(desk, a_case_that_came_in(0.1)))
    assert "Our own promise falls due first, and warns." in words
    assert "Why this date? Acknowledge the complaint, Complaint Handling Code" in words


def test_the_page_keeps_the_page_laws(desk: FlaskClient) -> None:
    case = a_case_that_came_in(3)
    page_laws.assert_page_laws(page(desk, case))
    wrong = send(desk, case, "hazard", hazard__when="then")
    assert wrong.status_code == 422
    page_laws.assert_page_laws(wrong)


def test_an_answer_waits_and_goes_on(desk: FlaskClient) -> None:
    case = a_case_that_came_in(0.01, kind="enquiry", channel="web", answers=QUESTION)
    assert send(desk, case, "wait", wait__waiting_for="Your tenancy number").status_code == 303
    assert case.waiting_since_at is not None
    words = words_of(page(desk, case))
    assert "waiting for the tenant since" in words
    assert "Your tenancy number" in words
    assert send(desk, case, "go-on").status_code == 303
    assert case.waiting_since_at is None
    assert "Waiting for the tenant ended: Answer the web form." in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_more_time_keeps_what_was_typed_until_it_is_right(desk: FlaskClient) -> None:
    case = a_case_that_came_in(1)
    start_writing()
    acknowledge(db.session.merge(case), current_landlord(), datetime.now(UTC))
    db.session.commit()
    typed = {"more__reason": "The engineer is ill.", "more__words_language": "en", "more__agreed": "no"}
    wrong = send(desk, case, "more-time", more__new_on="soon", **typed)
    assert wrong.status_code == 422
    words = wrong.get_data(as_text=True)
    assert "Enter the new date, such as 4 12 2026" in words
    assert "The engineer is ill." in words
    assert "Not a valid" not in words
    far = send(desk, case, "more-time", more__new_on=a_working_day(70), more__beyond="confirmed", **typed)
    assert "For a later one a manager has to agree to a good reason" in far.get_data(as_text=True)
    right = send(desk, case, "more-time", more__new_on=a_working_day(19), **typed)
    assert right.status_code == 303
    words = words_of(page(desk, case))
    assert "More time since it was due" in words
    assert "The engineer is ill." in words
    assert "The tenant did not agree." in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_only_those_who_answer_complaints_give_more_time(desk: FlaskClient) -> None:
    case = a_case_that_came_in(0.1)
    advisor = desk.application.test_client()
    a_colleague_with_a_password("ada@landlord.example", roles=("advisor",))
    sign_in(advisor, "ada@landlord.example")
    assert send(advisor, case, "more-time").status_code == 403


def test_why_a_promise_was_late_is_asked_and_kept(desk: FlaskClient) -> None:
    mark_all_missed(datetime.now(UTC))  # those of other tests
    case = a_case_that_came_in(1.5)
    assert mark_all_missed(datetime.now(UTC)) == 1
    promise = next(one for one in case.promises if one.due_at < datetime.now(UTC))
    assert "Say why it was late" in words_of(page(desk, case))
    assert "Say why it was late" in words_of(desk.get(f"/staff/cases/{case.reference}"))
    empty = send(desk, case, f"promises/{promise.id}/late", **{f"late{promise.id}__reason": " "})
    assert (empty.status_code, "Enter why it was late" in words_of(empty)) == (422, True)
    send(desk, case, f"promises/{promise.id}/late", **{f"late{promise.id}__reason": "The post was slow"})
    words = words_of(page(desk, case))
    assert "Why it was late: The post was slow" in words
    assert "Say why it was late" not in words


def test_a_hazard_is_named_made_safe_investigated_and_the_tenant_told(desk: FlaskClient) -> None:
    case, now = a_case_that_came_in(0.5), datetime.now(UTC)
    send(desk, case, "hazard", hazard__hazard="emergency", hazard__when=local(now - timedelta(hours=3)))
    law = next(one for one in case.promises if one.standard == "hazard.emergency_make_safe")
    assert abs(law.due_at - (now + timedelta(hours=21))) < timedelta(minutes=2)
    future = send(desk, case, "made-safe", safe__when=local(now + timedelta(hours=2)), safe__has_appointment="no")
    assert "Enter a time that is not in the future" in words_of(future)
    send(desk, case, "made-safe", safe__when=local(now - timedelta(hours=1)), safe__has_appointment="no")
    assert any(one.standard == "repair.arrange_appointment" and one.is_open for one in case.promises)
    found = {"found__is_hazard": "yes", "found__finding": "A leak of gas", "found__needs": ["further-work"]}
    send(desk, case, "investigated", found__when=local(now - timedelta(hours=1)), **found)
    told = send(
        desk,
        case,
        "summary",
        summary__finding="A leak of gas",
        summary__work="A new boiler",
        summary__words_language="en",
    )
    assert told.status_code == 303
    assert "What was found in the home" in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_somebody_whom_the_law_leaves_out_gets_no_clock(desk: FlaskClient) -> None:
    case = a_case_that_came_in(0.5)
    start_writing()
    db.session.merge(case.tenant).who = "leaseholder"
    db.session.commit()
    send(desk, case, "hazard", hazard__hazard="damp-and-mould", hazard__when=local(datetime.now(UTC)))
    assert not any(one.regime == "law" for one in case.promises)
    assert case.events[-1].what == "hazard_without_clocks"


def test_a_second_danger_is_not_said_to_have_a_clock_that_ran_out_with_the_first(desk: FlaskClient) -> None:
    case = a_case_that_came_in(0.5, kind="enquiry", answers={"what_happened": "Black mould", "topic": "repairs"})
    when = local(case.received_at + timedelta(minutes=1))
    assert send(desk, case, "hazard", hazard__when=when, hazard__hazard="damp-and-mould").status_code == 303
    start_writing()
    meet_promise(case, "hazard.investigate", datetime.now(UTC))
    db.session.commit()
    assert send(desk, case, "hazard", hazard__when=when, hazard__hazard="damp-and-mould").status_code == 303
    words = words_of(page(desk, case))
    assert "This has been recorded already" in words
    assert [event.what for event in case.events].count("hazard_named") == 1


def test_a_date_in_a_far_year_is_a_mistake_and_no_broken_page(desk: FlaskClient) -> None:
    case = a_case_that_came_in(0.5)
    start_writing()
    acknowledge(case, current_landlord(), datetime.now(UTC))
    db.session.commit()
    for year in ("0001", "9999"):
        answer = send(desk, case, "more-time", more__new_on=f"31 12 {year}", more__reason="Parts", more__agreed="yes")
        assert answer.status_code == 422
        assert "Enter the new date, such as 4 12 2026" in words_of(answer)


def test_no_clock_of_the_law_begins_in_a_closed_case(desk: FlaskClient) -> None:
    case = a_case_that_came_in(0.5, kind="enquiry", answers={"what_happened": "Black mould", "topic": "repairs"})
    case.status, case.closed_at, case.closed_because = "closed", datetime.now(UTC), "answered"
    db.session.commit()
    when = local(case.received_at + timedelta(minutes=1))
    assert send(desk, case, "hazard", hazard__when=when, hazard__hazard="damp-and-mould").status_code == 303
    assert case.hazard is None
    assert "The case is closed. Open it again first." in words_of(page(desk, case))
