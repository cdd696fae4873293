"""What a machine asks: are you alive, can you serve?"""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dispatch.actions import beat
from app.extensions import db, start_writing
from app.pages.health import readiness
from tests.conftest import MakeApp

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_running_site_is_alive(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "alive\n")


def test_a_site_whose_worker_was_never_seen_is_not_ready(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json == {"database": "ready", "worker": "not seen"}


def test_a_site_with_its_worker_is_ready(app: Flask) -> None:
    start_writing()
    beat(datetime.now(UTC))
    db.session.commit()
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.json) == (200, {"database": "ready", "worker": "ready"})


@pytest.mark.parametrize(
    ("minutes", "worker"), [(0, "ready"), (3, "ready"), (4, "not seen since 2026-11-23T08:56:00Z")]
)
def test_a_worker_that_missed_three_beats_is_dead(app: Flask, minutes: int, worker: str) -> None:
    start_writing()
    beat(NOW - timedelta(minutes=minutes))
    db.session.commit()
    assert readiness(NOW).worker == worker


def test_a_site_on_https_answers_its_keepers_without_it(make_app: MakeApp) -> None:
    client = make_app(public_url="https://letterbox.example").test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
