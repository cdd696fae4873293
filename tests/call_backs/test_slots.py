"""Times for calls: whole pieces of opening hours, none too soon, none on a closed day; also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.call_backs.slots import Slot, by_day, free, slots_from
from app.cases.clock import LONDON
from app.landlords.shapes import CallBackTimes, OpeningHours
from app.landlords.standards import load_landlord
from app.notices.closures import Closure
from app.working_days import NATIONS, Calendar, Holiday, calendar_for
from tests.cases.moments import london, written

ENGLAND = calendar_for("england-and-wales")
EIGHT_TO_FIVE = OpeningHours((1, 2, 3, 4, 5), time(8), time(17))
HOURLY = CallBackTimes(slot_minutes=60, calls_per_slot=4, days_ahead=2, soonest_minutes=60)


def offered(moment: str, times: CallBackTimes = HOURLY, hours: OpeningHours = EIGHT_TO_FIVE) -> list[str]:
    return [written(slot.begins) for slot in slots_from(london(moment), times, hours, ENGLAND)]


@pytest.mark.parametrize(
    ("moment", "first", "last", "number"),
    [
        # Before opening: today and tomorrow, all nine times of each.
        ("Mon 2026-11-23 06:00", "Mon 2026-11-23 08:00", "Tue 2026-11-24 16:00", 18),
        # An hour before a time begins is soon enough, a second later is not.
        ("Mon 2026-11-23 09:00", "Mon 2026-11-23 10:00", "Tue 2026-11-24 16:00", 16),
        ("Mon 2026-11-23 09:00:01", "Mon 2026-11-23 11:00", "Tue 2026-11-24 16:00", 15),
        ("Mon 2026-11-23 15:00", "Mon 2026-11-23 16:00", "Tue 2026-11-24 16:00", 10),
        # Too late for today: the next two days.
        ("Mon 2026-11-23 15:01", "Tue 2026-11-24 08:00", "Wed 2026-11-25 16:00", 18),
        ("Fri 2026-11-27 18:00", "Mon 2026-11-30 08:00", "Tue 2026-12-01 16:00", 18),
        ("Sat 2026-11-28 12:00", "Mon 2026-11-30 08:00", "Tue 2026-12-01 16:00", 18),
        # Christmas Day is a Friday, and Boxing Day's substitute a Monday.
        ("Thu 2026-12-24 15:30", "Tue 2026-12-29 08:00", "Wed 2026-12-30 16:00", 18),
        ("Thu 2026-12-24 14:30", "Thu 2026-12-24 16:00", "Tue 2026-12-29 16:00", 10),
        # The clocks go back on Sunday 25 October, and forward on Sunday 28 March (Easter: Friday and Monday closed).
        ("Fri 2026-10-23 17:00", "Mon 2026-10-26 08:00", "Tue 2026-10-27 16:00", 18),
        ("Thu 2027-03-25 16:30", "Tue 2027-03-30 08:00", "Wed 2027-03-31 16:00", 18),
    ],
)
def test_what_is_offered(moment: str, first: str, last: str, number: int) -> None:
    found = offered(moment)
    assert (found[0], found[-1], len(found)) == (first, last, number)


def open_except(moment: str, *closures: tuple[str, str | None]) -> list[str]:
    closed = [Closure(london(begins), london(ends) if ends else None) for begins, ends in closures]
    return [written(slot.begins) for slot in slots_from(london(moment), HOURLY, EIGHT_TO_FIVE, ENGLAND, closed)]


def test_no_call_is_offered_while_the_office_is_closed() -> None:
    """From noon on Christmas Eve to Monday 4 January: the bank holidays and the weekends lie within."""
    found = open_except("Thu 2026-12-24 08:30", ("Thu 2026-12-24 12:00", "Mon 2027-01-04 08:00"))
    assert found[:3] == ["Thu 2026-12-24 10:00", "Thu 2026-12-24 11:00", "Mon 2027-01-04 08:00"]
    assert found[-1] == "Mon 2027-01-04 16:00"


def test_a_time_of_which_a_minute_is_closed_is_not_offered() -> None:
    found = open_except("Mon 2026-11-23 06:00", ("Mon 2026-11-23 10:59", "Mon 2026-11-23 12:01"))
    assert found[:4] == [
        "Mon 2026-11-23 08:00",
        "Mon 2026-11-23 09:00",
        "Mon 2026-11-23 13:00",
        "Mon 2026-11-23 14:00",
    ]


def test_while_nobody_knows_when_the_office_opens_no_later_call_is_offered() -> None:
    assert open_except("Mon 2026-11-23 06:00", ("Mon 2026-11-23 10:00", None)) == [
        "Mon 2026-11-23 08:00",
        "Mon 2026-11-23 09:00",
    ]
    assert open_except("Mon 2026-11-23 12:00", ("Mon 2026-11-23 10:00", None)) == []


def test_a_piece_that_would_run_past_closing_time_is_not_offered() -> None:
    times = CallBackTimes(slot_minutes=50, calls_per_slot=1, days_ahead=1, soonest_minutes=0)
    found = slots_from(london("Mon 2026-11-23 06:00"), times, EIGHT_TO_FIVE, ENGLAND)
    assert len(found) == 10
    assert (written(found[-1].begins), written(found[-1].ends)) == ("Mon 2026-11-23 15:30", "Mon 2026-11-23 16:20")


def test_nine_in_summer_is_eight_in_utc_and_its_key_says_so() -> None:
    (first, *_rest) = slots_from(london("Wed 2026-07-01 07:30"), HOURLY, EIGHT_TO_FIVE, ENGLAND)
    assert (first.key, first.day) == ("2026-07-01T08:00Z", date(2026, 7, 1))


def test_full_times_are_left_out() -> None:
    slots = slots_from(london("Mon 2026-11-23 06:00"), HOURLY, EIGHT_TO_FIVE, ENGLAND)
    taken = {slots[0].begins: 4, slots[1].begins: 3, slots[2].begins: 5}
    assert free(slots, taken, 4) == (slots[1], *slots[3:])
    full = {slot.begins: 1 for slot in slots if slot.day == date(2026, 11, 23)}
    assert list(by_day(free(slots, full, 1))) == [date(2026, 11, 24)]


@pytest.mark.parametrize("key", ["livewest", "livv"])
def test_the_landlords_own_figures_give_five_days_of_times(key: str) -> None:
    landlord = load_landlord(key)
    assert landlord.call_backs is not None
    found = slots_from(london("Mon 2026-11-23 06:00"), landlord.call_backs, landlord.hours, landlord.calendar)
    assert len(by_day(found)) == 5
    assert all(slot.ends - slot.begins == timedelta(hours=1) for slot in found)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
# The two nights when the clocks change and the year's end, closer than chance would look.
close = st.sampled_from(["2026-10-23", "2027-03-26", "2026-12-23"]).flatmap(
    lambda day: st.integers(0, 4 * 24 * 3600).map(
        lambda seconds: datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(seconds=seconds)
    )
)
times = st.builds(
    CallBackTimes,
    slot_minutes=st.sampled_from([5, 15, 50, 60, 90]),
    calls_per_slot=st.integers(1, 5),
    days_ahead=st.integers(1, 6),
    soonest_minutes=st.integers(0, 3 * 24 * 60),
)


def _open_from(days: set[int], opens: int, length: int) -> OpeningHours:
    """In quarters of an hour. Long enough for the longest piece, an hour that the clocks take away included."""
    closes = min(opens + length, 95)
    return OpeningHours(tuple(sorted(days)), time(opens // 4, opens % 4 * 15), time(closes // 4, closes % 4 * 15))


# Any hours, the small ones of Sunday morning among them.
hours = st.builds(
    _open_from, st.sets(st.integers(1, 5)).map(lambda days: days | {7}), st.integers(0, 80), st.integers(12, 60)
)


class SevenDays(Calendar):
    """Nothing but its bank holidays is closed: so that Sundays, when the clocks change, are open."""

    def reason_closed(self, day: date) -> str | None:
        reason = super().reason_closed(day)
        return None if reason == "Sunday" else reason


calendars = st.builds(
    lambda nation, closed: SevenDays(nation, tuple(Holiday(day, "Closed") for day in sorted(closed))),
    st.sampled_from(sorted(NATIONS)),
    st.sets(st.dates(date(2026, 10, 20), date(2026, 12, 31)), max_size=10),
)


def whole_and_in_order(slots: tuple[Slot, ...], minutes: int) -> None:
    assert all(slot.ends - slot.begins == timedelta(minutes=minutes) for slot in slots)
    assert all(before.ends <= after.begins for before, after in pairwise(slots))
    assert len({slot.key for slot in slots}) == len(slots)


@settings(deadline=None, max_examples=150)
@given(st.one_of(moments, close), times, hours, calendars)
def test_every_time_lies_within_opening_hours_of_an_open_day(
    moment: datetime, times: CallBackTimes, hours: OpeningHours, calendar: Calendar
) -> None:
    found = slots_from(moment, times, hours, calendar)
    whole_and_in_order(found, times.slot_minutes)
    for slot in found:
        assert slot.begins - moment >= timedelta(minutes=times.soonest_minutes)
        assert slot.day.isoweekday() in hours.days
        assert calendar.reason_closed(slot.day) is None
        opens, closes = (datetime.combine(slot.day, clock, LONDON) for clock in (hours.opens, hours.closes))
        assert opens.astimezone(UTC) <= slot.begins
        assert slot.ends <= closes.astimezone(UTC)
    assert len(by_day(found)) == times.days_ahead
