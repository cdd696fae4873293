"""What every page says of the phone at its moment: open or closed, how long callers wait, the emergency line first."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html

from app.call_backs.actions import free_slots
from app.extensions import db
from app.landlords.standards import current_landlord
from app.notices import front_routes
from app.notices.models import Notice, WaitingTime
from app.pages import offline
from tests.cases.moments import london

MONDAY_NOON, MONDAY_NIGHT = london("Mon 2026-11-23 12:00"), london("Mon 2026-11-23 20:00")


def foot(app: Flask, at: datetime, monkeypatch: pytest.MonkeyPatch, page: str = "/en/privacy") -> str:
    monkeypatch.setattr(front_routes, "now", lambda: at)
    tree = html.fromstring(app.test_client().get(page).data)
    return " ".join(tree.xpath("//footer")[0].text_content().split())


def callers_wait(minutes: int, said_at: datetime, until: datetime) -> None:
    db.session.add(WaitingTime(minutes=minutes, set_at=said_at, set_by="sam.field@landlord.example", until=until))
    db.session.commit()


def the_office_is_closed(begins: datetime, ends: datetime | None, **different: Any) -> None:
    given = {
        "key": "office-closed-1",
        "kind": "office-closed",
        "words": {"en": {"title": "Our office is closed", "words": "We are back soon."}},
        "state": "published",
        "announce_at": begins,
        "starts_at": begins,
        "ends_at": ends,
        "published_at": MONDAY_NOON - timedelta(days=30),
        "changed_at": MONDAY_NOON - timedelta(days=30),
        "created_at": MONDAY_NOON - timedelta(days=30),
        "written_by": "sam.field@landlord.example",
    }
    db.session.add(Notice(**{**given, **different}))
    db.session.commit()


def test_while_it_is_open_a_page_says_until_when_and_the_phone(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = foot(sqlite_app, MONDAY_NOON, monkeypatch)
    assert said.startswith("Talk to us Open until 5pm Phone: 0300 123 8080. Calls are recorded.")
    assert "Emergency?" not in said  # it stands at the head of the page


def test_out_of_hours_the_emergency_line_comes_first(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("/en/privacy", "/en/no-such-page"):
        said = foot(sqlite_app, MONDAY_NIGHT, monkeypatch, page)
        assert said.startswith(
            "Talk to us Emergency? Call us, day or night: 0300 123 8080 Closed. Opens Tuesday 24 November at 8am Phone:"
        )


def test_how_long_callers_wait_is_said_while_it_holds(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    callers_wait(25, MONDAY_NOON - timedelta(minutes=10), MONDAY_NOON + timedelta(minutes=30))
    words = "Calls take about 25 minutes to be answered now."
    assert words in foot(sqlite_app, MONDAY_NOON, monkeypatch)
    assert words in foot(sqlite_app, MONDAY_NOON + timedelta(minutes=29, seconds=59), monkeypatch)
    assert words not in foot(sqlite_app, MONDAY_NOON + timedelta(minutes=30), monkeypatch)
    assert words not in foot(sqlite_app, MONDAY_NOON - timedelta(minutes=11), monkeypatch)


def test_nobody_is_told_to_wait_while_nobody_answers(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was said until seven, and the office closed at five."""
    callers_wait(25, MONDAY_NOON, london("Mon 2026-11-23 19:00"))
    assert "25 minutes" in foot(sqlite_app, london("Mon 2026-11-23 16:59"), monkeypatch)
    assert "25 minutes" not in foot(sqlite_app, london("Mon 2026-11-23 17:00"), monkeypatch)


def test_a_notice_closes_the_office_at_its_minute(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    the_office_is_closed(london("Thu 2026-12-24 12:00"), london("Mon 2027-01-04 08:00"))
    assert "Open until 12pm" in foot(sqlite_app, london("Thu 2026-12-24 11:59"), monkeypatch)
    said = foot(sqlite_app, london("Thu 2026-12-24 12:00"), monkeypatch)
    assert said.startswith("Talk to us Emergency? Call us, day or night: 0300 123 8080")
    assert "Closed. Opens Monday 4 January at 8am" in said
    assert "Closed. Opens Monday 4 January at 8am" in foot(sqlite_app, london("Tue 2026-12-29 09:00"), monkeypatch)
    assert "Open until 5pm" in foot(sqlite_app, london("Mon 2027-01-04 08:00"), monkeypatch)


def test_a_published_closure_takes_the_times_for_calls_away(sqlite_app: Flask) -> None:
    christmas_eve = london("Thu 2026-12-24 08:30")
    before = [slot.begins for slot in free_slots(current_landlord(), christmas_eve)]
    begins, ends = london("Thu 2026-12-24 12:00"), london("Mon 2027-01-04 08:00")
    the_office_is_closed(begins, ends, announce_at=london("Thu 2026-12-24 11:00"))
    after = [slot.begins for slot in free_slots(current_landlord(), christmas_eve)]
    assert [slot for slot in before if begins <= slot < ends]
    assert after
    assert not [slot for slot in after if begins <= slot < ends]


def test_each_language_says_it_in_its_own_words(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    tuesday = {"cy": "Mawrth 24 Tachwedd", "ar": "الثلاثاء"}
    for language, day in tuesday.items():
        assert day in foot(sqlite_app, MONDAY_NIGHT, monkeypatch, f"/{language}/privacy")


def test_paper_and_a_page_that_the_browser_kept_say_nothing_of_how_long_callers_wait(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be read days later, without a connection: the sheet hides what was true for a moment."""
    callers_wait(25, MONDAY_NOON, MONDAY_NOON + timedelta(hours=1))
    monkeypatch.setattr(front_routes, "now", lambda: MONDAY_NOON)
    client = sqlite_app.test_client()
    sheet = client.get("/static/letterbox.css").text
    (rule,) = re.findall(r"\[data-kept\] :is\(([^)]*)\)\{display:none\}", sheet)
    assert ".opening,.waiting{display:none}" in sheet
    for page in (*offline.KEPT_PAGES, ""):
        tree = html.fromstring(client.get(f"/en/{page}").data)
        told = [one for one in tree.iter() if isinstance(one.tag, str) and "25 minutes" in (one.text or "")]
        assert told, page
        assert all(f".{name}" in rule.split(",") for one in told for name in one.classes), page
        assert all(list(one.classes) for one in told), page
