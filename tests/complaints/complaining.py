"""A tenant's answers, page by page, and how they go through the form."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.extensions import db
from tests.conftest import Visitor
from tests.journeys.reader import Reader
from tests.rig.databases import settings_from

LIFT = "The lift has been broken for three weeks.\nI cannot carry my shopping up."

# Every page of the form, with an answer that passes. Pages that do not apply are not asked for.
ANSWERS: dict[str, dict[str, str]] = {
    "who-you-are": {"who": "customer"},
    "who-for": {"representing_name": "Jan Nowak", "representing_relation": "I am his daughter"},
    "permission": {"representing_permission": "yes"},
    "banding": {"about_banding": "no"},
    "what-happened": {"what_happened": LIFT},
    "dangerous": {"danger_at_home": "none-of-these"},
    "call-us-now": {"emergency_call": "called"},
    "people": {},
    "since-when": {},
    "when": {"how_long_ago": "within-12-months", "when_happened": "Since 3 November"},
    "service": {"service": "repairs"},
    "outcome": {"outcome_sought": "Please repair the lift."},
    "files": {},
    "told-before": {"raised_before": "no"},
    "name": {"name": "Anna Nowak"},
    "address": {"address_line_1": "1 High Street", "town": "Exeter", "postcode": "EX1 1AA"},
    "answer-by": {"contact_channel": "letter"},
    "email": {"email": "anna@example.com"},
    "phone": {"phone": "07700 900123", "may_leave_messages": "no"},
    "safe-times": {"safe_times": "After 6 in the evening"},
    "interpreter": {"needs_interpreter": "no"},
    "letter-language": {"letter_language": "en"},
    "letters": {"format": "standard-print"},
    "print-size": {"point_size": "24"},
    "braille-grade": {"braille_grade": "2"},
    "email-for-letters": {"email": "anna@example.com"},
    "note": {"consent": "yes"},
}


@contextmanager
def a_form_for_many_tests(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """One application, on SQLite, for all tests of a file that only fill in forms of their own."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("form")
    address = request.getfixturevalue("sqlite_databases").make(folder)
    app = create_app(settings_from(folder, address, "livewest"))
    app.testing = True
    app.jinja_env.bytecode_cache = request.getfixturevalue("compiled_templates")
    app.test_client_class = Visitor
    yield app
    with app.app_context():
        db.engine.dispose()


def slug_of(reader: Reader) -> str:
    return reader.path.split("/")[3]


def go_on(reader: Reader, until: str = "check", **different: str) -> list[str]:
    """Answer page after page until the one named; gives the pages that were asked. ``different`` is by field."""
    asked = []
    while (slug := slug_of(reader)) != until:
        assert slug in ANSWERS, f"the way to {until} ended at {reader.path}: {reader.words}"
        assert slug not in asked, f"{slug} is asked twice: {reader.words}"
        here = reader.page.xpath("//form//*/@name")
        answers = {**ANSWERS[slug], **{name: words for name, words in different.items() if name in here}}
        reader.answer(**answers)
        asked.append(slug)
    return asked


def begin(client: FlaskClient, until: str = "check", language: str = "en", **different: str) -> Reader:
    """A reader who has answered everything before the page named."""
    reader = Reader(client).open(f"/{language}/complaint")
    go_on(reader, until, **different)
    return reader


def complain(client: FlaskClient, language: str = "en", **different: str) -> Reader:
    """A reader who sees the received page."""
    return begin(client, language=language, **different).press()
