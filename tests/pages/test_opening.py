"""Open or closed, and until when, in the reader's words."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.call_backs.slots import slots_from
from app.landlords.shapes import CallBackTimes
from app.landlords.standards import OpeningHours
from app.languages import speaking
from app.notices.closures import Closure, closures_of
from app.notices.models import Notice
from app.pages.opening import LONDON, clock_words, closed_days, opening_at, opening_words, waiting_words, weekday_words
from app.working_days import Holiday, calendar_for

HOURS = OpeningHours((1, 2, 3, 4, 5), time(8), time(17))
CALENDAR = calendar_for("england-and-wales")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T07:59", "Closed. Opens today at 8am"),  # Monday
        ("2026-11-23T08:00", "Open until 5pm"),
        ("2026-11-23T16:59", "Open until 5pm"),
        ("2026-11-23T17:00", "Closed. Opens Tuesday 24 November at 8am"),
        ("2026-11-27T17:00", "Closed. Opens Monday 30 November at 8am"),  # Friday
        ("2026-11-28T12:00", "Closed. Opens Monday 30 November at 8am"),  # Saturday
        ("2026-12-24T17:00", "Closed. Opens Tuesday 29 December at 8am"),  # Monday 28 is Boxing Day's substitute
        ("2026-12-25T09:00", "Closed. Opens Tuesday 29 December at 8am"),
        ("2027-12-24T18:00", "Closed. Opens Wednesday 29 December at 8am"),  # 27 and 28 are substitutes
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


def closed(begins: str, ends: str | None = None) -> Closure:
    return Closure(local(begins), local(ends) if ends else None)


# From noon on Christmas Eve to the Monday after New Year; bank holidays and a weekend lie within it.
CHRISTMAS = (closed("2026-12-24T12:00", "2027-01-04T08:00"),)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-12-23T16:59", "Open until 5pm"),
        ("2026-12-23T17:00", "Closed. Opens Thursday 24 December at 8am"),
        ("2026-12-24T11:59", "Open until 12pm"),
        ("2026-12-24T12:00", "Closed. Opens Monday 4 January at 8am"),
        ("2026-12-29T09:00", "Closed. Opens Monday 4 January at 8am"),  # else the first working day after Christmas
        ("2027-01-04T07:59", "Closed. Opens today at 8am"),
        ("2027-01-04T08:00", "Open until 5pm"),
    ],
)
def test_a_closure_at_christmas_is_told_to_the_minute(sqlite_app: Flask, moment: str, words: str) -> None:
    with speaking("en"):
        assert opening_words(opening_at(local(moment), HOURS, CALENDAR, CHRISTMAS)) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T09:59", "Open until 10am"),
        ("2026-11-23T10:00", "Closed. Opens today at 11:30am"),
        ("2026-11-23T11:30", "Open until 2pm"),
        ("2026-11-23T14:00", "Closed. Opens Tuesday 24 November at 9:30am"),  # two closures follow each other
    ],
)
def test_a_day_with_several_closures_opens_between_them(sqlite_app: Flask, moment: str, words: str) -> None:
    training = (
        closed("2026-11-23T14:00", "2026-11-23T17:00"),
        closed("2026-11-23T10:00", "2026-11-23T11:30"),
        closed("2026-11-23T16:00", "2026-11-24T09:30"),
        closed("2026-11-24T07:00", "2026-11-24T08:30"),
    )
    with speaking("en"):
        assert opening_words(opening_at(local(moment), HOURS, CALENDAR, training)) == words


def test_while_nobody_knows_when_it_opens_no_day_is_promised(sqlite_app: Flask) -> None:
    storm = (closed("2026-11-24T12:00"),)
    with speaking("en"):
        assert opening_words(opening_at(local("2026-11-24T11:59"), HOURS, CALENDAR, storm)) == "Open until 12pm"
        for moment in ("2026-11-24T12:00", "2026-11-24T06:00", "2026-11-30T10:00"):
            is_before = moment == "2026-11-24T06:00"
            said = opening_words(opening_at(local(moment), HOURS, CALENDAR, storm))
            assert said == (
                "Closed. Opens today at 8am" if is_before else "Closed. We do not know yet when we open again"
            )
        assert opening_at(local("2026-11-23T18:00"), HOURS, CALENDAR, storm).changes_at == local("2026-11-24T08:00")


@pytest.mark.parametrize(
    ("in_utc", "is_open", "words"),
    [
        ("2026-10-23T06:59", False, "Closed. Opens today at 8am"),  # Friday, summer time
        ("2026-10-23T07:00", True, "Open until 5pm"),
        ("2026-10-23T16:00", False, "Closed. Opens Monday 26 October at 8am"),  # the clocks go back between
        ("2026-10-25T01:30", False, "Closed. Opens Monday 26 October at 8am"),  # the hour that comes twice
        ("2026-10-26T07:30", False, "Closed. Opens today at 8am"),
        ("2026-10-26T08:00", True, "Open until 5pm"),
        ("2027-03-26T12:00", False, "Closed. Opens Tuesday 30 March at 8am"),  # Easter; they go forward on the 28th
        ("2027-03-30T06:59", False, "Closed. Opens today at 8am"),
        ("2027-03-30T07:00", True, "Open until 5pm"),
    ],
)
def test_both_nights_on_which_the_clocks_change(sqlite_app: Flask, in_utc: str, is_open: bool, words: str) -> None:
    with speaking("en"):
        state = opening_at(datetime.fromisoformat(in_utc).replace(tzinfo=UTC), HOURS, CALENDAR)
        assert (state.is_open, opening_words(state)) == (is_open, words)


def test_bank_holidays_of_the_next_weeks_are_told_but_those_within_a_closure() -> None:
    def told(moment: str, *closures: Closure) -> list[str]:
        return [f"{day}" for day, _reason in closed_days(local(moment), HOURS, CALENDAR, closures)]

    assert told("2026-11-24T12:00") == []  # Christmas Day is the 32nd day
    assert told("2026-11-25T12:00") == ["2026-12-25"]
    assert told("2026-12-10T12:00") == ["2026-12-25", "2026-12-28", "2027-01-01"]  # no weekend, and no 26 December
    assert told("2026-12-10T12:00", *CHRISTMAS) == []
    assert told("2026-12-10T12:00", closed("2026-12-24T12:00", "2026-12-28T16:59")) == ["2026-12-28", "2027-01-01"]


def a_notice(**different: Any) -> Notice:
    return Notice(
        **{
            "kind": "office-closed",
            "state": "published",
            "areas": [],
            "starts_at": local("2026-12-24T12:00"),
            "ends_at": local("2027-01-04T08:00"),
            **different,
        }
    )


def test_only_a_published_notice_of_a_closed_office_everywhere_closes_it() -> None:
    assert closures_of([a_notice()]) == CHRISTMAS
    assert closures_of([a_notice(ends_at=None)]) == (closed("2026-12-24T12:00"),)
    for other in (
        a_notice(state="draft"),
        a_notice(state="cancelled"),
        a_notice(areas=["EX4"]),
        a_notice(kind="severe-weather"),
        a_notice(resolved_at=local("2026-12-24T12:00")),  # over before it began
    ):
        assert closures_of([other]) == ()


def test_an_office_that_opens_again_early_is_open() -> None:
    early = closures_of([a_notice(resolved_at=local("2026-12-29T10:00"))])
    assert not opening_at(local("2026-12-29T09:59"), HOURS, CALENDAR, early).is_open
    assert opening_at(local("2026-12-29T10:00"), HOURS, CALENDAR, early).is_open


AROUND_CHRISTMAS = st.integers(0, 30 * 24 * 60).map(
    lambda minutes: local("2026-12-10T00:00") + timedelta(minutes=minutes)
)
ANY_CLOSURE = st.tuples(AROUND_CHRISTMAS, st.integers(1, 10 * 24 * 60)).map(
    lambda drawn: Closure(drawn[0], drawn[0] + timedelta(minutes=drawn[1]))
)


@given(AROUND_CHRISTMAS, st.lists(ANY_CLOSURE, max_size=4), st.integers(0, 1))
def test_it_never_changes_before_the_moment_that_is_told_and_always_then(
    moment: datetime, closures: list[Closure], place: int
) -> None:
    """What a page says now holds until then: for whoever reads it, and for whoever keeps the page until then."""
    state = opening_at(moment, HOURS, CALENDAR, closures)
    assert state.changes_at is not None
    assert state.changes_at > moment
    between = [moment, state.changes_at - timedelta(minutes=1)][place]
    assert opening_at(between, HOURS, CALENDAR, closures).is_open is state.is_open
    assert opening_at(state.changes_at, HOURS, CALENDAR, closures).is_open is not state.is_open
    if state.is_open:
        assert not any(one.holds(moment) for one in closures)


@given(AROUND_CHRISTMAS, st.lists(ANY_CLOSURE, max_size=4))
def test_every_call_that_is_offered_begins_while_the_office_is_open(moment: datetime, closures: list[Closure]) -> None:
    times = CallBackTimes(slot_minutes=60, calls_per_slot=1, days_ahead=2, soonest_minutes=0)
    for slot in slots_from(moment, times, HOURS, CALENDAR, closures):
        state = opening_at(slot.begins, HOURS, CALENDAR, closures)
        assert state.is_open
        assert state.changes_at is not None
        assert slot.ends <= state.changes_at


def test_the_wait_is_told_in_whole_sentences(sqlite_app: Flask) -> None:
    with speaking("en"):
        assert waiting_words(1) == "Calls take about 1 minute to be answered now."
        assert waiting_words(12) == "Calls take about 12 minutes to be answered now."


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
