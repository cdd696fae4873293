"""The promise of the whole: tenants complain through the real server while it and the worker are killed at random.

Each reference that somebody was shown exists, each complaint is there once, each letter was made once, each email went
once. Four complaints in the short form; fifty with LETTERBOX_SOAK=1. LETTERBOX_SEED=N repeats a run's kills.
"""

import contextlib
import http.client
import os
import random
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.cookiejar import CookieJar
from typing import Any

import pytest
from flask import Flask
from lxml import html

from app import create_app
from app.cases.lists import case_of
from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db
from app.letters.actions import path_of
from app.letters.models import Letter, LetterFile
from tests.complaints.complaining import ANSWERS
from tests.conftest import MakeSite
from tests.dispatch.test_worker import children
from tests.rig.databases import settings_from
from tests.rig.servers import Site

WHOLE = os.environ.get("LETTERBOX_SOAK") == "1"
COMPLAINTS = 50 if WHOLE else 4
TENANTS = 4  # who complain at the same time
FEWEST_KILLS = 20 if WHOLE else 3
PATIENCE = 1200.0 if WHOLE else 300.0  # seconds


class Tenant:
    """Somebody at a web form who presses reload when the page does not come."""

    def __init__(self, site: Site, give_up_at: float) -> None:
        self.site, self.give_up_at = site, give_up_at
        self.window = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.path, self.page = "", html.Element("html")

    def complain(self, words: str) -> str:
        """Answer page after page; gives the reference that the last one shows."""
        self.open("/en/complaint")
        while not self.path.endswith("/received"):
            slug = self.path.rpartition("/")[2]
            answers = ANSWERS.get(slug, {}) | {"what_happened": words, "contact_channel": "email"}
            self.press({name: answers[name] for name in self.page.xpath("//form//*/@name") if name in answers})
        (reference,) = self.page.xpath("//*[@data-reference]/@data-reference")
        return str(reference)

    def open(self, path: str) -> None:
        self._see(urllib.parse.urljoin(self.site.url, path), None)

    def press(self, answers: dict[str, str]) -> None:
        data = self._fields() | answers
        try:
            self._look(self.site.url + self.path, urllib.parse.urlencode(data).encode())
        except (OSError, http.client.HTTPException):
            self._see(self.site.url + self.path, None)  # reload; whether it was sent is for the site to know

    def _fields(self) -> dict[str, str]:
        fields = {}
        for field in self.page.xpath("//main//form//input | //main//form//textarea"):
            if field.tag == "textarea":
                fields[field.get("name")] = (field.text or "").removeprefix("\n")
            elif field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None:
                fields[field.get("name")] = field.get("value", "")
        return fields

    def _see(self, address: str, data: bytes | None) -> None:
        while time.monotonic() < self.give_up_at:
            try:
                return self._look(address, data)
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)
        raise TimeoutError(address)

    def _look(self, address: str, data: bytes | None) -> None:
        with self.window.open(address, data, timeout=60) as answer:
            content = answer.read()
            self.path = urllib.parse.urlsplit(answer.url).path
        self.page = html.fromstring(content)


