"""Every page that a tenant can come to in one language, as it was answered: of the site, of forms, of a case.

Each page comes once a state: as it is, with the mistakes of somebody who answers nothing, and what follows an answer.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.cases.models import Case
from app.extensions import db
from app.letters.links import address_of
from app.letters.models import Letter
from tests.journeys.every_form import ANSWERS, names, ways
from tests.journeys.filling import filled, form_of
from tests.journeys.through_forms import FORM, through
from tests.notices.subscribers import WORDS, published
from tests.pages.crawling import walk
from tests.tracking.following import a_case_that_came, code_of

KINDS = ("complaint", "enquiry", "antisocial-behaviour", "compliment", "suggestion")
LEADS_AWAY = ("/track/leave", "/cancel", "/letters/", "/exit")  # after these nothing else can be looked at
NOT_THERE = ("/{}/nothing-here", "/{}/complaint/nothing-here", "/{}/complaint/deleted", "/{}/track/left", "/{}/offline")


@dataclass(frozen=True)
class Seen:
    """``state``: ``page``, ``mistake``, ``sent``, or the way through the form on which it was met."""

    address: str
    state: str
    html: str

    @property
    def name(self) -> str:
        return f"{self.address} ({self.state})"


def every_page(app: Flask, language: str) -> Iterator[Seen]:
    somebody_tells(app)
    others = set(app.extensions["landlord"].languages) - {language}
    yield from of_the_site(app.test_client(), language, others)
    yield from of_forms(app, language)
    yield from of_cases(app, language)


def somebody_tells(app: Flask) -> None:
    """Notices at the top of every page: what they say is a colleague's, and marked as English; how severe, is ours."""
    with app.app_context():
        for severity in ("important", "information"):
            published(severity=severity, words={"en": WORDS["en"]})


def of_the_site(client: FlaskClient, language: str, others: Collection[str] = ()) -> Iterator[Seen]:
    """What links lead to from the first page; each form on it sent empty and answered; pages that are not there."""
    seen = walk(client, f"/{language}/", past=others)
    forms = tuple(f"/{language}/{form}" for form in names())
    for address, (response, _page) in seen.pages.items():
        if not address.startswith(forms):
            yield Seen(address, "page", response.text)
            yield from _pressed(client, address, response.text)
    for address in NOT_THERE:
        yield Seen(address.format(language), "page", client.get(address.format(language)).text)


def of_forms(app: Flask, language: str) -> Iterator[Seen]:
    """Every way through each; what was seen on one is not handed over again on the next."""
    known: set[str] = set()
    for form in names():
        for number, way in enumerate(ways(form, app.extensions["landlord"].key), 1):
            client, visited = app.test_client(), set[str]()
            for page in through(client, form, language, way, known):
                address, state = page.request.path, "page" if page.request.path not in visited else "mistake"
                visited.add(address)
                if f"{address}{state}" not in known or address.endswith(("/check", "/received")):
                    known.update((f"{address}{state}", address.rpartition("/")[2]))
                    yield Seen(address, f"{state}, way {number}", page.text)
            if number == 1:
                yield from _what_follows(client, language, form)


def _what_follows(client: FlaskClient, language: str, form: str) -> Iterator[Seen]:
    """What the received page leads to, such as a call that was booked; a form that is kept for later or given up."""
    received = html.fromstring(client.get(f"/{language}/{form}/received").text)
    for address in received.xpath("//main//a/@href"):
        if "/yours/" in address:
            yield from _looked_at(client, urlsplit(address).path)
    client.get(f"/{language}/{form}", follow_redirects=True)
    for act in ("save", "delete"):
        yield from _looked_at(client, f"/{language}/{form}/{act}")


def of_cases(app: Flask, language: str) -> Iterator[Seen]:
    """Followed by their reference and code: each page of each kind of case, and a letter behind its link."""
    begun = datetime.now(UTC) - timedelta(days=1)
    with app.app_context():
        cases = {kind: _secrets(a_case_that_came(kind, at=begun, language=language)) for kind in KINDS}
        letter = db.session.scalars(select(Letter).where(Letter.language == language)).first()
        link = urlsplit(address_of(letter, datetime.now(UTC))).path if letter else ""
        db.session.rollback()
    yield Seen(link, "page", app.test_client().get(link).text)
    known: set[str] = set()
    for kind, secrets in cases.items():
        client = app.test_client()
        door = f"/{language}/track"
        sent = urlencode(filled(client.get(door).text, door, secrets))
        opened = client.post(door, data=sent, content_type=FORM, follow_redirects=True)
        assert opened.request.path == f"{door}/case", opened.request.path
        yield Seen(opened.request.path, kind, opened.text)
        pages = html.fromstring(opened.text).xpath("//main//a/@href")
        for address in sorted({urlsplit(page).path for page in pages if "/track/case/" in page} - known):
            if not any(away in address for away in LEADS_AWAY):
                known.add(address)
                yield from _looked_at(client, address)


def _secrets(case: Case) -> dict[str, str]:
    return {"reference": case.reference, "secret": code_of(case)}


def _looked_at(client: FlaskClient, address: str) -> Iterator[Seen]:
    page = client.get(address, follow_redirects=True)
    yield Seen(page.request.path, "page", page.text)
    yield from _pressed(client, page.request.path, page.text)


def _pressed(client: FlaskClient, address: str, page: str) -> Iterator[Seen]:
    """The form of the page, where it has one of its own: with nothing answered, and answered."""
    form = form_of(page, address)
    if form is None or any(away in address for away in LEADS_AWAY):
        return
    to = form.get("action") or address
    for state, sent in (("mistake", _empty(page, address)), ("sent", filled(page, address, ANSWERS))):
        answer: TestResponse = client.post(to, data=urlencode(sent), content_type=FORM, follow_redirects=True)
        if answer.mimetype == "text/html":
            yield Seen(to, state, answer.text)


def _empty(page: str, address: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in filled(page, address, {}) if name == "csrf_token"]
