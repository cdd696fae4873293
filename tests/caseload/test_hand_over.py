"""A case goes to a named colleague: the tenant knows who, how and when; the colleague is told; it is not forgotten."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.caseload.hand_overs import channels_for, times_for
from app.cases.casework_models import HandOver
from app.cases.clock import LONDON
from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters.models import Letter
from app.staff.models import Absence, StaffMember
from tests.builders import a_colleague, a_tenant, needs, person
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import token_of, words_of
from tests.tracking.following import follow

QUESTION = {"what_happened": "May I keep a small dog?", "topic": "something-else"}


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


def robin() -> StaffMember:
    found = db.session.scalar(db.select(StaffMember).where(StaffMember.name == "Robin Lee"))
    return found or a_colleague(
        "robin.lee@landlord.example", roles=("officer",), name="Robin Lee", phone="020 7946 0123"
    )


def a_time() -> tuple[str, str]:
    """Day and hour of the last time that is offered."""
    begins = times_for(current_landlord(), datetime.now(UTC))[-1].begins.astimezone(LONDON)
    return begins.date().isoformat(), begins.strftime("%H:%M")


def hand_over(client: FlaskClient, case: Case, **fields: str) -> TestResponse:
    address, (day, hour) = f"/staff/cases/{case.reference}/hand-over", a_time()
    given = {"channel": "phone", "day": day, "hour": hour, "note": "Ask about the lift", **fields}
    answer = client.post(address, data={"csrf_token": token_of(client.get(address)), **given})
    db.session.expire_all()
    return answer


def of(case: Case, what: type[Any]) -> list[Any]:
    db.session.rollback()
    wanted = db.select(what).where(what.case_id == case.id).order_by(what.id)
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))


def test_the_tenant_is_told_who_how_and_when_and_the_colleague_without_a_word_of_it(desk: FlaskClient) -> None:
    colleague, case = robin(), a_case_that_came_in(kind="enquiry", answers=QUESTION)
    assert hand_over(desk, case, colleague=str(colleague.id)).status_code == 303
    (letter,) = [one for one in of(case, Letter) if one.name == "hand-over"]
    assert "Robin Lee" in letter.body
    assert "020 7946 0123" in letter.body
    assert "will ring you on" in letter.body
    assert "Ask about the lift" not in letter.body, "the note is for the colleague"
    (told,) = [one for one in of(case, Message) if one.words]
    assert told.address == "robin.lee@landlord.example"
    assert not [word for word in ("dog", "Anna", "lift") if word in f"{told.subject} {told.words}"]
    db.session.rollback()
    assert db.session.get_one(Case, case.id, populate_existing=True).handler_id == colleague.id
    assert "Ask about the lift" in words_of(desk.get(f"/staff/cases/{case.reference}/hand-over"))
    reader = follow(desk, case)
    assert "Robin Lee will ring you on" in reader.words
    assert "Ask about the lift" not in reader.words


def test_what_was_typed_survives_a_mistake_and_nothing_happens(desk: FlaskClient) -> None:
    colleague, case = robin(), a_case_that_came_in()
    for wrong, words in (
        ({"colleague": ""}, "Choose a colleague"),
        ({"channel": "email"}, "Choose how they get in touch"),  # no email address is known
        ({"day": "2020-01-01"}, "Choose a time that is still to come"),
        ({"hour": "23:00"}, "Choose a time that is still to come"),
    ):
        answer = hand_over(desk, case, **{"colleague": str(colleague.id), "note": "Keep me", **wrong})
        assert answer.status_code == 422
        assert words in words_of(answer)
        assert "Keep me" in answer.get_data(as_text=True)
    start_writing()
    day = date.fromisoformat(a_time()[0])
    day_after, now = day + timedelta(days=1), datetime.now(UTC)
    away = {"away_from_on": day, "back_on": day_after, "recorded_by": "x@y", "recorded_at": now}
    db.session.add(Absence(staff_member_id=colleague.id, **away))
    db.session.commit()
    assert "this one is away then" in words_of(hand_over(desk, case, colleague=str(colleague.id)))
    assert not of(case, HandOver)
    start_writing()
    db.session.execute(db.delete(Absence))
    db.session.commit()


def test_only_safe_ways_with_an_address_are_offered_and_the_preferred_one_first(desk: FlaskClient) -> None:
    whole = {"email": "anna@example.com"}
    tenant = a_tenant(**whole, needs=needs(contact_channel="phone"))
    assert channels_for(tenant) == ("phone", "email", "letter", "visit")
    tenant.needs.safe_ways = ["email", "letter"]
    assert channels_for(tenant) == ("email", "letter"), "a visit is for those who ruled nothing out"
    tenant.email = None
    assert channels_for(tenant) == ("letter",)
    tenant.needs.safe_ways = []
    assert channels_for(tenant) == ()
    db.session.rollback()


def test_hand_overs_that_wait_are_listed_until_somebody_was_in_touch(desk: FlaskClient) -> None:
    colleague, case = robin(), a_case_that_came_in()
    hand_over(desk, case, colleague=str(colleague.id))
    start_writing()
    made = db.session.scalars(db.select(HandOver).where(HandOver.case_id == case.id)).one()
    made.slot_ends_at = datetime.now(UTC) - timedelta(days=2)
    made.colleague_id = db.session.scalars(db.select(StaffMember.id).where(StaffMember.name == "Sam Field")).one()
    db.session.commit()
    page = words_of(desk.get("/staff/hand-overs"))
    assert "2 days late" in page
    assert case.reference in page
    address = f"/staff/cases/{case.reference}/hand-over/in-touch"
    desk.post(address, data={"csrf_token": token_of(desk.get("/staff/hand-overs")), "from": "list"})
    assert "Nobody waits for you" in words_of(desk.get("/staff/hand-overs"))
    (made,) = of(case, HandOver)
    assert made.in_touch_at is not None
    case = db.session.get_one(Case, case.id, populate_existing=True)
    assert [event.details["in_time"] for event in case.events if event.what == "been_in_touch"] == [False]


def test_what_is_written_comes_by_the_end_of_a_day(desk: FlaskClient) -> None:
    colleague = robin()
    case = a_case_that_came_in(person=person(phone=None))
    assert hand_over(desk, case, colleague=str(colleague.id), channel="letter").status_code == 303
    (made,) = of(case, HandOver)
    assert made.slot_ends_at.astimezone(LONDON).strftime("%H:%M") == "17:00"
    (letter,) = [one for one in of(case, Letter) if one.name == "hand-over"]
    assert "will post you a letter by" in letter.body


def test_a_closed_case_is_not_handed_over_where_nobody_would_see_it(desk: FlaskClient) -> None:
    case, colleague = a_case_that_came_in(kind="enquiry", answers=QUESTION), robin()
    case.status, case.closed_at, case.closed_because = "closed", datetime.now(UTC), "answered"
    db.session.commit()
    assert hand_over(desk, case, colleague=str(colleague.id)).status_code == 303
    assert of(case, HandOver) == []
    assert "The case is closed. Open it again first." in words_of(desk.get(f"/staff/cases/{case.reference}"))
