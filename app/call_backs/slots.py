"""The times at which we can call: opening hours cut into pieces. Pure: the moment and what is taken are handed in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.cases.clock import LONDON
from app.landlords.shapes import CallBackTimes, OpeningHours
from app.notices.closures import Closure, is_closed_between
from app.working_days import Calendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """A time for calls, from ``begins`` up to ``ends``; both aware, in UTC."""

    begins: datetime
    ends: datetime

    @property
    def day(self) -> date:
        """In the United Kingdom."""
        return self.begins.astimezone(LONDON).date()

    @property
    def key(self) -> str:
        """Its name on pages: no two have the same, on the night when the clocks go back either."""
        return self.begins.strftime("%Y-%m-%dT%H:%MZ")


def slots_from(
    moment: datetime,
    times: CallBackTimes,
    hours: OpeningHours,
    calendar: Calendar,
    closures: Sequence[Closure] = (),
) -> tuple[Slot, ...]:
    """What can be asked for at this moment, free or not, the soonest first.

    Whole pieces of opening hours only, none on a bank holiday or in one of the ``closures``, none that begins within
    ``soonest_minutes``, on the next ``days_ahead`` days that have any: none at all from the beginning of a closure that
    nobody knows the end of. ``moment`` is aware. Raises YearNotKnown where the calendar ends.
    """
    soonest = moment + timedelta(minutes=times.soonest_minutes)
    no_more = min((one.begins.astimezone(LONDON).date() for one in closures if one.ends is None), default=date.max)
    day, found = moment.astimezone(LONDON).date(), []
    days_with_a_time = 0
    while days_with_a_time < times.days_ahead and day <= no_more:
        if day.isoweekday() in hours.days and calendar.reason_closed(day) is None:
            pieces = [slot for slot in _pieces(day, times.slot_minutes, hours) if slot.begins >= soonest]
            of_the_day = [slot for slot in pieces if not is_closed_between(closures, slot.begins, slot.ends)]
            found += of_the_day
            days_with_a_time += bool(of_the_day)
        day += _ONE_DAY
    return tuple(found)


def free(slots: Iterable[Slot], taken: Mapping[datetime, int], calls_per_slot: int) -> tuple[Slot, ...]:
    """Those with a place left. ``taken`` counts the calls that wait, by when their time begins."""
    return tuple(slot for slot in slots if taken.get(slot.begins, 0) < calls_per_slot)


def by_day(slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.day, []).append(slot)
    return days


def _pieces(day: date, minutes: int, hours: OpeningHours) -> Iterator[Slot]:
    """Counted in UTC, so that each is as long as it says on the days when the clocks change."""
    begins = datetime.combine(day, hours.opens, LONDON).astimezone(UTC)
    closes = datetime.combine(day, hours.closes, LONDON).astimezone(UTC)
    while (ends := begins + timedelta(minutes=minutes)) <= closes:
        yield Slot(begins, ends)
        begins = ends
