"""How we write to somebody is asked again in time, by letter; who does not answer says that all is still right."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db, start_writing
from app.letters.models import Letter
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import token_of, words_of

LIST = "/staff/needs-reviews"


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


def in_days(days: int) -> date:
    return datetime.now(UTC).astimezone(LONDON).date() + timedelta(days=days)


def due_in(days: int, **different: Any) -> Case:
    case = a_case_that_came_in(**{"needs": needs(format="large-print", point_size=24), **different})
    start_writing()
    case.tenant.needs.review_on = in_days(days)
    db.session.commit()
    return case


def send(client: FlaskClient, case: Case, act: str, **fields: str) -> TestResponse:
    address = f"/staff/cases/{case.reference}/needs-review"
    answer = client.post(f"{address}/{act}", data={"csrf_token": token_of(client.get(address)), **fields})
    db.session.expire_all()
    return answer


def row_of(client: FlaskClient, case: Case) -> str:
    page = words_of(client.get(LIST))
    return page.partition(case.reference)[2][:120]


def test_who_is_due_is_listed_asked_by_letter_and_gone_once_all_is_right(desk: FlaskClient) -> None:
    case, later = due_in(-1), due_in(200)
    assert "Not asked yet" in row_of(desk, case)
    assert "Large print 24" in row_of(desk, case)
    assert later.reference not in words_of(desk.get(LIST))
    for wrong in ("", "soon", in_days(0).isoformat()):
        assert send(desk, case, "letter", answer_by=wrong).status_code == 422
    assert send(desk, case, "letter", answer_by=in_days(14).isoformat()).status_code == 303
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == "needs-review")).one()
    assert "Print of 24 points" in letter.body
    assert in_days(14).isoformat() in letter.body
    assert "They answer by" in row_of(desk, case)
    db.session.rollback()
    start_writing()
    letter.given = {"answer_by": in_days(-1).isoformat()}
    db.session.commit()
    assert "No answer by" in row_of(desk, case)
    assert send(desk, case, "still-right").status_code == 303
    assert case.reference not in words_of(desk.get(LIST))
    assert case.tenant.needs.review_on == in_days(365)
    assert "All needs are still right." in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_the_list_goes_on_where_the_page_ended_and_keeps_restricted_cases_to_those_who_may(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.caseload.needs_reviews.AT_ONCE", 1)
    first, second = due_in(-300), due_in(-299)
    hidden = due_in(-301, kind="antisocial-behaviour", answers={"what_happened": "Noise"})
    page = desk.get(LIST)
    assert first.reference in words_of(page)
    assert second.reference not in words_of(page)
    assert hidden.reference not in words_of(page)
    following = desk.get(f"{LIST}?after={in_days(-300).isoformat()}.{first.id}")
    assert second.reference in words_of(following)
    assert desk.get(f"{LIST}?after=nowhere").status_code == 404
    assert desk.get(f"{LIST}?after=2026-11-22.{'9' * 30}").status_code == 404


def test_who_has_no_address_for_a_letter_is_asked_on_the_phone(desk: FlaskClient) -> None:
    case = due_in(-1, person=person(email=None, address=[], postcode=None))
    answer = send(desk, case, "letter", answer_by=in_days(14).isoformat())
    assert answer.status_code == 422
    assert "Ask them on the phone" in words_of(answer)
