"""Codes for signing in: set up, asked for, used once; and what a colleague does when the telephone is gone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from app.extensions import db
from app.staff import second_factor
from app.staff.actions import find_staff_member
from app.staff.models import AccountChange, SignIn
from app.staff.one_time_codes import OneTimeCodes, hash_of_recovery_code, keys_from, one_time_codes
from tests.conftest import MakeApp
from tests.staff.door import (
    CODE,
    PASSWORD,
    SECRET,
    a_colleague_with_a_password,
    code_of,
    give_a_second_factor,
    give_code,
    give_password,
    sign_in,
    token_of,
    words_of,
)

SAM = "sam.field@landlord.example"
REFUSED = "This code is not right, or has been used"
SET_UP = "/staff/second-factor"
ACCOUNT = "/staff/account"


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    return sqlite_app.test_client()


def at_the_code_page(app: Flask) -> FlaskClient:
    """The right password has been given; the code has not."""
    give_a_second_factor(app, SAM)
    client = app.test_client()
    assert give_password(client).location == CODE
    return client


def set_up(client: FlaskClient, **more: str) -> tuple[TestResponse, str]:
    """By the key that the page shows as text, as somebody types it. Gives the page after, and the key."""
    page = client.get(SET_UP)
    key = html.fromstring(page.text).xpath("string(//*[@class='code-key'])").strip()
    codes = one_time_codes()
    code = codes.code_at(codes.kept(key.replace("-", "")), datetime.now(UTC))
    return client.post(SET_UP, data={"csrf_token": token_of(page), "code": code, **more}), key


def recovery_codes_on(answer: TestResponse) -> list[str]:
    return [str(code) for code in html.fromstring(answer.text).xpath("//ul[@class='recovery-codes']/li//text()")]


def post(client: FlaskClient, to: str, **data: str) -> TestResponse:
    return client.post(to, data={"csrf_token": token_of(client.get(ACCOUNT)), **data})


def test_whoever_needs_a_second_factor_sets_it_up_before_anything_else(client: FlaskClient, sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    assert give_password(client).location == CODE
    assert client.get(CODE).location == SET_UP
    assert client.get("/staff/").location.startswith(CODE)
    client.get(SET_UP)
    picture = client.get(f"{SET_UP}/code.svg")
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    answer, _key = set_up(client)
    assert len(recovery_codes_on(answer)) == 10
    assert client.get("/staff/").status_code == 200
    assert sign_in(sqlite_app.test_client()).location == "/staff/"


def test_a_wrong_code_sets_nothing_up_and_the_key_stays_the_same(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    give_password(client)
    page = client.get(SET_UP)
    wrong = client.post(SET_UP, data={"csrf_token": token_of(page), "code": "123"})
    assert wrong.status_code == 400
    assert "This code is not right" in words_of(wrong)
    assert html.fromstring(wrong.text).xpath("string(//*[@class='code-key'])") in page.text
    assert find_staff_member(SAM).tf_totp_secret is None


def test_a_code_works_once(sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    first, second = at_the_code_page(sqlite_app), at_the_code_page(sqlite_app)
    code = code_of(sqlite_app, SAM)
    assert give_code(first, code).location == "/staff/"
    again = give_code(second, code)
    assert again.status_code == 400
    assert words_of(again).count(REFUSED) == 2
    assert second.get("/staff/").status_code == 303


@pytest.mark.parametrize(
    ("seconds", "is_right"), [(-31, True), (0, True), (29, True), (-90, False), (90, False)], ids=str
)
def test_a_clock_may_be_half_a_minute_out(sqlite_app: Flask, seconds: int, is_right: bool) -> None:
    codes, now = one_time_codes(), datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
    code = codes.code_at(codes.kept(SECRET), now + timedelta(seconds=seconds))
    assert (codes.counter_of(code, codes.kept(SECRET), now, None) is not None) is is_right


def test_five_wrong_codes_pause_the_account_and_the_right_password_between_them_does_not_help(
    sqlite_app: Flask,
) -> None:
    colleague = a_colleague_with_a_password()
    client = at_the_code_page(sqlite_app)
    for _ in range(3):
        wrong = give_code(client, "000000x")
    client = at_the_code_page(sqlite_app)
    for _ in range(2):
        give_code(client, "000000x")
    paused = give_code(client, code_of(sqlite_app, SAM))
    assert words_of(paused) == words_of(wrong)
    assert client.get("/staff/").status_code == 303
    outcomes = db.session.scalars(select(SignIn.outcome).order_by(SignIn.id)).all()
    assert outcomes.count("code-refused") == 5
    assert outcomes[-1] == "locked"
    db.session.refresh(colleague)
    colleague.locked_until = datetime.now(UTC) - timedelta(seconds=1)
    db.session.commit()
    assert give_code(client, code_of(sqlite_app, SAM)).status_code == 303


def test_half_an_hour_after_the_password_it_has_to_be_given_again(sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    client = at_the_code_page(sqlite_app)
    for begun in db.session.scalars(select(SignIn)):
        begun.at -= timedelta(minutes=31)
    db.session.commit()
    assert client.get(CODE).location.startswith("/staff/sign-in")


def test_the_key_of_the_session_changes_with_the_code(sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    client = at_the_code_page(sqlite_app)
    copy = client.get_cookie("session")
    give_code(client, code_of(sqlite_app, SAM))
    client.set_cookie(copy.key, copy.value)
    assert client.get("/staff/").location.startswith("/staff/sign-in")


def test_the_key_of_the_session_changes_when_codes_are_set_up(client: FlaskClient) -> None:
    a_colleague_with_a_password(roles=("advisor",))
    assert sign_in(client).location == "/staff/"
    copy = client.get_cookie("session")
    set_up(client, password=PASSWORD)
    assert client.get("/staff/").status_code == 200
    client.set_cookie(copy.key, copy.value)
    assert client.get("/staff/").location.startswith("/staff/sign-in"), (
        "a stolen copy of the cookie is worth nothing now"
    )


def test_a_recovery_code_lets_in_once_however_it_is_typed(sqlite_app: Flask) -> None:
    colleague = a_colleague_with_a_password()
    first = at_the_code_page(sqlite_app)
    db.session.refresh(colleague)
    codes = second_factor.make_recovery_codes(colleague)
    db.session.commit()
    assert give_code(first, codes[0].lower().replace("-", " ")).location == "/staff/"
    second = at_the_code_page(sqlite_app)
    assert give_code(second, codes[0]).status_code == 400
    assert give_code(second, codes[1]).status_code == 303
    used = db.session.scalars(select(AccountChange.details).where(AccountChange.what == "recovery_code_used"))
    assert [one["left"] for one in used] == [9, 8]


def test_recovery_codes_are_kept_as_hashes_shown_once_and_taken_as_text(sqlite_app: Flask, client: FlaskClient) -> None:
    a_colleague_with_a_password()
    sign_in(client)
    wrong = post(client, f"{ACCOUNT}/recovery-codes", **{"codes-password": "not the password"})
    assert wrong.status_code == 422
    page = post(client, f"{ACCOUNT}/recovery-codes", **{"codes-password": PASSWORD})
    codes = recovery_codes_on(page)
    kept = find_staff_member(SAM).mf_recovery_codes
    assert kept == [hash_of_recovery_code(code) for code in codes]
    assert codes[0] not in client.get(ACCOUNT).text
    data = {"csrf_token": token_of(page), "code": [*codes, "<script>"]}
    taken = client.post(f"{ACCOUNT}/recovery-codes/text", data=data)
    assert taken.text.split() == codes
    assert "attachment" in taken.headers["Content-Disposition"]


def test_whoever_need_not_may_have_codes_and_leave_them_again(sqlite_app: Flask, client: FlaskClient) -> None:
    a_colleague_with_a_password(roles=("advisor",))
    assert sign_in(client).location == "/staff/"
    elsewhere = sqlite_app.test_client()
    sign_in(elsewhere)
    answer, _key = set_up(client, password=PASSWORD)
    assert len(recovery_codes_on(answer)) == 10
    assert elsewhere.get("/staff/").status_code == 303
    assert give_password(sqlite_app.test_client()).location == CODE
    assert post(client, f"{ACCOUNT}/second-factor/off", **{"codes-password": PASSWORD}).status_code == 303
    assert give_password(sqlite_app.test_client()).location == "/staff/"
    assert client.get(ACCOUNT).status_code == 200


def test_a_role_that_needs_codes_cannot_do_without_them(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    sign_in(client)
    assert post(client, f"{ACCOUNT}/second-factor/off", **{"codes-password": PASSWORD}).status_code == 403


def test_who_gets_such_a_role_gives_a_second_factor_in_the_session_that_runs(client: FlaskClient) -> None:
    colleague = a_colleague_with_a_password(roles=("advisor",))
    sign_in(client)
    colleague.roles = a_colleague_with_a_password("kim@landlord.example", roles=("manager",)).roles
    db.session.commit()
    assert client.get("/staff/").location.startswith(CODE)


def test_another_secret_key_reads_what_was_kept_with_the_one_before() -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    before, after, without = (OneTimeCodes(keys_from(keys), "LiveWest") for keys in ("a", "ba", "b"))
    kept = before.kept(SECRET)
    code = before.code_at(kept, now)
    assert after.counter_of(code, kept, now, None) is not None
    assert without.counter_of(code, kept, now, None) is None
    assert without.counter_of(code, after.with_todays_key(kept), now, None) is not None


def test_all_secrets_are_written_anew_under_a_new_key_at_once(make_app: MakeApp) -> None:
    app = make_app()
    with app.app_context():
        a_colleague_with_a_password()
        give_a_second_factor(app, SAM)
        settings = app.config["LETTERBOX"]
    changed = create_app(replace(settings, secret_key="n" * 32, old_secret_keys=(settings.secret_key,)))
    done = changed.test_cli_runner().invoke(args=["staff", "rekey"])
    assert done.output == "1 written anew.\n"
    later = create_app(replace(settings, secret_key="n" * 32))
    with later.app_context():
        assert one_time_codes().get_totp_b32_key(find_staff_member(SAM).tf_totp_secret).rstrip("=") == SECRET
        db.engine.dispose()


def test_codes_are_reset_from_the_command_line(sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    give_a_second_factor(sqlite_app, SAM)
    assert sqlite_app.test_cli_runner().invoke(args=["staff", "reset-codes", SAM]).exit_code == 0
    db.session.expire_all()
    assert find_staff_member(SAM).tf_totp_secret is None


def test_the_database_alone_gives_no_codes(sqlite_app: Flask) -> None:
    assert SECRET not in one_time_codes().kept(SECRET)
