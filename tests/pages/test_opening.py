"""Open or closed, and until when, in the reader's words."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from app.landlords.standards import OpeningHours
from app.languages import speaking
from app.pages.opening import LONDON, clock_words, opening_at, opening_words, weekday_words
from app.working_days import Holiday, calendar_for

HOURS = OpeningHours((1, 2, 3, 4, 5), time(8), time(17))
CALENDAR = calendar_for("england-and-wales")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T07:59", "Closed now. Opens today at 8am"),  # Monday
        ("2026-11-23T08:00", "Open now, until 5pm"),
        ("2026-11-23T16:59", "Open now, until 5pm"),
        ("2026-11-23T17:00", "Closed now. Opens Tuesday 24 November at 8am"),
        ("2026-11-27T17:00", "Closed now. Opens Monday 30 November at 8am"),  # Friday
        ("2026-11-28T12:00", "Closed now. Opens Monday 30 November at 8am"),  # Saturday
        ("2026-12-24T17:00", "Closed now. Opens Tuesday 29 December at 8am"),  # Monday 28 is Boxing Day's substitute
        ("2026-12-25T09:00", "Closed now. Opens Tuesday 29 December at 8am"),
        ("2027-12-24T18:00", "Closed now. Opens Wednesday 29 December at 8am"),  # 27 and 28 are substitutes
    ],
)
def test_the_office_is_open_on_working_days_from_opening_to_closing(sqlite_app: Flask, moment: str, words: str) -> None:
    with speaking("en"):
        assert opening_words(opening_at(local(moment), HOURS, CALENDAR)) == words


def test_summer_time_is_counted() -> None:
    """08:00 in London on the first Monday of summer time is 07:00 by the world's clock."""
    assert not opening_at(datetime(2027, 3, 29, 6, 59, tzinfo=UTC), HOURS, calendar_for("scotland")).is_open
    assert opening_at(datetime(2027, 3, 30, 7, 0, tzinfo=UTC), HOURS, calendar_for("scotland")).is_open
    assert not opening_at(datetime(2027, 1, 5, 7, 0, tzinfo=UTC), HOURS, calendar_for("scotland")).is_open


def test_a_day_proclaimed_late_closes_the_office() -> None:
    mourning = calendar_for("england-and-wales", [Holiday(date(2026, 11, 23), "A day of mourning")])
    state = opening_at(local("2026-11-23T12:00"), HOURS, mourning)
    assert not state.is_open
    assert state.changes_at == local("2026-11-24T08:00")


def test_scotland_opens_on_easter_monday_and_england_does_not() -> None:
    easter_monday = local("2027-03-29T12:00")
    assert opening_at(easter_monday, HOURS, calendar_for("scotland")).is_open
    assert not opening_at(easter_monday, HOURS, CALENDAR).is_open


def test_hours_that_nobody_confirmed_are_only_usual_ones(sqlite_app: Flask) -> None:
    with speaking("en"):
        for moment in ("2026-11-23T07:00", "2026-11-23T12:00", "2026-11-23T19:00"):
            assert "sually" in opening_words(opening_at(local(moment), HOURS, CALENDAR), is_checked=False)


@pytest.mark.parametrize(
    ("clock", "english", "arabic"),
    [
        (time(8), "8am", "8:00 ص"),
        (time(8, 30), "8:30am", "8:30 ص"),
        (time(12), "12pm", "12:00 م"),
        (time(0, 5), "12:05am", "12:05 ص"),
    ],
)
def test_times_are_written_as_people_write_them(sqlite_app: Flask, clock: time, english: str, arabic: str) -> None:
    with speaking("en"):
        assert clock_words(clock) == english
    with speaking("ar"):
        assert clock_words(clock).replace("\xa0", " ") == arabic


def test_weekdays_that_follow_each_other_are_said_as_a_span(sqlite_app: Flask) -> None:
    with speaking("en"):
        assert weekday_words((1, 2, 3, 4, 5)) == "Monday to Friday"
        assert weekday_words((1, 3, 5)) == "Monday, Wednesday and Friday"
        assert weekday_words((6, 7)) == "Saturday and Sunday"
