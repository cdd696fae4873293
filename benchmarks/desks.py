"""The application on one database, and a colleague who has signed in."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import text
from werkzeug.test import TestResponse

from app import create_app
from app.demonstration.loading import PASSWORD
from app.extensions import db
from benchmarks.measuring import Times
from tests.conftest import Visitor
from tests.rig.databases import settings_from

COLLEAGUE = "grace.okafor@livewest.example"
CODES_EVERY = 30  # seconds


@dataclass(frozen=True)
class Desk:
    """``helpers``: the processes in which the database works for us; none of SQLite, which works in ours."""

    app: Flask
    client: FlaskClient
    helpers: tuple[int, ...]

    def worked(self) -> float:
        """Seconds of a processor so far, ours and the database's: the same however busy others keep the machine."""
        nanoseconds = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in self.helpers)
        return time.process_time() + nanoseconds / 1e9


@dataclass(frozen=True)
class Taken:
    """Of the same runs: how long somebody waited, and how long a processor worked for them."""

    waited: Times
    worked: Times


def opened_in_turn(desks: dict[int, Desk], addresses: dict[int, str], rounds: int, warm_up: int) -> dict[int, Taken]:
    """Open each desk's address so many times, turn about, so that whatever else the machine does falls on all alike."""
    waited: dict[int, list[float]] = {size: [] for size in desks}
    worked: dict[int, list[float]] = {size: [] for size in desks}
    for number in range(warm_up + rounds):
        for size, one in desks.items():
            work, began = one.worked(), time.perf_counter()
            opening(one.client, addresses[size])()
            if number >= warm_up:
                waited[size].append((time.perf_counter() - began) * 1000)
                worked[size].append((one.worked() - work) * 1000)
    return {size: Taken(Times(tuple(sorted(waited[size]))), Times(tuple(sorted(worked[size])))) for size in desks}


def opening(client: FlaskClient, address: str) -> Callable[[], object]:
    def act() -> None:
        answer = client.get(address)
        if answer.status_code not in {200, 303}:
            raise RuntimeError(f"{address}: {answer.status_code}")

    return act


@contextmanager
def desk(instance_path: Path, database_url: str) -> Iterator[Desk]:
    app = create_app(settings_from(instance_path, database_url))
    app.test_client_class = Visitor
    try:
        done = app.test_cli_runner().invoke(args=["measures", "count"])
        if done.exit_code:
            raise RuntimeError(done.output) from done.exception
        client = app.test_client()
        _come_in(app, client)
        yield Desk(app, client, _helpers(app))
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _helpers(app: Flask) -> tuple[int, ...]:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return ()
        ours = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user")
        return tuple(db.session.scalars(ours))


def _come_in(app: Flask, client: FlaskClient) -> None:
    """A code counts once: who came in with it just now, in another run, waits for the next."""
    for _attempt in range(2):
        answer = _try_to_come_in(app, client)
        if client.get("/staff/").status_code == 200:
            return
        time.sleep(CODES_EVERY - time.time() % CODES_EVERY + 1)
        client.delete_cookie("session")
    raise RuntimeError(f"{COLLEAGUE} cannot come in: {answer.get_data(as_text=True)[:500]}")


def _try_to_come_in(app: Flask, client: FlaskClient) -> TestResponse:
    answer = client.get("/staff/sign-in")
    fields = {"csrf_token": _token(answer.get_data(as_text=True)), "email": COLLEAGUE, "password": PASSWORD}
    answer = client.post("/staff/sign-in", data=fields, follow_redirects=True)
    page = answer.get_data(as_text=True)
    if 'name="code"' in page:
        code = app.test_cli_runner().invoke(args=["demo", "code", COLLEAGUE]).stdout.split()[-1]
        answer = client.post(
            answer.request.path, data={"csrf_token": _token(page), "code": code}, follow_redirects=True
        )
    return answer


def _token(page: str) -> str:
    return str(html.fromstring(page).xpath("//input[@name='csrf_token']/@value")[0])
