"""The application on one database, and a colleague who has signed in."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app import create_app
from app.demonstration.loading import PASSWORD
from app.extensions import db
from tests.conftest import Visitor
from tests.rig.databases import settings_from

COLLEAGUE = "grace.okafor@livewest.example"
CODES_EVERY = 30  # seconds


@dataclass(frozen=True)
class Desk:
    app: Flask
    client: FlaskClient


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
        yield Desk(app, client)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


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
