"""Accounts from the command line, and the one-time link that opens them."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.staff import links
from app.staff.actions import find_staff_member
from app.staff.actions import set_password as set_password_of
from app.staff.models import ROLES, StaffMember
from app.staff.passwords import PasswordRefused
from tests.builders import a_colleague
from tests.rig.cheap import hash_passwords_in_earnest
from tests.staff.door import PASSWORD, a_colleague_with_a_password, sign_in, token_of, words_of

# What no database can change.
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def add(app: Flask, *arguments: str) -> str:
    """The link on the last line, without the site's address."""
    done = app.test_cli_runner().invoke(args=["staff", "add", *arguments])
    assert done.exit_code == 0, done.output
    return str(urlsplit(done.output.splitlines()[-1]).path)


def set_password(client: FlaskClient, link: str, password: str = PASSWORD) -> object:
    page = client.get(link)
    assert page.status_code == 200
    return client.post(link, data={"csrf_token": token_of(page), "password": password})


def test_the_link_on_the_last_line_sets_a_password_and_signs_in(app: Flask, client: FlaskClient) -> None:
    link = add(app, "anna.nowak@landlord.example", "--role", "advisor")
    assert "Anna Nowak" in words_of(client.get(link))
    answer = set_password(client, link)
    assert (answer.status_code, answer.location) == (303, "/staff/")
    assert client.get("/staff/").status_code == 200
    assert sign_in(app.test_client(), "anna.nowak@landlord.example").status_code == 303


@on_sqlite
def test_the_printed_address_is_the_sites_own(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["staff", "add", "kim@landlord.example", "--role", "advisor"])
    assert done.output.splitlines()[-1].startswith(app.config["LETTERBOX"].public_url + "/staff/welcome/")


def test_the_link_works_once(app: Flask, client: FlaskClient) -> None:
    link = add(app, "kim@landlord.example", "--role", "officer")
    set_password(client, link)
    again = app.test_client().get(link)
    assert again.status_code == 410
    assert "This link no longer works" in words_of(again)


@on_sqlite
def test_the_link_works_for_three_days(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    link = add(app, "kim@landlord.example", "--role", "officer")
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: datetime.now(UTC).timestamp() + 3 * 86400 - 60)
    assert client.get(link).status_code == 200
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: datetime.now(UTC).timestamp() + 3 * 86400 + 60)
    assert client.get(link).status_code == 410


@on_sqlite
@pytest.mark.parametrize("change", [lambda link: link[:-1], lambda link: link + "x", lambda link: "/staff/welcome/x"])
def test_a_link_that_we_did_not_give_gets_a_kind_page(app: Flask, client: FlaskClient, change: object) -> None:
    link = change(add(app, "kim@landlord.example", "--role", "officer"))
    answer = client.get(link)
    assert answer.status_code == 410
    assert "ask whoever sent you the link for a new one" in words_of(answer)


def test_of_two_people_with_the_same_link_the_second_is_too_late(app: Flask, client: FlaskClient) -> None:
    link = add(app, "kim@landlord.example", "--role", "officer")
    slow = app.test_client()
    token = token_of(slow.get(link))
    set_password(client, link)
    answer = slow.post(link, data={"csrf_token": token, "password": "five other words entirely here"})
    assert answer.status_code == 410
    assert sign_in(app.test_client(), "kim@landlord.example").status_code == 303


def test_a_new_link_helps_who_forgot_the_password_and_opens_a_locked_account(app: Flask, client: FlaskClient) -> None:
    colleague = a_colleague_with_a_password()
    for _ in range(5):
        sign_in(client, password="not the password")
    done = app.test_cli_runner().invoke(args=["staff", "link", colleague.email])
    set_password(client, urlsplit(done.output.splitlines()[-1]).path, "another four random words")
    assert sign_in(app.test_client(), password="another four random words").status_code == 303
    assert sign_in(app.test_client()).status_code == 400


@on_sqlite
def test_a_password_that_is_refused_says_what_to_do_and_leaves_the_link_good(app: Flask, client: FlaskClient) -> None:
    link = add(app, "kim@landlord.example", "--role", "officer")
    answer = set_password(client, link, "short")
    assert answer.status_code == 400
    assert "Enter a password of 12 characters or more" in words_of(answer)
    assert set_password(client, link).status_code == 303


@on_sqlite
def test_an_unknown_role_is_refused_with_the_list_of_roles(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["staff", "add", "kim@landlord.example", "--role", "boss"])
    assert done.exit_code == 2
    assert all(role in done.output for role in ROLES)
    assert db.session.scalar(select(StaffMember)) is None


def test_an_address_that_has_an_account_is_refused_and_the_next_step_named(app: Flask) -> None:
    add(app, "kim@landlord.example", "--role", "officer")
    done = app.test_cli_runner().invoke(args=["staff", "add", "KIM@landlord.example", "--role", "auditor"])
    assert done.exit_code == 1
    assert "staff link kim@landlord.example" in done.output


@on_sqlite
def test_what_is_no_email_address_is_refused(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["staff", "add", "kim", "--role", "officer"])
    assert done.exit_code == 2


def test_several_roles_and_a_name_are_kept(app: Flask) -> None:
    add(app, "kim@landlord.example", "--role", "officer", "--role", "reviewer", "--name", "Kim O’Brien-Çelik")
    colleague = find_staff_member("kim@landlord.example")
    assert colleague is not None
    assert colleague.name == "Kim O’Brien-Çelik"
    assert {role.name for role in colleague.roles} == {"officer", "reviewer"}


@on_sqlite
def test_the_database_keeps_an_argon2_hash_of_the_password(app: Flask) -> None:
    hash_passwords_in_earnest(app)
    colleague = a_colleague_with_a_password()
    set_password_of(colleague.id, PASSWORD, datetime.now(UTC), "192.0.2.0/24")
    db.session.commit()
    assert colleague.password is not None
    # As the hash's own authors advise (RFC 9106): 64 MiB, three passes.
    assert colleague.password.startswith("$argon2id$v=19$m=65536,t=3,")
    assert PASSWORD not in colleague.password


@on_sqlite
def test_a_link_tells_nothing_that_opens_a_session(app: Flask) -> None:
    colleague = a_colleague_with_a_password()
    assert colleague.fs_uniquifier not in links.make_link_token(colleague)


@pytest.mark.parametrize(
    "password",
    ["eleven char", "password1234", "letterbox2026", "samfield2026", "aaaaaaaaaaaaaaaa", "qwertyuiop12", "x" * 129],
)
def test_a_password_that_is_easily_guessed_is_refused(sqlite_app: Flask, password: str) -> None:
    colleague = a_colleague()
    with pytest.raises(PasswordRefused):
        set_password_of(colleague.id, password, datetime.now(UTC), "192.0.2.0/24")


@pytest.mark.parametrize(
    "password", [PASSWORD, "صندوق بريد أزرق كبير", "llythyr glas yn y bore", "🦊🐻🌂🚲🎻🧭⛵🪁🧶🍋🌵🪴"]
)
def test_a_long_password_in_any_script_is_good(sqlite_app: Flask, password: str) -> None:
    set_password_of(a_colleague().id, password, datetime.now(UTC), "192.0.2.0/24")
    db.session.commit()
    assert sign_in(sqlite_app.test_client(), password=password).status_code == 303
