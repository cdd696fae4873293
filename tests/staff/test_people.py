"""Accounts, as an administrator keeps them."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.extensions import db, start_writing
from app.staff import accounts, actions
from app.staff.actions import find_staff_member
from app.staff.models import AccountChange, StaffMember, Team
from tests.builders import a_colleague
from tests.staff.door import (
    PASSWORD,
    a_colleague_with_a_password,
    give_a_second_factor,
    give_password,
    sign_in,
    token_of,
    words_of,
)

ALEX = "alex.winter@landlord.example"
PEOPLE = "/staff/people"


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password(ALEX, roles=("administrator",), name="Alex Winter")
    client = sqlite_app.test_client()
    sign_in(client, ALEX)
    return client


def post(client: FlaskClient, to: str, **data: object) -> TestResponse:
    page = client.get(f"{PEOPLE}/new")
    answer = client.post(to, data={"csrf_token": token_of(page), **data})
    db.session.expire_all()
    return answer


def known(email: str) -> StaffMember:
    found = find_staff_member(email)
    assert found is not None
    return found


def changes(colleague: StaffMember) -> list[tuple[str, str | None]]:
    rows = select(AccountChange).where(AccountChange.staff_member_id == colleague.id).order_by(AccountChange.id)
    return [(one.what, one.who) for one in db.session.scalars(rows)]


def link_on(answer: TestResponse) -> str:
    return urlsplit(html.fromstring(answer.text).xpath("string(//*[@class='one-time-link'])").strip()).path


def test_a_new_account_opens_by_the_link_that_is_shown(client: FlaskClient, sqlite_app: Flask) -> None:
    team = Team(name="Repairs", services=["repairs"])
    db.session.add(team)
    db.session.commit()
    answer = post(
        client, f"{PEOPLE}/new", name=" Kim  O’Brien ", email="Kim@Landlord.example", phone="0300 123", roles="advisor",
        team=str(team.id), line_manager=str(known(ALEX).id),
    )  # fmt: skip
    kim = known("kim@landlord.example")
    assert (kim.name, kim.phone, kim.team.name, kim.line_manager.name) == (
        "Kim O’Brien", "0300 123", "Repairs", "Alex Winter",
    )  # fmt: skip
    newcomer, link = sqlite_app.test_client(), link_on(answer)
    page = newcomer.get(link)
    assert newcomer.post(link, data={"csrf_token": token_of(page), "password": PASSWORD}).location == "/staff/"
    assert changes(kim)[0] == ("account_made", ALEX)
    assert "Kim O’Brien" in words_of(client.get(PEOPLE))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Enter the full name"),
        ({"email": "kim"}, "Enter an email address in the right form"),
        ({"email": ALEX}, "has an account already"),
        ({"roles": []}, "Choose one role or more"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(client: FlaskClient, wrong: dict[str, object], words: str) -> None:
    given = {"name": "Kim Lee", "email": "kim@landlord.example", "phone": "0300 765", "roles": ["officer"], **wrong}
    answer = post(client, f"{PEOPLE}/new", **given)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "0300 765" in answer.text


def test_a_nul_that_postgresql_cannot_hold_is_left_out_and_breaks_no_page(app: Flask) -> None:
    a_colleague_with_a_password(ALEX, roles=("administrator", "reviewer"), name="Alex Winter")
    client = app.test_client()
    assert give_password(client, "nobody\0@landlord.example").status_code == 400
    sign_in(client, ALEX)
    given = {"name": "Kim\0 Lee", "email": "kim@landlord.example", "phone": "0300\0 765", "roles": ["officer"]}
    post(client, f"{PEOPLE}/new", **given)
    assert (known("kim@landlord.example").name, known("kim@landlord.example").phone) == ("Kim Lee", "0300 765")
    assert post(client, "/staff/teams/new", name="Rep\0airs").status_code == 303
    assert client.get("/staff/measures/rows/open?a=1%002").status_code == 200


def test_each_change_is_written_down_with_what_was_before(client: FlaskClient) -> None:
    kim = a_colleague("kim@landlord.example", roles=("advisor",), name="Kim Lee")
    page = post(client, f"{PEOPLE}/{kim.id}", name="Kim O’Brien", phone="", roles=["officer", "reviewer"])
    assert page.status_code == 303
    assert [what for what, _who in changes(known(kim.email))] == ["roles_changed", "name_changed"]
    said = words_of(client.get(page.location))
    assert "Roles changed from Advisor to Officer and Reviewer." in said
    assert "Name changed from Kim Lee to Kim O’Brien." in said


def test_the_page_of_an_account_is_about_that_account_and_not_about_whoever_reads_it(client: FlaskClient) -> None:
    kim = a_colleague("kim@landlord.example", roles=("advisor",), name="Kim Lee")
    page = html.fromstring(client.get(f"{PEOPLE}/{kim.id}").text)
    assert page.findtext(".//h1/bdi") == "Kim Lee"
    acts = page.xpath("//main//form[@action]/@action")
    assert acts == [f"{PEOPLE}/{kim.id}/link", f"{PEOPLE}/{kim.id}/close"]
    new = html.fromstring(client.get(f"{PEOPLE}/new").text)
    assert new.xpath("string(//h1)").strip() == "Add a colleague"
    assert not new.xpath("//main//form[@action]")


def test_whoever_is_closed_out_is_out_and_comes_back_with_a_new_link_only(
    client: FlaskClient, sqlite_app: Flask
) -> None:
    kim = a_colleague_with_a_password("kim@landlord.example", roles=("advisor",))
    theirs = sqlite_app.test_client()
    sign_in(theirs, kim.email)
    post(client, f"{PEOPLE}/{kim.id}/close")
    assert theirs.get("/staff/").status_code == 303
    assert sign_in(sqlite_app.test_client(), kim.email).status_code == 400
    answer = post(client, f"{PEOPLE}/{kim.id}/open")
    assert sign_in(sqlite_app.test_client(), kim.email).status_code == 400
    assert sqlite_app.test_client().get(link_on(answer)).status_code == 200


def test_the_last_administrator_cannot_be_locked_out(client: FlaskClient) -> None:
    alex = known(ALEX)
    for data in (
        {"to": f"{PEOPLE}/{alex.id}/close"},
        {"to": f"{PEOPLE}/{alex.id}", "name": "Alex", "roles": "officer"},
    ):
        post(client, **data)
        assert [role.name for role in known(ALEX).roles] == ["administrator"]
        assert known(ALEX).active
    a_colleague_with_a_password("second@landlord.example", roles=("administrator",))
    post(client, f"{PEOPLE}/{alex.id}", name="Alex", roles="officer")
    assert [role.name for role in known(ALEX).roles] == ["officer"]


def test_two_administrators_who_close_each_other_at_once_leave_one(app: Flask) -> None:
    ids = [
        a_colleague_with_a_password(f"{name}@landlord.example", roles=("administrator",)).id for name in ("alex", "lee")
    ]

    def close(colleague_id: int) -> bool:
        with app.app_context():
            start_writing()
            try:
                accounts.close(actions.hold(colleague_id), datetime.now(UTC), None)
            except accounts.LastAdministrator:
                return False
            finally:
                db.session.rollback()
        return True

    start_writing()
    accounts.close(actions.hold(ids[0]), datetime.now(UTC), None)
    with ThreadPoolExecutor(1) as elsewhere:
        other = elsewhere.submit(close, ids[1])
        with suppress(TimeoutError):  # it waits for this one, and may not overtake it
            other.result(0.7)
        db.session.commit()
        assert other.result(10) is False


def test_nobody_stands_above_themselves(client: FlaskClient) -> None:
    alex, kim = known(ALEX), a_colleague("kim@landlord.example", roles=("advisor",))
    post(client, f"{PEOPLE}/{kim.id}", name="Kim", roles="advisor", line_manager=str(alex.id))
    answer = post(client, f"{PEOPLE}/{alex.id}", name="Alex", roles="administrator", line_manager=str(kim.id))
    assert answer.status_code == 422
    assert known(ALEX).line_manager is None


def test_codes_are_reset_for_who_lost_the_telephone(client: FlaskClient, sqlite_app: Flask) -> None:
    sam = a_colleague_with_a_password()
    theirs = sqlite_app.test_client()
    sign_in(theirs)
    post(client, f"{PEOPLE}/{sam.id}/second-factor")
    assert known(sam.email).tf_totp_secret is None
    assert theirs.get("/staff/").location.startswith("/staff/sign-in")
    give_a_second_factor(sqlite_app, sam.email)
    assert sign_in(sqlite_app.test_client()).status_code == 303


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_only_administrators_keep_accounts_and_teams(sqlite_app: Flask, role: str) -> None:
    a_colleague_with_a_password(roles=(role,))
    client = sqlite_app.test_client()
    sign_in(client)
    for path in (PEOPLE, f"{PEOPLE}/new", f"{PEOPLE}/1", "/staff/teams", "/staff/teams/new"):
        assert client.get(path).status_code == 403, path


def test_a_team_has_a_head_and_services(client: FlaskClient) -> None:
    grace = a_colleague("grace@landlord.example", roles=("manager",), name="Grace Okafor")
    post(client, "/staff/teams/new", name="Repairs", head=str(grace.id), services=["repairs", "safety"])
    team = db.session.scalar(select(Team))
    assert (team.name, team.head, team.services) == ("Repairs", grace, ["repairs", "safety"])
    assert ("head_of_team", ALEX) in changes(grace)
    assert post(client, "/staff/teams/new", name="repairs").status_code == 422
    assert post(client, "/staff/teams/new", name="ÔL-OFAL").status_code == 303
    for same in ("ÔL-OFAL", "Ôl-ofal"):
        assert "Another team has this name" in words_of(post(client, "/staff/teams/new", name=same))
    assert post(client, "/staff/teams/new", name="Odd", services=["nothing-like-it"]).status_code == 422
    post(client, f"/staff/teams/{team.id}", name="Repairs", head="", services=["repairs"])
    assert ("no_longer_head_of_team", ALEX) in changes(grace)


def test_the_command_lists_the_accounts(client: FlaskClient, sqlite_app: Flask) -> None:
    a_colleague("kim@landlord.example", roles=("advisor",), name="Kim Lee")
    a_colleague("left@landlord.example", roles=("advisor",), active=False)
    listed = sqlite_app.test_cli_runner().invoke(args=["staff", "list"]).output
    assert re.search(r"^kim@landlord\.example\tKim Lee\tadvisor\t-\twaits for a password$", listed, re.MULTILINE)
    assert re.search(r"^alex\S+\tAlex Winter\tadministrator\t-\ttwo factors$", listed, re.MULTILINE)
    assert "left@" not in listed
    assert "left@" in sqlite_app.test_cli_runner().invoke(args=["staff", "list", "--all"]).output
