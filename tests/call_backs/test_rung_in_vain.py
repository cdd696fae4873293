"""Whoever asked for a call and could not be reached is told by letter, in the case that the call belongs to."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.call_backs.models import CallBack
from app.cases.models import Case
from app.extensions import db
from app.journeys import steps
from app.letters.models import Letter
from tests.builders import needs, person
from tests.call_backs.test_desk import PAGE, press, waiting
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import token_of, words_of


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


def rung(client: FlaskClient, name: str, phone: str) -> CallBack:
    late = steps.now() - timedelta(hours=2)
    call_back = waiting(name, late, late, phone=phone)
    press(client, name, "No answer")
    return call_back


def write(client: FlaskClient, call_back: CallBack, **fields: str) -> TestResponse:
    token = token_of(client.get("/staff/contacts/new"))
    answer = client.post(f"{PAGE}/{call_back.reference}/letter", data={"csrf_token": token, **fields})
    db.session.expire_all()
    return answer


def letters(case: Case) -> list[Letter]:
    db.session.rollback()
    wanted = db.select(Letter).where(Letter.case_id == case.id, Letter.name == "call-back-missed")
    return list(db.session.scalars(wanted))


def test_the_case_of_the_same_number_is_offered_and_gets_the_letter_once(desk: FlaskClient) -> None:
    case = a_case_that_came_in(person=person(phone="07700 900555"))
    stranger = a_case_that_came_in(person=person(phone="07700 900556"))
    call_back = rung(desk, "Elin", "+44 7700 900 555")
    page = words_of(desk.get(f"{PAGE}/{call_back.reference}/letter"))
    assert case.reference in page
    assert stranger.reference not in page
    answer = write(desk, call_back, case=case.reference)
    assert answer.status_code == 303
    (letter,) = letters(case)
    assert "+44 7700 900 555" in letter.body
    assert "We do not ring you again unless you ask us to." in letter.body
    assert "We rang in vain" in words_of(desk.get(f"/staff/cases/{case.reference}"))
    again = words_of(desk.get(write(desk, call_back, case=case.reference).location))
    assert "Nobody was rung in vain since the last letter" in again
    assert len(letters(case)) == 1


def test_a_case_that_is_named_gets_it_and_where_we_try_again_it_says_when(desk: FlaskClient) -> None:
    case = a_case_that_came_in(person=person(phone="07700 900557"))
    call_back = rung(desk, "Fay", "07700 900558")
    token = token_of(desk.get("/staff/contacts/new"))
    desk.post(f"{PAGE}/{call_back.reference}/again", data={"csrf_token": token})
    for wrong in ({}, {"case": "another", "other": "no such"}, {"case": "another"}):
        answer = write(desk, call_back, **wrong)
        assert answer.status_code == 422
        assert wrong.get("other", "") in answer.get_data(as_text=True)
    assert write(desk, call_back, case="another", other=case.reference.lower()).status_code == 303
    (letter,) = letters(case)
    assert "We will ring you again on" in letter.body


def test_nobody_gets_a_letter_about_a_call_that_was_made_or_without_an_address(desk: FlaskClient) -> None:
    waits = waiting("Gwen", steps.now() - timedelta(hours=2), steps.now(), phone="07700 900559")
    assert desk.get(f"{PAGE}/{waits.reference}/letter").status_code == 303
    restricted = a_case_that_came_in(
        kind="antisocial-behaviour", answers={"what_happened": "Noise"}, person=person(phone="07700 900560")
    )
    call_back = rung(desk, "Hal", "07700 900560")
    assert restricted.reference not in words_of(desk.get(f"{PAGE}/{call_back.reference}/letter"))
    assert write(desk, call_back, case=restricted.reference).status_code == 422
    unreachable = a_case_that_came_in(person=person(email=None, address=[], postcode=None), needs=needs())
    answer = write(desk, call_back, case="another", other=unreachable.reference)
    assert "no address that is safe for a letter" in words_of(answer)
    assert letters(restricted) == letters(unreachable) == []
