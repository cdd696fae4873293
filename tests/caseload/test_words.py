"""How staff pages say when something is due, in what language, and what the tenant needs."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.caseload import notice_words, words
from tests.builders import a_case, a_tenant, needs
from tests.cases.moments import london
from tests.notices.telling import a_notice

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("due", "now", "said", "state"),
    [
        # Tuesday 29 December 2026 is a working day; Monday 28 is Boxing Day's substitute.
        ("2026-12-29 17:00", "2026-12-22 09:00", "due Tue 29 Dec, 5pm", "later"),
        ("2026-12-29 17:00", "2026-12-28 09:00", "due tomorrow, 5pm", "soon"),
        ("2026-12-29 17:00", "2026-12-28 23:59", "due tomorrow, 5pm", "soon"),
        ("2026-12-29 17:00", "2026-12-29 00:00", "due today, 5pm", "today"),
        ("2026-12-29 17:00", "2026-12-29 17:00", "due today, 5pm", "today"),
        ("2026-12-29 17:00", "2026-12-29 17:01", "late since 5pm", "late"),
        ("2026-12-29 17:00", "2026-12-30 00:00", "1 day late", "late"),
        ("2026-12-29 17:00", "2026-12-31 09:00", "2 days late", "late"),
        ("2027-01-04 08:30", "2026-12-29 09:00", "due Mon 4 Jan 2027, 8:30am", "later"),
        # 00:30 in summer is 23:30 of the day before in UTC.
        ("2026-07-02 00:30", "2026-07-01 12:00", "due tomorrow, 12:30am", "soon"),
    ],
)
def test_due_is_said_as_a_colleague_would(sqlite_app: Flask, due: str, now: str, said: str, state: str) -> None:
    found = words.due_words(*(datetime.fromisoformat(one).replace(tzinfo=LONDON).astimezone(UTC) for one in (due, now)))
    assert (found.words, found.state) == (said, state)


def test_nothing_due_is_said_too(sqlite_app: Flask) -> None:
    assert words.due_words(None, datetime.now(UTC)).words == "nothing due"


@pytest.mark.parametrize(
    ("tag", "name", "direction"),
    [("en", "English", "ltr"), ("ar", "Arabic", "rtl"), ("cy", "Welsh", "ltr"), ("pl", "Polish", "ltr"),
     ("ur", "Urdu", "rtl"), ("zh-Hans", "Chinese (Simplified)", "ltr"), ("x-nobody", "x-nobody", "auto")],
)  # fmt: skip
def test_a_language_has_a_name_and_a_direction(sqlite_app: Flask, tag: str, name: str, direction: str) -> None:
    assert words.language_name(tag) == name
    assert words.direction_of(tag) == direction


@pytest.mark.parametrize(
    ("needed", "language", "said"),
    [
        ({}, "en", []),
        ({"format": "large-print", "point_size": 24}, "en", ["Large print 24"]),
        ({"format": "braille", "braille_grade": 1}, "cy", ["Braille grade 1", "Welsh"]),
        ({"format": "audio-cd", "interpreter_language": "Somali"}, "ar", ["Audio CD", "Arabic", "Interpreter"]),
        ({"safe_times": "never on Mondays"}, "en", ["Safe contact"]),
    ],
)
def test_what_the_tenant_needs_is_flagged_in_words(
    sqlite_app: Flask, needed: dict[str, object], language: str, said: list[str]
) -> None:
    case = a_case(tenant=a_tenant(language=language, needs=needs(**needed)))
    assert words.flags(case, "en") == said


def test_a_notice_that_is_over_holds_no_longer_until_further_notice(sqlite_app: Flask) -> None:
    over = london("Tue 2026-12-29 10:00")
    starts = "Tue 2026-12-29 08:00"
    assert notice_words.span_words(a_notice(starts)) == "Tue 29 Dec 2026, 8am, until further notice"
    assert notice_words.span_words(a_notice(starts, resolved_at=over)) == "Tue 29 Dec 2026, 8am to 10am"
    assert notice_words.span_words(a_notice(starts, cancelled_at=over)) == "Tue 29 Dec 2026, 8am"
