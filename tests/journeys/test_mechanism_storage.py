"""A full disk, a locked or read-only database, one that has gone: the page comes back with the words still in it."""

import sqlite3
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from app import create_app
from app.cases.models import Case
from app.config import Settings
from app.extensions import db
from tests.complaints.complaining import LIFT, begin, go_on, slug_of
from tests.conftest import MakeApp, MakeSite
from tests.journeys.reader import Reader
from tests.rig.databases import settings_from

LONG = "The rain comes in. " * 1_000


@contextmanager
def each_connection_says(pragma: str) -> Iterator[None]:
    """SQLite keeps these limits by connection: set them on every one that the application takes."""

    def say(connection: sqlite3.Connection, *_others: object) -> None:
        connection.execute(pragma)

    event.listen(db.engine, "checkout", say)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", say)
        db.engine.dispose()


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """Not one page more fits: SQLite itself says “database or disk is full”."""
    pages = db.session.scalar(text("PRAGMA page_count"))
    db.session.rollback()
    with each_connection_says(f"PRAGMA max_page_count = {pages}"):
        yield


@contextmanager
def locked_database(app: Flask) -> Iterator[None]:
    """Another program writes, and does not stop."""
    path = app.config["LETTERBOX"].database_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with each_connection_says("PRAGMA busy_timeout = 50"):
            yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def read_only_database(app: Flask) -> Iterator[None]:
    """What a PostgreSQL server is while its standby takes over, or once its own disk ran full."""

    def set_read_only(word: str) -> None:
        db.session.execute(text(f"ALTER DATABASE {db.engine.url.database} SET default_transaction_read_only = {word}"))
        db.session.commit()
        db.engine.dispose()

    set_read_only("on")
    try:
        yield
    finally:
        db.session.execute(text("SET TRANSACTION READ WRITE"))
        set_read_only("off")


Trouble = Callable[[Flask], AbstractContextManager[None]]


@pytest.fixture(params=["full disk", "locked", "read-only"])
def troubled(request: pytest.FixtureRequest, make_app: MakeApp) -> Iterator[tuple[Flask, Trouble]]:
    trouble = {"full disk": full_disk, "locked": locked_database, "read-only": read_only_database}[request.param]
    app = make_app(database="postgresql" if request.param == "read-only" else "sqlite")
    with app.app_context():
        yield app, trouble
        db.session.rollback()


def test_an_answer_that_cannot_be_saved_stays_in_the_page(troubled: tuple[Flask, Trouble]) -> None:
    app, trouble = troubled
    reader = begin(app.test_client(), until="what-happened")
    with trouble(app):
        reader.answer(what_happened=LONG)
        assert reader.response.status_code == 503
        assert "We could not save your answer just now" in reader.words
        assert "0300 123 8080" in reader.words  # the landlord's phone: somebody can always be reached
        assert reader.fields()["what_happened"] == LONG.strip()
    assert slug_of(reader.press()) == "when"
    assert reader.open("/en/complaint/what-happened").fields()["what_happened"] == LONG.strip()


def test_what_was_typed_stands_in_no_log(sqlite_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    reader = begin(sqlite_app.test_client(), until="what-happened")
    with full_disk(sqlite_app):
        reader.answer(what_happened=LONG)
    assert reader.response.status_code == 503
    assert "an answer could not be saved" in caplog.text
    assert LONG.strip()[:20] not in caplog.text


def test_a_complaint_that_cannot_be_sent_is_kept_and_sent_later(troubled: tuple[Flask, Trouble]) -> None:
    app, trouble = troubled
    reader = begin(app.test_client())
    with trouble(app):
        reader.press()
        assert reader.response.status_code == 503
        assert "We could not send this just now. Your answers are kept." in reader.words
        assert reader.summary["What happened"] == LIFT
    assert not db.session.scalars(db.select(Case)).all()
    reader.press()
    assert db.session.scalars(db.select(Case)).one().reference == reader.reference


@pytest.fixture
def without_server(tmp_path: Path) -> Iterator[FlaskClient]:
    """Nothing listens where the database should be."""
    app = create_app(settings_from(tmp_path, "postgresql://nobody@127.0.0.1:9/letterbox?connect_timeout=2"))
    with app.app_context():
        yield app.test_client()
        db.session.remove()
        db.engine.dispose()


def test_a_database_that_has_gone_costs_no_words(without_server: FlaskClient) -> None:
    reader = Reader(without_server).open("/en/complaint/who-you-are")
    reader.answer(who="leaseholder")
    assert reader.response.status_code == 503
    assert reader.fields()["who"] == "leaseholder"
    assert "0300 123 8080" in reader.words


def test_sending_to_a_database_that_has_gone_says_so(without_server: FlaskClient, make_app: MakeApp) -> None:
    """The same browser, before and after the server went: the key that signs its cookies is the same."""
    reader = begin(make_app().test_client())
    for name in ("draft-complaint", "session"):
        cookie = reader.client.get_cookie(name)
        assert cookie is not None
        without_server.set_cookie(name, cookie.value)
    reader.client = without_server
    reader.press()
    assert reader.response.status_code == 503
    assert "they have not been sent" in reader.words


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_eight_presses_at_once_on_a_real_server_make_one_case(database: str, make_site: MakeSite) -> None:
    site = make_site(database=database, processes=4)
    app = create_app(Settings.from_environment(site.environment))
    reader = begin(app.test_client())
    cookies = [reader.client.get_cookie(name) for name in ("draft-complaint", "session")]
    headers = {"Cookie": "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies if cookie)}
    body = urllib.parse.urlencode(reader.filled_in()).encode()
    shown: list[tuple[int, str]] = []

    def press() -> None:
        jar = urllib.request.HTTPCookieProcessor()
        request = urllib.request.Request(f"{site}/en/complaint/check", body, headers)
        with urllib.request.build_opener(jar).open(request, timeout=60) as answer:
            shown.append((answer.status, answer.read().decode()))

    presses = [threading.Thread(target=press) for _ in range(8)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    with app.app_context():
        (case,) = db.session.scalars(db.select(Case))
        assert len(case.contacts) == 1
        assert [status for status, _page in shown] == [200] * 8
        assert all(f'data-reference="{case.reference}"' in page for _status, page in shown)
        db.session.rollback()
        db.engine.dispose()


def test_the_first_answer_pressed_twice_at_once_is_one_draft(app: Flask) -> None:
    reader = Reader(app.test_client()).open("/en/complaint")
    data = reader.filled_in(who="customer")
    cookies = [reader.client.get_cookie(name) for name in ("draft-complaint", "session")]
    statuses = []

    def press() -> None:
        other = app.test_client()
        for cookie in cookies:
            assert cookie is not None
            other.set_cookie(cookie.key, cookie.value)
        statuses.append(other.post(reader.path, data=data).status_code)

    presses = [threading.Thread(target=press) for _ in range(6)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert statuses == [303] * 6
    reader.open("/en/complaint")
    go_on(reader)
    assert reader.press().reference


def test_whatever_goes_wrong_while_sending_the_tenant_knows_that_nothing_was_sent(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours, not of the disk: half a complaint must not stay behind."""

    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    reader = begin(client)
    with monkeypatch.context() as broken:
        broken.setattr("app.reception.actions.request_letter", fail)  # after the case was opened
        reader.press()
    assert reader.response.status_code == 500
    assert "We could not send this just now. Your answers are kept." in reader.words
    assert not db.session.scalars(db.select(Case)).all()
    assert reader.press().reference
