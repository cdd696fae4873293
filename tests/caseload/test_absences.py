"""Absences at the desk: recorded, shown to the tenant, and the work given to the deputy."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.cases.clock import LONDON
from app.cases.models import Case, Event
from app.extensions import db
from app.letters.actions import request_letter
from app.staff.models import Absence, AccountChange, StaffMember
from tests.builders import a_colleague
from tests.caseload.desk import a_case_that_came_in, page_of
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of
from tests.tracking.following import follow

SAM = "sam.field@landlord.example"
ABSENCES = "/staff/absences"
TODAY = datetime.now(UTC).astimezone(LONDON).date()


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password(roles=("complaints-team",))
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def priya(*roles: str) -> StaffMember:
    return a_colleague("priya@landlord.example", roles=roles or ("complaints-team",), name="Priya Shah")


def day(days: int) -> str:
    on = TODAY + timedelta(days=days)
    return f"{on.day}/{on.month}/{on.year}"


def record(client: FlaskClient, **data: object) -> TestResponse:
    answer = client.post(ABSENCES, data={"csrf_token": token_of(client.get(ABSENCES)), **data})
    db.session.expire_all()
    return answer


def away_with(client: FlaskClient, deputy: StaffMember | None) -> Absence:
    data = {"away_from_on": day(0), "back_on": day(5), "deputy": str(deputy.id) if deputy else ""}
    assert record(client, **data).status_code == 303
    absence = db.session.scalar(select(Absence))
    assert absence is not None
    return absence


def press(client: FlaskClient, absence: Absence, act: str) -> TestResponse:
    data = {"csrf_token": token_of(client.get(ABSENCES))}
    answer = client.post(f"{ABSENCES}/{absence.id}/{act}", data=data)
    db.session.expire_all()
    return answer


def test_ones_own_absence_is_listed_and_written_down(client: FlaskClient) -> None:
    away_with(client, priya())
    assert re.search(r"Sam Field Away now .* Priya Shah 0; 0 due while away", words_of(client.get(ABSENCES)))
    assert db.session.scalars(select(AccountChange.what)).all() == ["absence_recorded"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"away_from_on": "soon"}, "Enter a day, such as 4 12 2026"),
        ({"back_on": day(0)}, "The day back must come after the first day away"),
        ({"away_from_on": day(-9), "back_on": day(-2)}, "The day back must be in the future"),
        ({"deputy": "1"}, "Choose somebody else as deputy"),
        ({"deputy": "999"}, "Choose a deputy"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(client: FlaskClient, data: dict[str, str], words: str) -> None:
    answer = record(client, **{"away_from_on": day(0), "back_on": day(5), "deputy": "", **data})
    assert answer.status_code == 422
    assert words_of(answer).count(words) == 2
    assert data.get("away_from_on", day(0)) in answer.text
    assert db.session.scalar(select(Absence)) is None


def test_the_page_of_the_case_and_a_new_letter_say_who_helps_meanwhile(client: FlaskClient) -> None:
    case = a_case_that_came_in(1)
    assert case.handler.email == SAM
    away_with(client, priya())
    back = TODAY + timedelta(days=5)
    assert f"Sam Field is away until {back:%A} {back.day} {back:%B}, and Priya Shah works for them." in words_of(
        page_of(client, case)
    )
    body = request_letter(db.session.get_one(Case, case.id), "acknowledgement", datetime.now(UTC)).body
    assert re.search(
        rf"Sam Field is away until .*{back.day} {back:%B}.*\. Until then Priya Shah can help you\.",
        re.sub("<[^>]+>", "", body),
    )
    db.session.rollback()


def test_new_work_passes_by_whoever_is_away_and_open_work_is_given_with_one_button(client: FlaskClient) -> None:
    cases = [a_case_that_came_in(1) for _ in range(2)]
    absence = away_with(client, priya())
    assert a_case_that_came_in(0.01).handler.name == "Priya Shah"
    assert "2; 2 due while away" in words_of(client.get(ABSENCES))
    assert press(client, absence, "give").status_code == 303
    assert {db.session.get_one(Case, case.id).handler.name for case in cases} == {"Priya Shah"}
    assert "Priya Shah has 2 cases more." in words_of(client.get(ABSENCES))


def test_a_case_that_the_deputy_may_not_see_stays_and_that_is_said(client: FlaskClient) -> None:
    case = a_case_that_came_in(1, kind="antisocial-behaviour")
    assert case.handler.email == SAM
    absence = away_with(client, priya("advisor"))
    press(client, absence, "give")
    assert db.session.get_one(Case, case.id).handler.email == SAM
    assert "1 case stays where it is" in words_of(client.get(ABSENCES))


def test_a_cancelled_absence_counts_for_nothing(client: FlaskClient) -> None:
    absence = away_with(client, priya())
    press(client, absence, "cancel")
    assert "You are not away" in words_of(client.get(ABSENCES))
    assert a_case_that_came_in(0.01).handler.email == SAM


def test_an_absence_that_is_over_gives_nothing_away(client: FlaskClient) -> None:
    case = a_case_that_came_in(0.01)
    absence = away_with(client, priya())
    absence.away_from_on, absence.back_on = TODAY - timedelta(days=3), TODAY
    db.session.commit()
    assert press(client, absence, "give").status_code == 409
    assert db.session.scalar(select(Event.id).where(Event.case_id == case.id, Event.who == SAM)) is None


def test_other_peoples_absences_are_for_those_who_manage_them(client: FlaskClient, sqlite_app: Flask) -> None:
    absence = away_with(client, None)
    for role, status in (("advisor", 403), ("manager", 303)):
        email = f"{role}@landlord.example"
        a_colleague_with_a_password(email, roles=(role,))
        other = sqlite_app.test_client()
        sign_in(other, email)
        assert press(other, absence, "cancel").status_code == status
        seen = words_of(other.get(ABSENCES))
        assert ("Who is away" in seen) is (role == "manager")


def test_a_followed_case_says_who_helps_meanwhile(client: FlaskClient, sqlite_app: Flask) -> None:
    case = a_case_that_came_in(1)
    away_with(client, priya())
    assert "Until then Priya Shah can help you." in follow(sqlite_app.test_client(), case).words
