"""Who is calling? (L06) The check of a caller, what it takes, and what is never shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.cases import identity
from app.cases.casework_models import IdentityCheck
from app.cases.identity import Known, judge
from app.cases.models import Case
from app.extensions import db
from app.tenants import telephone_passwords
from tests.builders import a_colleague, person
from tests.caseload.desk import a_case_that_came_in
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

BORN, WORD = date(1961, 3, 14), "Copper Kettle"


@pytest.fixture(scope="module")
def known() -> Known:
    from argon2 import PasswordHasher

    return Known(
        BORN,
        "ex11aa",
        PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(telephone_passwords.spoken(WORD)),
    )


@pytest.mark.parametrize(
    ("born_on", "postcode", "password", "passes"),
    [
        (None, "", "copper kettle", True),
        (None, "", "COPPERKETTLE", True),
        (BORN, "EX1 1AA", "", True),
        (BORN, "ex11aa", WORD, True),
        (BORN, "", "", False),
        (None, "EX1 1AA", "", False),
        (BORN, "EX1 1AB", "", False),
        (BORN, "EX1 1AA", "tin kettle", False),
        (date(1961, 3, 15), "", WORD, False),
    ],
)
def test_the_password_alone_or_birth_and_postcode_and_nothing_wrong(
    known: Known, born_on: date | None, postcode: str, password: str, passes: bool
) -> None:
    assert judge(known, born_on, postcode, password)[1] is passes


def test_what_we_do_not_know_proves_nothing() -> None:
    answers, has_passed = judge(Known(None, None, None), BORN, "EX1 1AA", WORD)
    assert set(answers.values()) == {identity.NOT_KNOWN}
    assert not has_passed


@pytest.fixture
def desk(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password(roles=("complaints-team",))
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def a_known_case() -> Case:
    case = a_case_that_came_in(person=person(email="anna@example.org"))
    case.tenant.date_of_birth = BORN
    identity.set_password(case, WORD, datetime.now(UTC))
    db.session.commit()
    return case


def ask(desk: FlaskClient, case: Case, path: str = "", **said: str) -> str:
    address = f"/staff/cases/{case.reference}/caller"
    answer = desk.post(address + path, data={"csrf_token": token_of(desk.get(address)), **said}, follow_redirects=True)
    db.session.expire_all()
    assert WORD.lower() not in answer.text.lower()
    assert "1961" not in words_of(answer).replace("14 3 1961", "")
    return words_of(answer)


def test_three_wrong_tries_and_no_more_that_day_whichever_case_is_open(desk: FlaskClient) -> None:
    first = a_known_case()
    other = a_case_that_came_in(person=person(email="anna@example.org"))
    for case in (first, other, first):
        assert "Not sure: do not talk about the case" in ask(desk, case, password="tin kettle")
    assert "Three tries were wrong" in ask(desk, other)
    assert db.session.query(IdentityCheck).count() == 3
    desk.post(f"/staff/cases/{other.reference}/caller", data={"password": WORD})
    assert identity.tries_left(other, datetime.now(UTC)) == 0
    assert identity.tries_left(other, datetime.now(UTC) + timedelta(hours=25)) == 3


def test_a_password_of_another_case_of_the_same_person_is_known_here(desk: FlaskClient) -> None:
    a_known_case()
    other = a_case_that_came_in(person=person(email="anna@example.org"))
    stranger = a_case_that_came_in(person=person(name="Somebody Else", email="anna@example.org"))
    assert "This is the tenant" in ask(desk, other, password=WORD)
    assert identity.known_of(stranger).password is None


def test_a_password_is_set_after_a_check_or_another_proof_and_only_its_hash_is_kept(desk: FlaskClient) -> None:
    case = a_known_case()
    refused = ask(desk, case, "/known-by", proof="checked", new_password="brass lamp")
    assert "Say first how you are sure who this is" in refused
    assert "Choose a word or two" in ask(desk, case, "/known-by", proof="photo-id", new_password="abc")
    ask(desk, case, date_of_birth="14 3 1961", postcode="EX1 1AA")
    assert "Saved" in ask(desk, case, "/known-by", proof="checked", new_password="brass lamp")
    assert case.tenant.telephone_password.startswith("$argon2id$")
    assert telephone_passwords.is_right(case.tenant.telephone_password, "Brass-Lamp")
    assert not telephone_passwords.is_right(case.tenant.telephone_password, WORD)
    assert not any("lamp" in str(event.details) for event in case.events)


def test_a_password_is_not_handed_back_to_whoever_comes_second(desk: FlaskClient) -> None:
    case = a_known_case()
    address = f"/staff/cases/{case.reference}/caller"
    page = desk.get(address)
    identity.set_date_of_birth(case, BORN, datetime.now(UTC), a_colleague("lee.ash@landlord.example"), "photo-id")
    db.session.commit()
    data = {"csrf_token": token_of(page), "seen": "1", "password": WORD, "postcode": "EX1 1AA"}
    told = desk.post(address, data=data)
    assert told.status_code == 409
    assert "EX1 1AA" in told.text
    assert WORD not in told.text
