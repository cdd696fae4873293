"""When a promise falls due: the rule, day by day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from app.cases.clock import Due, MomentWithoutZone, NothingToCount, UnitNotKnown, due
from app.working_days import Calendar, Holiday, YearNotKnown, calendar_for
from tests.cases.moments import london, written


@dataclass(frozen=True)
class Asked:
    amount: int
    unit: str


@dataclass(frozen=True)
class Office:
    opens: time = time(8)
    closes: time = time(17)


ENGLAND = calendar_for("england-and-wales")


def count(moment: datetime, amount: int, unit: str, calendar: Calendar = ENGLAND, office: Office | None = None) -> Due:
    return due(moment, Asked(amount, unit), calendar, office or Office())


@pytest.mark.parametrize(
    ("received", "amount", "falls_due"),
    [
        # day 1 is the next working day
        ("Mon 2026-11-23 09:00", 1, "Tue 2026-11-24 17:00"),
        ("Mon 2026-11-23 09:00", 5, "Mon 2026-11-30 17:00"),
        ("Fri 2026-11-27 09:00", 1, "Mon 2026-11-30 17:00"),
        # before the office opens is still that day
        ("Mon 2026-11-23 00:00", 1, "Tue 2026-11-24 17:00"),
        # closing time to the second is still in time; a second later is the next working day
        ("Mon 2026-11-23 17:00:00", 1, "Tue 2026-11-24 17:00"),
        ("Mon 2026-11-23 17:00:01", 1, "Wed 2026-11-25 17:00"),
        ("Fri 2026-11-27 17:01", 1, "Tue 2026-12-01 17:00"),
        # a closed day counts as the next working day
        ("Sat 2026-11-28 10:00", 1, "Tue 2026-12-01 17:00"),
        ("Sun 2026-11-29 23:59", 1, "Tue 2026-12-01 17:00"),
        ("Fri 2026-12-25 12:00", 1, "Wed 2026-12-30 17:00"),
        # closing time is London's: in summer an hour before UTC's
        ("Mon 2026-07-06 17:00", 1, "Tue 2026-07-07 17:00"),
        ("Mon 2026-07-06 17:01", 1, "Wed 2026-07-08 17:00"),
        # Christmas 2026: 25 and the substitute 28 are closed
        ("Thu 2026-12-24 16:59", 1, "Tue 2026-12-29 17:00"),
        ("Thu 2026-12-24 17:01", 1, "Wed 2026-12-30 17:00"),
        ("Thu 2026-12-24 16:59", 5, "Tue 2027-01-05 17:00"),
        ("Thu 2026-12-24 16:59", 10, "Tue 2027-01-12 17:00"),
        ("Thu 2026-12-24 17:01", 10, "Wed 2027-01-13 17:00"),
        # Christmas 2027: both substitutes; New Year 2028: 3 January
        ("Fri 2027-12-24 12:00", 1, "Wed 2027-12-29 17:00"),
        ("Fri 2027-12-31 12:00", 1, "Tue 2028-01-04 17:00"),
        # Easter 2027, and summer time from 28 March
        ("Wed 2027-03-24 12:00", 5, "Fri 2027-04-02 17:00"),
        # summer time ends on 25 October 2026
        ("Fri 2026-10-23 16:30", 1, "Mon 2026-10-26 17:00"),
    ],
)
def test_working_days(received: str, amount: int, falls_due: str) -> None:
    assert written(count(london(received), amount, "working_days").at) == falls_due


def test_a_summer_night_belongs_to_the_london_day_and_not_to_the_utc_one() -> None:
    received = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)  # Tuesday, half past midnight, in London
    assert written(count(received, 1, "working_days").at) == "Wed 2026-07-08 17:00"


def test_it_is_due_at_closing_time_on_the_clock_on_the_wall_in_summer_and_in_winter() -> None:
    summer = count(london("Wed 2027-06-16 12:00"), 1, "working_days").at
    winter = count(london("Wed 2027-12-15 12:00"), 1, "working_days").at
    assert (summer.hour, winter.hour) == (16, 17)
    assert summer.tzinfo is winter.tzinfo is UTC


def test_closing_time_is_the_landlords() -> None:
    early = Office(closes=time(16, 30))
    assert written(count(london("Mon 2026-11-23 16:30"), 1, "working_days", office=early).at) == "Tue 2026-11-24 16:30"
    assert written(count(london("Mon 2026-11-23 16:31"), 1, "working_days", office=early).at) == "Wed 2026-11-25 16:30"


@pytest.mark.parametrize(
    ("nation", "received", "falls_due"),
    [
        ("england-and-wales", "Thu 2026-01-01 12:00", "Mon 2026-01-05 17:00"),
        ("scotland", "Thu 2026-01-01 12:00", "Tue 2026-01-06 17:00"),
        ("scotland", "Fri 2026-11-27 12:00", "Tue 2026-12-01 17:00"),
        ("scotland", "Thu 2026-04-02 12:00", "Mon 2026-04-06 17:00"),
        ("northern-ireland", "Mon 2026-03-16 12:00", "Wed 2026-03-18 17:00"),
        ("northern-ireland", "Fri 2026-07-10 12:00", "Tue 2026-07-14 17:00"),
        ("england-and-wales", "Fri 2026-07-10 12:00", "Mon 2026-07-13 17:00"),
    ],
)
def test_one_working_day_in_each_nation(nation: str, received: str, falls_due: str) -> None:
    assert written(count(london(received), 1, "working_days", calendar_for(nation)).at) == falls_due


@pytest.mark.parametrize(
    ("received", "hours", "falls_due"),
    [
        ("Thu 2026-12-24 16:59", 24, "Fri 2026-12-25 16:59"),
        ("Thu 2026-12-24 23:00", 24, "Fri 2026-12-25 23:00"),  # neither closing time nor Christmas touches it
        ("Sat 2026-10-24 18:00", 24, "Sun 2026-10-25 17:00"),  # that night has an hour more
        ("Sat 2027-03-27 18:00", 24, "Sun 2027-03-28 19:00"),  # that one an hour less
        ("Mon 2026-11-23 09:00", 48, "Wed 2026-11-25 09:00"),
    ],
)
def test_hours_are_elapsed_hours(received: str, hours: int, falls_due: str) -> None:
    answer = count(london(received), hours, "hours")
    assert written(answer.at) == falls_due
    assert answer.at - london(received) == timedelta(hours=hours)
    assert answer.counted_from == london(received)


@pytest.mark.parametrize(
    ("received", "days", "falls_due"),
    [
        ("Mon 2026-11-23 23:59", 1, "Tue 2026-11-24 23:59:59"),  # no closing time
        ("Fri 2026-11-27 12:00", 1, "Sat 2026-11-28 23:59:59"),  # a Saturday counts
        ("Fri 2026-11-27 12:00", 28, "Fri 2026-12-25 23:59:59"),  # and Christmas
        ("Wed 2027-03-24 12:00", 28, "Wed 2027-04-21 23:59:59"),  # to the end of the London day, in summer too
    ],
)
def test_calendar_days(received: str, days: int, falls_due: str) -> None:
    assert written(count(london(received), days, "calendar_days").at) == falls_due


def test_the_working_tells_each_day_and_why_it_does_not_count() -> None:
    answer = count(london("Thu 2026-12-24 17:01"), 2, "working_days")
    assert [(f"{step.date:%a %d}", step.counts, step.reason) for step in answer.working] == [
        ("Thu 24", False, "It came after closing time, so it counts as received on the next working day."),
        ("Fri 25", False, "Christmas Day"),
        ("Sat 26", False, "Saturday"),
        ("Sun 27", False, "Sunday"),
        ("Mon 28", False, "Boxing Day (substitute day)"),
        ("Tue 29", False, "It counts as received on this day. Counting starts on the next working day."),
        ("Wed 30", True, ""),
        ("Thu 31", True, ""),
    ]
    assert written(answer.counted_from) == "Tue 2026-12-29 08:00"


def test_what_came_in_time_is_counted_from_its_own_moment() -> None:
    answer = count(london("Thu 2026-12-24 17:00"), 1, "working_days")
    assert answer.counted_from == london("Thu 2026-12-24 17:00")
    assert answer.working[0].reason == "It came on this day. Counting starts on the next working day."


def test_what_came_on_a_closed_day_says_which() -> None:
    steps = count(london("Sat 2026-11-28 10:00"), 1, "working_days").working
    assert [step.reason for step in steps][:2] == ["Saturday", "Sunday"]


def test_a_holiday_handed_in_moves_the_date_and_says_its_name() -> None:
    closed = calendar_for("england-and-wales", [Holiday(date(2026, 11, 25), "Day of thanks")])
    answer = count(london("Mon 2026-11-23 09:00"), 5, "working_days", closed)
    assert written(answer.at) == "Tue 2026-12-01 17:00"
    assert "Day of thanks" in [step.reason for step in answer.working]


def test_the_working_of_hours_and_calendar_days_has_every_day_too() -> None:
    hours = count(london("Thu 2026-12-24 16:59"), 24, "hours").working
    assert [(f"{step.date:%a %d}", step.counts) for step in hours] == [("Thu 24", True), ("Fri 25", True)]
    days = count(london("Thu 2026-12-24 16:59"), 2, "calendar_days").working
    assert [(f"{step.date:%a %d}", step.counts) for step in days] == [
        ("Thu 24", False),
        ("Fri 25", True),
        ("Sat 26", True),
    ]


def test_a_promise_stores_the_working_as_plain_rows() -> None:
    rows = count(london("Thu 2026-12-24 16:59"), 1, "working_days").rows()
    assert rows[1] == {"date": "2026-12-25", "counts": False, "reason": "Christmas Day"}
    assert rows[-1] == {"date": "2026-12-29", "counts": True, "reason": ""}


def test_the_moment_may_be_told_in_any_zone() -> None:
    here = london("Thu 2026-12-24 16:59")
    there = here.astimezone(timezone(timedelta(hours=9)))
    assert count(there, 3, "working_days") == count(here, 3, "working_days")


@pytest.mark.parametrize("unit", ["working_days", "hours", "calendar_days"])
def test_a_moment_without_a_zone_is_refused(unit: str) -> None:
    with pytest.raises(MomentWithoutZone, match="2026-12-24T16:59:00"):
        count(datetime(2026, 12, 24, 16, 59), 1, unit)  # noqa: DTZ001


@pytest.mark.parametrize("amount", [0, -1])
@pytest.mark.parametrize("unit", ["working_days", "hours", "calendar_days"])
def test_a_promise_of_nothing_is_refused(unit: str, amount: int) -> None:
    with pytest.raises(NothingToCount):
        count(london("Thu 2026-12-24 16:59"), amount, unit)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnitNotKnown, match="weeks"):
        count(london("Thu 2026-12-24 16:59"), 1, "weeks")


def test_a_count_that_leaves_the_calendar_is_refused() -> None:
    with pytest.raises(YearNotKnown, match="2101"):
        count(datetime(2100, 12, 30, 12, tzinfo=UTC), 5, "working_days")
