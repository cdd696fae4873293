"""What pages say from the database, and what becomes of a page while the database is away."""

import logging
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.content.remembered import all_remembered
from app.extensions import db
from tests.conftest import MakeApp

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def without_tables(make_app: MakeApp) -> Flask:
    app = make_app()
    with app.app_context():
        db.session.execute(db.text("DROP TABLE published_figure"))
        db.session.execute(db.text("DROP TABLE learning"))
        db.session.commit()
    return app


def test_a_page_waits_once_for_a_database_that_is_away_and_the_next_page_asks_again(
    without_tables: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def told() -> int:
        return sum("the database is not working" in one.message for one in caplog.records)

    caplog.set_level(logging.ERROR)
    for pages in (1, 2):
        with without_tables.test_request_context("/en/standards"):
            assert len(all_remembered(NOW)) > 1
            assert told() == pages
