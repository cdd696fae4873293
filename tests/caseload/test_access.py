"""The access log: who came in, and who looked at restricted cases."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from app.caseload.access import PAGE, looks, sign_ins
from app.caseload.days import as_typed
from app.cases.actions import add_event
from app.cases.clock import LONDON
from app.extensions import db
from app.staff.models import SignIn
from tests.builders import a_colleague
from tests.caseload.desk import a_case_that_came_in
from tests.staff.door import (
    a_colleague_with_a_password,
    give_a_second_factor,
    give_code,
    give_password,
    sign_in,
    words_of,
)

ACCESS = "/staff/access"
ROBIN = "robin@landlord.example"


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password(ROBIN, roles=("auditor",), name="Robin Clarke")
    client = sqlite_app.test_client()
    sign_in(client, ROBIN)
    return client


def rows_of(page: str) -> list[str]:
    return [" ".join(row.text_content().split()) for row in html.fromstring(page).xpath("//tbody/tr")]


def test_every_outcome_is_listed_and_found_by_colleague_and_day(client: FlaskClient, sqlite_app: Flask) -> None:
    sam = a_colleague_with_a_password()
    give_a_second_factor(sqlite_app, sam.email)
    desk = sqlite_app.test_client()
    give_password(desk, "nobody@landlord.example")
    give_password(desk, sam.email, "not the password")
    give_password(desk, sam.email)
    give_code(desk, "not a code")
    said = " | ".join(rows_of(client.get(ACCESS).text))
    for words in (
        "Unknown address Refused",
        "Sam Field Refused",
        "Sam Field Password right No",
        "Sam Field Password right, code refused",
        "Robin Clarke Password right Yes",
    ):
        assert words in said  # fmt: skip
    of_sam = rows_of(client.get(ACCESS, query_string={"who": sam.id}).text)
    assert len(of_sam) == 4
    assert all("Sam Field" in row for row in of_sam)
    today = datetime.now(UTC).astimezone(LONDON).date()
    for days, number in ((0, 4), (1, 0)):
        day = as_typed(today - timedelta(days=days))
        assert len(rows_of(client.get(ACCESS, query_string={"who": sam.id, "day": day}).text)) == number
    assert "Enter a day, such as 4 12 2026" in words_of(client.get(ACCESS, query_string={"day": "today"}))


def test_looks_at_restricted_cases_are_listed_with_who_looked(client: FlaskClient) -> None:
    a_colleague("officer@landlord.example", roles=("officer",))
    case = a_case_that_came_in(1, kind="antisocial-behaviour")
    client.get(f"/staff/cases/{case.reference}")
    (row,) = rows_of(client.get(ACCESS, query_string={"show": "looks"}).text)
    assert row.endswith(f"{ROBIN} {case.reference} Opened the case")


def test_what_a_tenant_called_a_file_is_for_those_who_see_restricted_cases(
    client: FlaskClient, sqlite_app: Flask
) -> None:
    case = a_case_that_came_in(1, kind="antisocial-behaviour")
    add_event(case, "file_viewed", datetime.now(UTC), ROBIN, file="neighbour at number 4.jpg")
    db.session.commit()
    a_colleague_with_a_password("alex@landlord.example", roles=("administrator",))
    desk = sqlite_app.test_client()
    sign_in(desk, "alex@landlord.example")
    for reader, sees in ((client, True), (desk, False)):
        (row,) = rows_of(reader.get(ACCESS, query_string={"show": "looks"}).text)
        assert f"{case.reference} Downloaded a file" in row
        assert ("number 4" in row) is sees


def test_pages_go_on_where_the_one_before_ended_whatever_comes_meanwhile(app: Flask) -> None:
    colleague = a_colleague()
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def come_in(number: int) -> None:
        for _ in range(number):
            db.session.add(SignIn(staff_member=colleague, at=at, network="x", outcome="refused"))
        db.session.commit()

    come_in(7)
    first = sign_ins(None, None, None, limit=3)
    come_in(2)
    second = sign_ins(None, None, first.next_place, limit=3)
    third = sign_ins(None, None, second.next_place, limit=3)
    ids = [row.id for page in (first, second, third) for row in page.rows]
    assert ids == sorted(db.session.scalars(select(SignIn.id).limit(7)), reverse=True)
    assert third.next_place is None
    assert looks(None, None, first.next_place).rows == []
    assert PAGE > 0


@pytest.mark.parametrize("role", ["manager", "officer"])
def test_it_is_for_auditors_and_administrators(sqlite_app: Flask, role: str) -> None:
    a_colleague_with_a_password(roles=(role,))
    client = sqlite_app.test_client()
    sign_in(client)
    assert client.get(ACCESS).status_code == 403
