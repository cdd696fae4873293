"""A colleague's own account: password, sessions, keys."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.staff.actions import find_staff_member
from app.staff.models import SignIn
from tests.staff.door import PASSWORD, a_colleague_with_a_password, sign_in, token_of, words_of

SAM = "sam.field@landlord.example"
ACCOUNT = "/staff/account"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password()
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def post(client: FlaskClient, to: str, **data: str) -> int:
    return client.post(f"{ACCOUNT}{to}", data={"csrf_token": token_of(client.get(ACCOUNT)), **data}).status_code


def test_a_session_ended_from_elsewhere_opens_nothing_any_more(client: FlaskClient, sqlite_app: Flask) -> None:
    other = sqlite_app.test_client()
    other.environ_base["HTTP_USER_AGENT"] = FIREFOX
    sign_in(other)
    assert "Firefox, Windows" in words_of(client.get(ACCOUNT))
    theirs = db.session.scalar(select(SignIn.id).where(SignIn.device == "Firefox, Windows"))
    assert post(client, f"/sessions/{theirs}/end") == 303
    assert other.get("/staff/").status_code == 303
    assert client.get("/staff/").status_code == 200


def test_all_others_end_at_once_and_nobody_elses(client: FlaskClient, sqlite_app: Flask) -> None:
    kim = a_colleague_with_a_password("kim@landlord.example", roles=("advisor",))
    of_kim, other = sqlite_app.test_client(), sqlite_app.test_client()
    sign_in(of_kim, kim.email)
    sign_in(other)
    theirs = db.session.scalar(select(db.func.max(SignIn.id)).where(SignIn.staff_member_id == kim.id))
    post(client, f"/sessions/{theirs}/end")
    assert post(client, "/sessions/end-others") == 303
    assert [one.get("/staff/").status_code for one in (client, of_kim, other)] == [200, 200, 303]


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(client: FlaskClient, sqlite_app: Flask) -> None:
    other = sqlite_app.test_client()
    sign_in(other)
    new = "another four random words"
    assert post(client, "/password", old_password="not the password", password=new) == 422
    assert post(client, "/password", old_password=PASSWORD, password="short") == 422
    assert post(client, "/password", old_password=PASSWORD, password=new) == 303
    assert [one.get("/staff/").status_code for one in (client, other)] == [200, 303]
    assert sign_in(sqlite_app.test_client(), password=new).status_code == 303


def test_wrong_passwords_inside_count_as_they_do_at_the_door(client: FlaskClient) -> None:
    for _ in range(5):
        post(client, "/password", old_password="not the password", password="another four random words")
    assert find_staff_member(SAM).locked_until is not None
    assert post(client, "/password", old_password=PASSWORD, password="another four random words") == 422


def test_shortcuts_are_turned_off_and_on(client: FlaskClient) -> None:
    for wanted in ("off", "on"):
        assert post(client, "/shortcuts", shortcuts=wanted) == 303
        db.session.expire_all()
        assert find_staff_member(SAM).has_shortcuts is (wanted == "on")
