"""Everything that a tenant can meet, walked in some languages: what English stands in each, and where.

Each walk gives by finding (``cy: p: Send it``) the places where it was met.
"""

import itertools
import json
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask_mailman import EmailMultiAlternatives
from lxml import etree, html
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.dispatch.mail import compose
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.languages import speaking
from app.letters.documents import document_in
from app.notices import mailing, subscribing
from app.reception.saving import send_link
from app.tenants.actions import record_tenant
from tests.builders import a_colleague, needs, person
from tests.dispatch.mailing import queued
from tests.journeys.every_form import Answers, names, ways, words_for
from tests.journeys.through_forms import through, typed
from tests.languages.errands import ERRANDS
from tests.languages.misfortunes import MISFORTUNES, REFUSED
from tests.laws.english import English, Piece, english_in, names_of, pieces, pieces_of
from tests.laws.page_laws import assert_marks_are_right
from tests.letters.samples import SAMPLES, WITH_KIND, WORD, sample
from tests.letters.test_acknowledgement import NOW, written
from tests.notices.subscribers import a_subscriber, published

LANDLORDS = ("livewest", "livv")
MISTAKEN, BROKEN, MAY_BREAK = 422, (400, 500, 503), ("errors", "trouble")
IS_LONG = os.environ.get("LETTERBOX_SOAK") == "1"
READ_OF_A_FEED = ("title", "subtitle", "summary", "content", "name", "rights")
READ_OF_A_CALENDAR = ("SUMMARY", "DESCRIPTION", "COMMENT", "CATEGORIES", "X-WR-CALNAME", "X-WR-CALDESC", "NAME")
Found = Mapping[str, Collection[str]]
SAID_BY_COLLEAGUES = {"Ada Byron", "Kim Lee", "Max Mond", WORD, "ada@landlord.example"}
ADDED_TO_A_CASE = (
    "more", "incident_what", "incident_when", "incident_where", "incident_seen_by", "interpreter_when",
    "stage_2_reasons",
)  # fmt: skip
NOTICE = {"title": "The website is off", "words": "We work on it."}
Way = tuple[str, Answers]


def judge(app: Flask) -> English:
    """Knows the landlord's names, and what the walks type."""
    with app.app_context():
        told = {
            "Anna Nowak",
            "Polish",
            "Exeter",
            *(name for _content, name in REFUSED),
            *map(words_for, ADDED_TO_A_CASE),
        }
        return English(names_of(current_landlord()) | typed() | SAID_BY_COLLEAGUES | told)


def ways_of_every_form(landlord: str) -> Sequence[Way]:
    """Together they come to every page that one form only has. Of two landlords, each is walked half of them."""
    every: list[Way] = [(form, way) for form in names() for way in ways(form, landlord, only_own=not IS_LONG)]
    return every if IS_LONG else every[LANDLORDS.index(landlord) :: len(LANDLORDS)]


def forms(
    app: Flask, walked: Iterable[Way], languages: Sequence[str], met: dict[str, tuple[str, str]] | None = None
) -> Found:
    """Each way in the next of the languages. Pages whose mistakes were made in a language are not made wrong again.

    ``met``: by page and state, the address and HTML of each, for whoever looks at them otherwise; filled here.
    """
    found, seen, english, mistakes = _findings(), defaultdict[str, set[str]](set), judge(app), 0
    for (form, way), language in zip(walked, itertools.cycle(languages), strict=False):
        for page in through(app.test_client(), form, language, way, seen[language]):
            address = page.request.path
            assert page.status_code in (200, MISTAKEN), f"{address}: {page.status_code}"
            mistakes += page.status_code == MISTAKEN
            root = html.fromstring(page.text).getroottree().getroot()
            assert_marks_are_right(root, address)
            _keep(found, pieces(root), english, address)
            if met is not None:
                met.setdefault(
                    f"{form} {address.rpartition('/')[2]} {'error-summary' in page.text}", (address, page.text)
                )
            seen[language].add(address.rpartition("/")[2])
    assert mistakes, "no page was sent with nothing answered"
    return found


def errands(app: Flask, languages: Sequence[str]) -> Found:
    """Each errand in the next of the languages, of two landlords half of them; a long walk does each in all.

    Misfortunes, which take long to bring about, are for a long walk only.
    """
    found, english, turn = _findings(), judge(app), itertools.cycle(languages)
    landlord = LANDLORDS.index(app.config["LETTERBOX"].landlord)
    half = list(ERRANDS.items())[landlord :: len(LANDLORDS)]
    chosen = [*ERRANDS.items(), *MISFORTUNES.items()] if IS_LONG else half
    with app.app_context():
        published(words={"en": NOTICE}, ends_at=datetime.now(UTC) + timedelta(days=1))
        for name, run in chosen:
            for language in languages if IS_LONG else [next(turn)]:
                client = app.test_client()  # from a network of its own: wrong tries of others are not counted
                client.environ_base["REMOTE_ADDR"] = f"192.0.2.{1 + languages.index(language)}"
                for page in run(app, client, language):
                    where = f"{name}: {page.request.path}"
                    assert page.status_code not in BROKEN or name.startswith(MAY_BREAK), f"{where}: {page.status_code}"
                    if page.mimetype == "text/html" and not page.location:  # browsers show no words of a redirect
                        root = html.fromstring(page.text).getroottree().getroot()
                        assert root.get("lang") == language, f"{where}: {page.text[:300]}"
                        assert_marks_are_right(root, where)
                    _keep(found, read_of(page, language), english, where)
                db.session.rollback()
    return found


