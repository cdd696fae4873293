"""One hundred people press "Send" in the same moment: every one of them gets a reference, and nothing is lost."""

import re
import threading
import urllib.request
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.cases.models import Case
from app.config import Settings
from app.dispatch.models import Message
from app.extensions import db
from app.journeys.drafts import Bookmark, give_bookmark, new_id
from app.journeys.models import Draft
from app.letters.models import Letter
from tests.conftest import MakeSite
from tests.journeys.every_form import ANSWERS, names
from tests.journeys.filling import filled
from tests.rig.servers import Site

MANY = 100
BY_EMAIL = {**ANSWERS, "contact_channel": "email"}
OTHER_KINDS = [form for form in names() if form not in ("complaint", "call-back")]  # a call-back is no case
MOST_STEPS = 80
Press = tuple[str, bytes, str]  # address, body, cookies


def one_that_is_ready(client: FlaskClient, form: str) -> tuple[bytes, str]:
    """Everything answered, outside of any context: what the button sends, and the session that it is sent in."""
    page = client.get(f"/en/{form}", follow_redirects=True)
    for _ in range(MOST_STEPS):
        sent = filled(page.text, page.request.path, BY_EMAIL)
        if page.request.path.endswith("/check"):
            break
        body = urlencode(sent).encode()
        page = client.post(
            page.request.path, data=body, content_type="application/x-www-form-urlencoded", follow_redirects=True
        )
    assert page.request.path.endswith("/check"), page.request.path
    session = client.get_cookie("session")
    assert session is not None
    return urlencode(sent).encode(), f"session={session.value}"


def presses(app: Flask, site: Site, form: str, count: int) -> list[Press]:
    """As many drafts as that, all ready, each with a cookie of its own. Commits."""
    body, session = one_that_is_ready(app.test_client(), form)
    now = datetime.now(UTC)
    made = []
    with app.app_context():
        ready = db.session.scalars(db.select(Draft).where(Draft.journey == form)).one()
        for _ in range(count):
            draft = Draft(
                id=new_id(), journey=form, answers=dict(ready.answers), typed={}, updated_at=now,
                started_at=now - timedelta(hours=1), expires_at=now + timedelta(days=1),
            )  # fmt: skip
            db.session.add(draft)
            response = app.response_class()
            give_bookmark(response, form, Bookmark(draft.id, None))
            cookie = response.headers["Set-Cookie"].partition(";")[0]
            made.append((f"{site}/en/{form}/check", body, f"{session}; {cookie}"))
        db.session.commit()
    return made


def sent_at_once(all_presses: list[Press]) -> list[str]:
    """What each of them reads, when all press in the same moment."""
    together = threading.Barrier(len(all_presses))
    read: list[str] = []

    def press(address: str, body: bytes, cookies: str) -> None:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        request = urllib.request.Request(address, body, {"Cookie": cookies})
        together.wait()
        with opener.open(request, timeout=120) as answer:
            read.append(answer.read().decode())

    threads = [threading.Thread(target=press, args=each) for each in all_presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return read


@pytest.mark.parametrize(("database", "forms"), [("sqlite", ["complaint"]), ("postgresql", OTHER_KINDS)])
def test_a_hundred_sent_at_once_all_arrive(database: str, forms: list[str], make_site: MakeSite) -> None:
    site = make_site(database=database, processes=2)
    app = create_app(Settings.from_environment(site.environment))
    ready = [press for form in forms for press in presses(app, site, form, MANY // len(forms))]
    assert len(ready) == MANY
    pages = sent_at_once(ready)
    shown = {found[1] for page in pages if (found := re.search(r'data-reference="([^"]+)"', page))}
    assert len(shown) == MANY, f"{len(pages)} were answered, {len(shown)} references were shown"
    with app.app_context():
        assert set(db.session.scalars(db.select(Case.reference))) == shown
        receipts = db.select(Letter.case_id).where(Letter.name == "receipt")
        assert len(set(db.session.scalars(receipts))) == MANY
        queued = db.select(Message.letter_id).join(Letter).where(Letter.name == "receipt", Message.channel == "email")
        assert len(set(db.session.scalars(queued))) == MANY
        db.session.rollback()
        db.engine.dispose()
