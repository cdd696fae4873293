"""What holds of every due date, whatever was promised and whenever it came."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.clock import LONDON, Due, due
from app.working_days import NATIONS, Calendar, Holiday, calendar_for


@dataclass(frozen=True)
class Asked:
    amount: int
    unit: str


@dataclass(frozen=True)
class Office:
    opens: time
    closes: time


UNITS = ("working_days", "hours", "calendar_days")
units = st.sampled_from(UNITS)
amounts = st.integers(1, 60)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
# Round the year's end, the two nights when the clocks change and midsummer, closer than chance would look.
close = st.sampled_from(["2026-12-24", "2027-12-24", "2026-10-24", "2027-03-25", "2027-06-18"]).flatmap(
    lambda day: st.integers(0, 5 * 24 * 3600).map(
        lambda seconds: datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(seconds=seconds)
    )
)
received = st.one_of(moments, close)
extra_holidays = st.lists(st.dates(date(2024, 1, 1), date(2031, 12, 31)), max_size=20)
offices = st.sampled_from([(8, 17), (9, 16), (7, 19)]).map(lambda hours: Office(time(hours[0]), time(hours[1])))
nations = st.sampled_from(sorted(NATIONS))


def calendar_with(nation: str, days: list[date]) -> Calendar:
    return calendar_for(nation, [Holiday(day, "Closed") for day in days])


calendars = st.builds(calendar_with, nations, extra_holidays)


def count(moment: datetime, amount: int, unit: str, calendar: Calendar, office: Office) -> Due:
    return due(moment, Asked(amount, unit), calendar, office)


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, amounts, calendars, offices)
def test_working_days_are_never_due_on_a_closed_day_and_always_at_closing_time(
    moment: datetime, amount: int, calendar: Calendar, office: Office
) -> None:
    at = count(moment, amount, "working_days", calendar, office).at.astimezone(LONDON)
    assert calendar.is_working_day(at.date())
    assert at.time() == office.closes


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, amounts, calendars, offices)
def test_exactly_so_many_working_days_lie_after_the_day_of_receipt(
    moment: datetime, amount: int, calendar: Calendar, office: Office
) -> None:
    answer = count(moment, amount, "working_days", calendar, office)
    first = answer.counted_from.astimezone(LONDON).date()
    last = answer.at.astimezone(LONDON).date()
    passed = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(calendar.is_working_day(day) for day in passed) == amount
    assert calendar.is_working_day(first)


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, amounts, units, calendars, offices)
def test_a_longer_promise_is_never_due_earlier(
    moment: datetime, amount: int, unit: str, calendar: Calendar, office: Office
) -> None:
    shorter = count(moment, amount, unit, calendar, office)
    longer = count(moment, amount + 1, unit, calendar, office)
    assert moment < shorter.at < longer.at


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, received, amounts, units, calendars, offices)
def test_what_came_later_is_never_due_earlier(
    one: datetime, other: datetime, amount: int, unit: str, calendar: Calendar, office: Office
) -> None:
    earlier, later = sorted((one, other))
    first, second = (count(moment, amount, unit, calendar, office) for moment in (earlier, later))
    assert first.at <= second.at
    assert first.counted_from <= second.counted_from


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, amounts, nations, extra_holidays, st.dates(date(2024, 1, 1), date(2031, 12, 31)), units, offices)
def test_one_more_holiday_never_shortens_a_promise(
    moment: datetime, amount: int, nation: str, days: list[date], another: date, unit: str, office: Office
) -> None:
    before = count(moment, amount, unit, calendar_with(nation, days), office)
    after = count(moment, amount, unit, calendar_with(nation, [*days, another]), office)
    assert before.at <= after.at
    if unit != "working_days":
        assert before == after


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, amounts, amounts, units, calendars, offices)
def test_so_many_days_and_then_so_many_more_are_their_sum(
    moment: datetime, first: int, then: int, unit: str, calendar: Calendar, office: Office
) -> None:
    halfway = count(moment, first, unit, calendar, office).at
    assert count(halfway, then, unit, calendar, office).at == count(moment, first + then, unit, calendar, office).at


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, amounts, units, calendars, offices)
def test_the_working_has_every_day_once_in_order_and_counts_to_the_amount(
    moment: datetime, amount: int, unit: str, calendar: Calendar, office: Office
) -> None:
    answer = count(moment, amount, unit, calendar, office)
    days = [step.date for step in answer.working]
    assert days[0] == moment.astimezone(LONDON).date()
    assert days[-1] == answer.at.astimezone(LONDON).date()
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
    assert all(bool(step.reason) is not step.counts for step in answer.working)
    if unit != "hours":
        assert sum(step.counts for step in answer.working) == amount


@settings(deadline=None)  # a year is worked out when first asked for
@given(received, amounts, units, calendars, offices)
def test_nothing_counts_from_before_it_came(
    moment: datetime, amount: int, unit: str, calendar: Calendar, office: Office
) -> None:
    answer = count(moment, amount, unit, calendar, office)
    assert moment <= answer.counted_from < answer.at
    assert answer.at.tzinfo is UTC