def read_of(page: TestResponse, language: str) -> Iterator[Piece]:
    """What people read of a page, or of a file that programs show them."""
    if page.location:
        return
    if page.mimetype == "text/html":
        yield from pieces(html.fromstring(page.text).getroottree().getroot())
    elif (page.mimetype or "").endswith("xml"):
        root = etree.fromstring(page.data)
        for one in pieces(root):
            if one.where == "content":  # HTML, as text
                yield from pieces(html.fromstring(f"<div lang='{one.language}'>{one.words}</div>"))
            elif one.where in READ_OF_A_FEED:
                yield one
    elif (page.mimetype or "").endswith("json"):
        said = json.loads(page.text)
        yield from (Piece(said.get(name, ""), language, name) for name in ("name", "description"))
        if said["short_name"] not in said["name"]:  # else it is the name, as far as it fits under a picture
            yield Piece(said["short_name"], language, "short_name")
        yield from (Piece(one["name"], language, "shortcut") for one in said.get("shortcuts", ()))
    elif page.mimetype == "text/calendar":
        for line in page.text.replace("\r\n ", "").splitlines():
            name, _colon, words = line.partition(":")
            name, _semicolon, more = name.partition(";")
            marked = re.search("LANGUAGE=([A-Za-z-]+)", more)
            if name in READ_OF_A_CALENDAR:
                words = words.replace(NOTICE["words"], "").replace("\\n", " ")  # nothing can mark a part of a line
                yield Piece(words, marked[1] if marked else language, name)


def letters(app: Flask, languages: Sequence[str], *, in_turn: bool = False) -> Found:
    """Every letter for every kind of case, in each of the languages; ``in_turn``: each in the next of them."""
    found, english, turn = _findings(), judge(app), itertools.cycle(languages)
    with app.app_context():
        for name, kind in WITH_KIND:
            start_writing()
            tenant = record_tenant(person(), needs(interpreter_language="Polish"), "en", NOW, None)
            letter = sample(written(handler=None, kind=kind, channel="web", tenant=tenant).case, name)
            for language in [next(turn)] if in_turn else languages:
                document = document_in(letter, current_landlord(), language)
                _keep(found, pieces_of(document), english, f"{name} of {kind}")
            db.session.rollback()
    assert set(SAMPLES) == {name for name, _kind in WITH_KIND}
    return found


def mails(app: Flask, languages: Sequence[str]) -> Found:
    """Those that wait to be sent: what the forms have left, a link to a saved form, and what subscribers get."""
    found, english = _findings(), judge(app)
    now = datetime.now(UTC)
    with app.app_context():
        _others_to_send(languages, now)
        waiting = db.session.scalars(select(Message).where(Message.channel == "email")).all()
        for language in languages:
            assert any(message.language == language for message in waiting), language
        for message in waiting:
            mail = compose(message, now)
            language = mail.extra_headers["Content-Language"]
            subject = Piece(mail.subject.replace(NOTICE["title"], ""), language, "subject")  # nothing can mark it
            root = html.fromstring(str(mail.alternatives[0][0])).getroottree().getroot()
            plain = [] if message.unsubscribe else [Piece(line, language, "text") for line in _own_lines(mail)]
            _keep(found, itertools.chain([subject, *plain], pieces(root)), english, mail.subject)
    return found


def _own_lines(mail: EmailMultiAlternatives) -> list[str]:
    """Of its plain text, whose lines nothing can mark: all but what the tenant told us, which was in English."""
    return [line for line in str(mail.body).splitlines() if not line.startswith((">", " ", "\t"))]


def _others_to_send(languages: Sequence[str], now: datetime) -> None:
    for language in languages:
        queued(language=language)  # a letter
        start_writing()
        with speaking(language):
            send_link("anna@tenant.example", "https://letterbox.example/x", now + timedelta(days=7), now)
        db.session.commit()
        a_subscriber(f"{language.lower()}@tenant.example", language)
        subscribing.ask(f"new.{language.lower()}@tenant.example", language, [], now)
    published(at=now, words={"en": NOTICE})
    mailing.sweep(now)


def somebody_to_handle(app: Flask) -> None:
    """Who every case goes to. Once for a database."""
    with app.app_context():
        a_colleague("ada@landlord.example", roles=("complaints-team",), name="Ada Byron", phone="01392 123456")


def _findings() -> defaultdict[str, set[str]]:
    return defaultdict(set)


def _keep(found: defaultdict[str, set[str]], read: Iterator[Piece], english: English, where: str) -> None:
    for finding in english_in(read, english):
        found[finding].add(where)
