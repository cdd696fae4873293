"""A visit: the tenant is told when, why and who, and how to check it; it is moved or cancelled by letter too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.caseload.appointments import NOT_SO
from app.caseload.sending import against_its_words
from app.cases.casework_models import Appointment
from app.cases.clock import LONDON
from app.cases.models import Case
from app.dispatch.actions import messages_of
from app.extensions import db, start_writing
from app.letters.models import Letter
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import token_of, words_of
from tests.tracking.following import follow

QUESTION = {"what_happened": "The tap drips.", "topic": "something-else"}


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


def a_case(**different: Any) -> Case:
    return a_case_that_came_in(**{"kind": "enquiry", "answers": QUESTION, **different})


def in_days(days: int) -> str:
    day = datetime.now(UTC).astimezone(LONDON).date() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def send(client: FlaskClient, case: Case, path: str = "", **fields: str) -> TestResponse:
    address = f"/staff/cases/{case.reference}/appointments"
    given = {"csrf_token": token_of(client.get(address)), **fields}
    answer = client.post(address + path, data=given)
    db.session.expire_all()
    return answer


def visit(**different: str) -> dict[str, str]:
    usual = {"day": in_days(5), "begins": "09:00", "ends": "10:30", "purpose": "- We mend the tap\n- It takes an hour"}
    return {**usual, "words_language": "en", "who_comes": "Ray Holt", "is_called_ahead": "yes", **different}


def letters(case: Case, name: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == name)))


def test_the_letter_says_when_why_and_who_and_how_to_check_it(desk: FlaskClient) -> None:
    case = a_case()
    assert send(desk, case, **visit(comes_for="Brook Heating")).status_code == 303
    (letter,) = letters(case, "appointment")
    for words in (
        "between 9am and 10:30am",
        "We mend the tap",
        "Ray Holt comes to you from Brook Heating, who work for us.",
        "We ring you on",
        case.tenant.phone,
        "carries an identity card with their name and photo",  # the landlord promises it (L43)
        "keep the door closed and ring us on",
    ):
        assert words in letter.body, words
    shown = words_of(desk.get("/staff/appointments"))
    assert case.reference in shown
    assert case.tenant.phone in shown, "whoever comes rings before"
    assert "We will come to see you on" in follow(desk, case).words
    assert "A visit was arranged" in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_it_is_moved_and_then_cancelled_and_each_time_a_letter_says_so(desk: FlaskClient) -> None:
    case = a_case()
    send(desk, case, **visit())
    (first,) = db.session.scalars(db.select(Appointment).where(Appointment.case_id == case.id))
    page = desk.get(f"/staff/cases/{case.reference}/appointments/{first.id}")
    assert 'value="Ray Holt"' in page.get_data(as_text=True)
    assert send(desk, case, f"/{first.id}/move", **visit(day=in_days(6))).status_code == 303
    moved = letters(case, "appointment")[-1]
    assert "We have changed our appointment with you." in moved.body
    assert "was cancelled before" in words_of(
        desk.get(f"/staff/cases/{case.reference}/appointments/{first.id}", follow_redirects=True)
    )
    second = db.session.scalars(
        db.select(Appointment).where(Appointment.case_id == case.id, Appointment.cancelled_at.is_(None))
    ).one()
    missing = send(desk, case, f"/{second.id}/cancel", reason="Ray is ill")
    assert missing.status_code == 422
    assert "Choose what happens next" in words_of(missing)
    assert "Ray is ill" in words_of(missing)
    answer = send(desk, case, f"/{second.id}/cancel", then="new-time", reason="Ray is ill", words_language="en")
    assert answer.status_code == 303
    (cancelled,) = letters(case, "appointment-cancelled")
    for words in ("We do not come then.", "Ray is ill", "to find another time", "do not let them in"):
        assert words in cancelled.body
    assert case.reference not in words_of(desk.get("/staff/appointments"))
    assert "come to see you" not in follow(desk, case).words


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "1 1 2020"}, "Enter a time that is still to come"),
        ({"day": "soon"}, "Enter a day, such as"),
        ({"ends": "08:30"}, "Choose a time after the beginning"),
        ({"begins": "03:00"}, "Choose a time"),
        ({"purpose": ""}, "Enter why we come"),
        ({"who_comes": " "}, "Enter the name of the person who comes"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(desk: FlaskClient, wrong: dict[str, str], words: str) -> None:
    case = a_case()
    answer = send(desk, case, **visit(**{"comes_for": "Keep Me Ltd", **wrong}))
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "Keep Me Ltd" in answer.get_data(as_text=True)
    assert not letters(case, "appointment")


def test_nobody_comes_twice_at_one_time(desk: FlaskClient) -> None:
    case = a_case()
    send(desk, case, **visit())
    again = send(desk, case, **visit(begins="10:00", ends="11:00"))
    assert "we come to this tenant then already" in words_of(again)
    assert send(desk, case, **visit(begins="10:30", ends="11:00")).status_code == 303


def test_whoever_ruled_ways_out_is_asked_first_and_not_rung(desk: FlaskClient) -> None:
    case = a_case(needs=needs(safe_ways=["letter"]))
    answer = send(desk, case, **visit(is_called_ahead="no"))
    assert "Agree the visit with the tenant first" in words_of(answer)
    rung = send(desk, case, **visit(is_agreed="yes"))
    assert "Choose whether we ring before we come" in words_of(rung)
    assert send(desk, case, **visit(is_called_ahead="no", is_agreed="yes")).status_code == 303
    (letter,) = letters(case, "appointment")
    assert "We do not ring you before we come." in letter.body


def test_a_tenant_without_an_address_for_a_letter_gets_no_silent_visit(desk: FlaskClient) -> None:
    case = a_case(person=person(email=None, address=[], postcode=None))
    answer = send(desk, case, **visit())
    assert "We have no address that is safe for the letter" in words_of(answer)
    assert db.session.scalar(db.select(db.func.count(Appointment.id)).where(Appointment.case_id == case.id)) == 0


def test_no_visit_is_arranged_in_a_closed_case(desk: FlaskClient) -> None:
    case = a_case()
    start_writing()
    case.status, case.closed_at, case.closed_because = "closed", datetime.now(UTC), "answered"
    db.session.commit()
    assert send(desk, case, **visit()).status_code == 303
    assert not letters(case, "appointment")


@pytest.mark.parametrize("other", [{"day": in_days(8)}, {"ends": "12:00"}])
def test_the_letter_of_a_visit_that_was_moved_is_not_posted_any_more(desk: FlaskClient, other: dict[str, str]) -> None:
    case = a_case()
    send(desk, case, **visit())
    (first,) = db.session.scalars(db.select(Appointment).where(Appointment.case_id == case.id))
    send(desk, case, f"/{first.id}/move", **visit(**other))
    before, after = letters(case, "appointment")
    assert against_its_words(before) == (NOT_SO,)
    assert against_its_words(after) == ()


def test_the_letter_of_a_cancelled_visit_does_not_wait_to_go_out_any_more(desk: FlaskClient) -> None:
    case = a_case()
    send(desk, case, **visit())
    (first,) = db.session.scalars(db.select(Appointment).where(Appointment.case_id == case.id))
    send(desk, case, f"/{first.id}/cancel", then="not-needed", words_language="en")
    waiting = {one.letter.name: one.state for one in messages_of(case.id) if one.letter}
    assert waiting["appointment"] == "failed"
    assert waiting["appointment-cancelled"] == "waiting"
    (taken,) = [one for one in messages_of(case.id) if one.letter and one.letter.name == "appointment"]
    press_again = f"/staff/cases/{case.reference}/messages/{taken.id}/again"
    answer = desk.post(press_again, data={"csrf_token": token_of(desk.get(f"/staff/cases/{case.reference}"))})
    assert "The visit was moved or cancelled" in words_of(desk.get(answer.location))
    db.session.expire_all()
    assert taken.state == "failed"


def test_whose_phone_is_not_safe_any_more_is_not_rung_before_the_visit(desk: FlaskClient) -> None:
    case = a_case(person=person(phone="01392 555 019"))
    send(desk, case, **visit())
    assert "01392 555019" in words_of(desk.get("/staff/appointments")).replace("555 019", "555019")
    start_writing()
    case.tenant.needs.safe_ways = ["letter"]
    db.session.commit()
    assert "555019" not in words_of(desk.get("/staff/appointments")).replace("555 019", "555019")
