"""``demo load``: people who do not exist, the same each time, and never on a site that others reach by accident."""

import re
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.cases.models import KINDS, Case, Promise
from app.cases.references import read_reference
from app.demonstration.loading import PASSWORD
from app.demonstration.people import COLLEAGUES, email_of
from app.demonstration.stories import STORIES
from app.dispatch.models import Message
from app.extensions import db
from app.letters.models import Letter
from app.staff.models import StaffMember
from app.tenants.models import CommunicationNeeds, Tenant
from tests.conftest import MakeApp
from tests.rig.databases import settings_from
from tests.staff.door import sign_in, words_of


def load(app: Flask, *arguments: str, expected: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=["demo", "load", *arguments])
    assert done.exit_code == expected, done.output
    return str(done.output)


def what_is_there() -> list[tuple[object, ...]]:
    rows = db.session.execute(
        select(Case.reference, Case.kind, Case.language, Tenant.name, Tenant.email, Tenant.postcode, StaffMember.email)
        .join(Case.tenant)
        .join(Case.handler)
        .order_by(Case.id)
    )
    return [tuple(row) for row in rows]


def test_every_kind_language_and_need_is_there_some_late_and_some_answered(app: Flask) -> None:
    load(app)
    assert db.session.scalar(select(func.count(Case.id))) == len(STORIES)
    assert set(db.session.scalars(select(Case.kind))) == set(KINDS)
    assert set(db.session.scalars(select(Case.language))) == {"en", "cy", "ar", "pl"}
    formats = set(db.session.scalars(select(CommunicationNeeds.letter_format)))
    assert formats == {"standard-print", "large-print", "braille", "audio", "audio-cd", "text"}
    assert set(db.session.scalars(select(Message.state))) == {"waiting", "sent", "failed"}
    met = Counter(promise.met_at is not None for promise in db.session.scalars(select(Promise)))
    assert met[True] > 5
    assert met[False] > 5
    assert all(read_reference(reference) for reference in db.session.scalars(select(Case.reference)))


def test_there_are_calls_to_make_one_of_them_late(sqlite_app: Flask) -> None:
    load(sqlite_app, "--cases", "1")
    client = sqlite_app.test_client()
    sign_in(client, email_of("kim.obrien", "livewest"), PASSWORD)
    page = words_of(client.get("/staff/call-backs"))
    assert "Interpreter: Ukrainian" in page
    assert re.search("late since|day late|days late", page)
    assert "Nobody answered: 1. Cancelled: 1." in page


def test_the_same_people_come_each_time_and_the_worker_is_not_drowned_in_letters_to_make(make_app: MakeApp) -> None:
    seen = []
    for _ in range(2):
        app = make_app()
        with app.app_context():
            load(app, "--cases", "60")
            seen.append(what_is_there())
            letters = db.session.scalars(select(Letter)).all()
            assert len(letters) > 80
            assert sum(len(letter.files) for letter in letters) < 40
    assert seen[0] == seen[1]
    assert len(seen[0]) == 60
    assert len({row[0] for row in seen[0]}) == 60


def test_the_printed_sign_ins_work(sqlite_app: Flask) -> None:
    said = load(sqlite_app, "--cases", "12")
    assert PASSWORD in said
    emails = re.findall(r"\S+@livewest\.example", said)
    assert len(emails) == len(COLLEAGUES)
    client = sqlite_app.test_client()
    assert sign_in(client, emails[0], PASSWORD).status_code == 303
    assert "Margaret Thompson" in words_of(client.get("/staff/"))


def test_it_works_for_the_other_landlord_too(make_app: MakeApp) -> None:
    app = make_app(landlord="livv")
    with app.app_context():
        assert "priya.shah@livv.example" in load(app)
        assert set(db.session.scalars(select(Case.landlord))) == {"livv"}


def test_cases_that_are_there_are_left_alone(sqlite_app: Flask) -> None:
    load(sqlite_app, "--cases", "3")
    assert "There are cases in this database already" in load(sqlite_app, expected=1)
    said = load(sqlite_app, "--if-empty")
    assert PASSWORD in said, "whoever starts the site again wants to sign in again"
    assert db.session.scalar(select(func.count(Case.id))) == 3
    load(sqlite_app, "--cases", "3", "--force")
    db.session.rollback()
    assert db.session.scalar(select(func.count(Case.id))) == 6
    assert len(set(db.session.scalars(select(Case.reference)))) == 6


@pytest.mark.parametrize(("arguments", "code"), [((), 1), (("--if-empty",), 0)])
def test_a_public_site_gets_no_colleagues_whose_password_everybody_knows(
    make_app: MakeApp, arguments: tuple[str, ...], code: int
) -> None:
    app = make_app(public_url="https://letterbox.landlord.example")
    with app.app_context():
        said = load(app, *arguments, expected=code)
        assert PASSWORD not in said
        assert db.session.scalar(select(func.count(StaffMember.id))) == 0


def test_a_database_without_tables_is_told_in_a_sentence(tmp_path: Path) -> None:
    app = create_app(settings_from(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite3'}"))
    with app.app_context():
        said = load(app, expected=1)
        db.engine.dispose()
    assert said == "Error: The database has no tables of this version yet: run flask --app wsgi db upgrade first.\n"


def test_every_demonstration_case_has_a_page(sqlite_app: Flask) -> None:
    load(sqlite_app)
    client = sqlite_app.test_client()
    sign_in(client, "grace.okafor@livewest.example", PASSWORD)
    for reference in db.session.scalars(select(Case.reference)).all():
        assert client.get(f"/staff/cases/{reference}").status_code == 200
