"""Notices for tests of pages: published in the database, looked at from a moment that stands still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, event
from werkzeug.test import TestResponse

from app import create_app
from app.extensions import db
from app.notices import actions, front_routes
from app.notices.models import Notice, NoticeEvent, NoticeUpdate, WaitingTime
from tests.cases.moments import london
from tests.conftest import Visitor
from tests.laws.page_laws import page_of, words_of
from tests.notices.telling import told
from tests.rig.databases import settings_from

WHO = "sam.field@landlord.example"
NOON = "Tue 2026-12-29 12:00"
StandAt = Callable[[str], None]


def words(title: str, **others: str) -> dict[str, dict[str, str]]:
    """In English, and by tag in other languages."""
    return {
        tag: {"title": said, "words": f"{said}. **Call us** for more."} for tag, said in {"en": title, **others}.items()
    }


def published(title: str, starts: str, ends: str | None = None, *, at: str | None = None, **different: Any) -> Notice:
    """In the database, a day before it starts unless ``at`` says otherwise."""
    moment = london(at) if at else london(starts) - timedelta(days=1)
    title_words = different.pop("words", None) or words(title)
    notice = actions.write(told(starts, ends, words=title_words, **different), WHO, moment)
    actions.publish(notice, WHO, moment)
    db.session.commit()
    return notice


def updated(notice: Notice, said: str, at: str) -> None:
    held = actions.held(notice.key)
    assert held is not None
    actions.append_update(held, {"en": said}, WHO, london(at))
    db.session.commit()


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """One application for all tests of a file: making one takes half a second."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("notices")
    app = create_app(settings_from(folder, request.getfixturevalue("sqlite_databases").make(folder), "livewest"))
    app.testing = True
    app.jinja_env.bytecode_cache = request.getfixturevalue("compiled_templates")
    app.test_client_class = Visitor
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()


@pytest.fixture
def client(site: Flask, stand_at: StandAt) -> Iterator[FlaskClient]:
    """A reader, and no notice yet."""
    yield site.test_client()
    db.session.rollback()
    for table in (NoticeUpdate, NoticeEvent, Notice, WaitingTime):
        db.session.execute(delete(table))
    db.session.commit()


@pytest.fixture
def stand_at(monkeypatch: pytest.MonkeyPatch) -> StandAt:
    """``stand_at("Tue 2026-12-29 12:00")``: the moment of every page asked for from then on."""

    def stand(written: str) -> None:
        moment: datetime = london(written)
        monkeypatch.setattr(front_routes, "now", lambda: moment)

    stand(NOON)
    return stand


def banners_on(response: TestResponse) -> list[str]:
    """The titles of a page's banners."""
    titles = page_of(response).xpath("//*[@data-notice]//p[contains(@class, 'banner__title')]/a")
    return [words_of(title) for title in titles]


def press_put_away(client: FlaskClient, address: str, title: str, **headers: str) -> TestResponse:
    """Press the banner's own button, as a browser without JavaScript does."""
    page = page_of(client.get(address))
    (banner,) = page.xpath("//*[@data-notice][.//a[text()=$title]]", title=title)
    form = banner.find(".//form")
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    return client.post(form.get("action"), data=data, headers={"Sec-Fetch-Site": "same-origin", **headers})


@contextmanager
def questions_asked() -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