class Misfortune:
    """Kills what it finds, without warning, and starts it again."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site, self.chance = site, random.Random(seed)
        self.kills: list[str] = []

    def strike(self) -> None:
        how = self.chance.choice([self._server, self._worker, self._one_of_the_servers, self._one_of_the_workers])
        how()
        self.kills.append(how.__name__)

    def _server(self) -> None:
        self.site.kill_server()
        self.site.start_server()

    def _worker(self) -> None:
        self.site.kill_worker()
        self.site.start_worker()

    def _one_of_the_servers(self) -> None:
        self._one_of(self.site.server)

    def _one_of_the_workers(self) -> None:
        self._one_of(self.site.worker)

    def _one_of(self, process: Any) -> None:
        if family := children(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.chance.choice(family), signal.SIGKILL)


def all_complain(site: Site, words: list[str], misfortune: Misfortune) -> dict[str, str]:
    """What each was shown: words → reference. Misfortune strikes until all are through."""
    shown: dict[str, str] = {}
    troubles: list[BaseException] = []
    give_up_at = time.monotonic() + PATIENCE
    waiting = list(reversed(words))

    def one_after_another() -> None:
        while waiting:
            complaint = waiting.pop()
            try:
                shown[complaint] = Tenant(site, give_up_at).complain(complaint)
            except BaseException as trouble:
                troubles.append(trouble)
                return

    tenants = [threading.Thread(target=one_after_another) for _ in range(TENANTS)]
    for tenant in tenants:
        tenant.start()
    while any(tenant.is_alive() for tenant in tenants) or len(misfortune.kills) < FEWEST_KILLS:
        time.sleep(misfortune.chance.uniform(0.5, 3))
        misfortune.strike()
        assert time.monotonic() < give_up_at + 60, site.log()[-5000:]
    if troubles:
        raise troubles[0]
    return shown


def let_the_worker_finish(site: Site, database: Flask) -> None:
    """As if the minutes had passed for which the claims of the dead hold."""
    site.kill_worker()
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    for table in (LetterFile, Message):
        db.session.execute(db.update(table).values(try_at=long_ago))
    db.session.commit()
    site.start_worker()
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        db.session.rollback()
        states = {*db.session.scalars(db.select(LetterFile.state)), *db.session.scalars(db.select(Message.state))}
        if states <= {"made", "sent"}:
            return
        time.sleep(0.5)
    pytest.fail(f"never finished: {states} {site.log()[-5000:]}")


@pytest.mark.soak
def test_nothing_is_lost_and_nothing_comes_twice_whoever_is_killed(make_site: MakeSite) -> None:
    seed = int(os.environ.get("LETTERBOX_SEED") or random.SystemRandom().randrange(10**6))
    print(f"LETTERBOX_SEED={seed}")
    site = make_site(with_worker=True)
    words = [f"The lift number {number} is broken." for number in range(COMPLAINTS)]
    misfortune = Misfortune(site, seed)
    shown = all_complain(site, words, misfortune)
    print(f"{len(misfortune.kills)} kills: {misfortune.kills}")
    database = create_app(settings_from(site.instance_path, site.environment["DATABASE_URL"]))
    with database.app_context():
        let_the_worker_finish(site, database)
        db.session.expire_all()
        every_reference_shown_is_that_complaint(shown)
        every_complaint_is_there_once(words)
        every_letter_was_made_once()
        every_email_went_once(database)
        db.session.rollback()
        db.engine.dispose()


def every_reference_shown_is_that_complaint(shown: dict[str, str]) -> None:
    assert len(shown) == COMPLAINTS
    assert len(set(shown.values())) == COMPLAINTS
    for words, reference in shown.items():
        case = case_of(reference)
        assert case is not None, f"{reference} was shown and does not exist"
        assert case.contacts[0].answers["what_happened"] == words


def every_complaint_is_there_once(words: list[str]) -> None:
    told = sorted(case.contacts[0].answers["what_happened"] for case in db.session.scalars(db.select(Case)))
    assert told == sorted(words)


def every_letter_was_made_once() -> None:
    letters = db.session.scalars(db.select(Letter)).all()
    assert sorted(letter.name for letter in letters) == sorted(["receipt", "acknowledgement"] * COMPLAINTS)
    for case in db.session.scalars(db.select(Case)):
        made = [event.details for event in case.events if event.what == "letter_made"]
        told = [(each["letter"], each["format"]) for each in made]
        files = [(letter.name, file.format) for letter in letters if letter.case_id == case.id for file in letter.files]
        assert sorted(told) == sorted(files)
    for file in db.session.scalars(db.select(LetterFile)):
        content = path_of(file).read_bytes()
        assert (sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)


def every_email_went_once(database: Flask) -> None:
    messages = db.session.scalars(db.select(Message)).all()
    assert len(messages) == COMPLAINTS
    names = sorted(path.name for path in database.config["LETTERBOX"].outgoing_path.glob("*.eml"))
    assert names == sorted(f"{message.message_id.strip('<>')}.eml" for message in messages)
    for message in messages:
        assert [event.what for event in message.case.events].count("message_sent") == 1
