"""Signing in and out, by the real form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from sqlalchemy import select

from app.extensions import db
from app.staff import actions
from app.staff.models import SignIn, StaffMember
from tests.conftest import MakeApp
from tests.rig.cheap import hash_passwords_in_earnest
from tests.staff.door import (
    PASSWORD,
    SIGN_IN,
    a_colleague_with_a_password,
    code_of,
    give_a_second_factor,
    give_code,
    sign_in,
    token_of,
    words_of,
)

# What no database can change.
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
REFUSED = "Your email address or your password is not right"


def test_the_right_password_opens_the_caseload(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/staff/")


def test_the_email_address_may_be_typed_in_capitals_with_a_space_around_it(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    assert sign_in(client, email=" Sam.Field@Landlord.example ").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("sam.field@landlord.example", "not the password"),
        ("nobody@landlord.example", PASSWORD),
        ("left@landlord.example", PASSWORD),
        ("new@landlord.example", PASSWORD),
        ("sam.field@landlord.example", PASSWORD + "x" * 200_000),
        ("sam.field@landlord.example", PASSWORD.upper()),
    ],
    ids=["wrong password", "unknown", "left us", "no password yet", "enormous", "other case"],
)
def test_whatever_was_wrong_the_page_says_the_same(sqlite_app: Flask, email: str, password: str) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    a_colleague_with_a_password("left@landlord.example").active = False
    a_colleague_with_a_password("new@landlord.example").password = None
    db.session.commit()
    answer = sign_in(client, email, password)
    assert answer.status_code == 400
    assert words_of(answer).count(REFUSED) == 2  # in the summary, and beside the field
    assert "wait 15 minutes and try again" in words_of(answer)
    assert db.session.scalars(select(SignIn.outcome).order_by(SignIn.id)).all()[-1] == "refused"


@on_sqlite
def test_an_empty_form_names_both_fields(client: FlaskClient) -> None:
    answer = sign_in(client, "", "")
    assert "Enter your email address" in words_of(answer)
    assert "Enter your password" in words_of(answer)


@on_sqlite
def test_the_password_is_never_sent_back(client: FlaskClient) -> None:
    assert "not the password" not in sign_in(client, password="not the password").get_data(as_text=True)


def test_five_wrong_tries_lock_the_account_for_fifteen_minutes(client: FlaskClient) -> None:
    colleague = a_colleague_with_a_password()
    for _ in range(5):
        wrong = sign_in(client, password="not the password")
    locked = sign_in(client)
    assert locked.status_code == 400
    assert words_of(locked) == words_of(wrong)
    db.session.refresh(colleague)
    assert colleague.locked_until is not None
    assert timedelta(minutes=14) < colleague.locked_until - datetime.now(UTC) <= timedelta(minutes=15)
    colleague.locked_until = datetime.now(UTC) - timedelta(seconds=1)
    db.session.commit()
    assert sign_in(client).status_code == 303


@on_sqlite
def test_four_wrong_tries_and_then_the_right_one_begin_the_count_again(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    for _ in range(2):
        for _ in range(4):
            sign_in(client, password="not the password")
        assert sign_in(client).status_code == 303
        db.session.rollback()
        client = client.application.test_client()


def test_wrong_tries_at_the_same_moment_are_all_counted(app: Flask) -> None:
    colleague = a_colleague_with_a_password()
    db.session.rollback()

    def guess(number: int) -> bool:
        with app.app_context():
            entry = actions.try_to_sign_in(colleague.email, f"guess {number}", datetime.now(UTC), "192.0.2.0/24")
            db.session.commit()
            return entry is None

    with ThreadPoolExecutor(5) as people:
        assert all(people.map(guess, range(5)))
    db.session.refresh(colleague)
    assert colleague.locked_until is not None
    assert sign_in(app.test_client()).status_code == 400


@on_sqlite
def test_one_colleagues_wrong_tries_lock_nobody_else(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    a_colleague_with_a_password("kim@landlord.example")
    for _ in range(6):
        sign_in(client, password="not the password")
    assert sign_in(client, "kim@landlord.example").status_code == 303


def test_an_unknown_address_takes_as_long_as_a_known_one(sqlite_app: Flask) -> None:
    """Both cost one Argon2: the password that is compared must not be what takes the time."""
    hash_passwords_in_earnest(sqlite_app)
    colleague = a_colleague_with_a_password()
    colleague.password = hash_password(PASSWORD)
    db.session.commit()
    client = sqlite_app.test_client()
    sign_in(client, "nobody@landlord.example")  # makes the hash that nobody has
    times = {}
    for email in ("sam.field@landlord.example", "nobody@landlord.example"):
        taken = []
        for _ in range(4):
            begun = datetime.now(UTC)
            sign_in(client, email, "not the password")
            taken.append((datetime.now(UTC) - begun).total_seconds())
        times[email] = min(taken)
    known, unknown = times.values()
    assert 0.6 < unknown / known < 1.67


def test_a_network_that_fails_thirty_times_must_wait_but_whoever_is_right_is_not_counted(sqlite_app: Flask) -> None:
    for _ in range(31):
        assert sign_in_and_out(sqlite_app, PASSWORD) == 303
    client = sqlite_app.test_client()
    page = client.get(SIGN_IN)
    data = {"csrf_token": token_of(page), "email": "nobody@landlord.example", "password": ""}
    answers = [client.post(SIGN_IN, data=data).status_code for _ in range(31)]
    assert answers == [400] * 30 + [429]
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post(SIGN_IN, data=data, environ_overrides=elsewhere).status_code == 400


def sign_in_and_out(app: Flask, password: str) -> int:
    if db.session.scalar(select(StaffMember)) is None:
        a_colleague_with_a_password()
    return sign_in(app.test_client(), password=password).status_code


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/staff/cases/K7M4-QX9T?page=2", "/staff/cases/K7M4-QX9T?page=2"),
        ("https://elsewhere.example/staff/", "/staff/"),
        ("//elsewhere.example/staff/", "/staff/"),
        ("/\\elsewhere.example", "/staff/"),
        ("/staff/\\..\\..\\elsewhere.example", "/staff/"),
        ("/staff/\r\nSet-Cookie: a=b", "/staff/"),
        ("javascript:alert(1)", "/staff/"),
        ("/en/", "/staff/"),
    ],
)
def test_sign_in_leads_on_to_staff_pages_only(sqlite_app: Flask, wanted: str, given: str) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    page = client.get(SIGN_IN, query_string={"next": wanted})
    data = {"csrf_token": token_of(page), "email": "sam.field@landlord.example", "password": PASSWORD}
    give_a_second_factor(sqlite_app, "sam.field@landlord.example")
    code_page = client.post(SIGN_IN, query_string={"next": wanted}, data=data).location
    assert give_code(client, code_of(sqlite_app, "sam.field@landlord.example"), code_page).location == given
    assert client.get(SIGN_IN, query_string={"next": wanted}).location == given


def test_each_try_is_recorded_without_what_was_typed(client: FlaskClient) -> None:
    colleague = a_colleague_with_a_password()
    before = db.session.scalar(select(db.func.max(SignIn.id)))
    sign_in(client, "nobody@landlord.example")
    sign_in(client, password="not the password")
    sign_in(client)
    tries = db.session.scalars(select(SignIn).where(SignIn.id > before).order_by(SignIn.id)).all()
    assert [(one.staff_member_id, one.outcome, one.network) for one in tries] == [
        (None, "refused", "127.0.0.0/24"),
        (colleague.id, "refused", "127.0.0.0/24"),
        (colleague.id, "signed-in", "127.0.0.0/24"),
    ]


@on_sqlite
def test_nothing_of_the_session_before_lives_on_after_sign_in(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    page = client.get(SIGN_IN)
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        token_before = session["csrf_token"]
    data = {"csrf_token": token_of(page), "email": "sam.field@landlord.example", "password": PASSWORD}
    client.post(SIGN_IN, data=data)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != token_before


def test_a_copied_cookie_opens_nothing_after_sign_out(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    sign_in(client)
    copy = client.get_cookie("session")
    assert copy is not None
    inside = client.get("/staff/")
    assert inside.status_code == 200
    out = client.post("/staff/sign-out", data={"csrf_token": token_of(inside)})
    assert (out.status_code, out.location) == (303, SIGN_IN)
    assert "You have signed out." in words_of(client.get(SIGN_IN))
    client.set_cookie(copy.key, copy.value)
    assert client.get("/staff/").status_code == 303


@pytest.mark.parametrize(
    ("key", "moved"), [("staff_seen", timedelta(hours=1, seconds=5)), ("at", timedelta(hours=12, seconds=5))]
)
def test_a_session_left_alone_for_an_hour_or_older_than_twelve_is_over(
    client: FlaskClient, key: str, moved: timedelta
) -> None:
    a_colleague_with_a_password()
    sign_in(client)
    assert client.get("/staff/").status_code == 200
    if key == "at":
        for begun in db.session.scalars(select(SignIn)):
            begun.at -= moved
        db.session.commit()
    else:
        with client.session_transaction() as session:
            session[key] -= moved.total_seconds()
    assert client.get("/staff/").status_code == 303


def test_whoever_leaves_is_out_at_once(client: FlaskClient) -> None:
    colleague = a_colleague_with_a_password()
    sign_in(client)
    colleague.active = False
    db.session.commit()
    assert client.get("/staff/").status_code == 303


def test_a_new_password_ends_every_other_session(client: FlaskClient, app: Flask) -> None:
    colleague = a_colleague_with_a_password()
    sign_in(client)
    actions.set_password(colleague.id, "another four random words", datetime.now(UTC), "192.0.2.0/24")
    db.session.commit()
    assert client.get("/staff/").status_code == 303


@on_sqlite
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    cookies = sign_in(client).headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
    assert not any("remember" in cookie for cookie in cookies)


def test_over_https_the_cookie_is_of_this_host_alone(make_app: MakeApp) -> None:
    app = make_app(public_url="https://letterbox.landlord.example")
    cookie = app.test_client().get(SIGN_IN, base_url="https://letterbox.landlord.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie


@on_sqlite
def test_staff_pages_are_kept_nowhere(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    assert client.get(SIGN_IN).headers["Cache-Control"] == "no-store"
    sign_in(client)
    assert client.get("/staff/").headers["Cache-Control"] == "no-store"


@on_sqlite
def test_a_signed_token_in_the_address_is_no_way_in(client: FlaskClient) -> None:
    """Flask-Security would take one; nobody here gives any out."""
    colleague = a_colleague_with_a_password()
    token = colleague.get_auth_token()
    assert client.get("/staff/", query_string={"auth_token": token}).status_code == 303
    assert client.get("/staff/", headers={"Authentication-Token": token}).status_code == 303
