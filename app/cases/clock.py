"""When a promise falls due, and how that was counted. Pure: the moment and the holidays are handed in.

Working days: day 1 is the next working day. What arrives after closing time, or on a closed day, counts as received
on the next working day; arriving at closing time to the second is still in time. Due at closing time of the last day.
Hours: elapsed hours, day and night; closing times and holidays never touch them.
Calendar days: every day counts; due at the last second of the last day.
Waiting: a day does not count if we were waiting for the tenant when it ended; of hours, the time waited is added. What
comes in while we wait is counted like what comes in at first: an answer at noon counts from the next working day.
All days are days in Europe/London, summer time included.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from app.working_days import Calendar
from app.working_days.nations import N_

LONDON = ZoneInfo("Europe/London")
LAST_SECOND = time(23, 59, 59)
_ONE_DAY = timedelta(days=1)

CAME_ON_THIS_DAY = N_("It came on this day. Counting starts on the next working day.")
CAME_AFTER_CLOSING = N_("It came after closing time, so it counts as received on the next working day.")
RECEIVED_ON_THIS_DAY = N_("It counts as received on this day. Counting starts on the next working day.")
WAITED = N_("We were waiting for an answer.")
ANSWER_CAME = N_("The answer came. Counting goes on on the next working day.")
CAME_ON_THIS_CALENDAR_DAY = N_("It came on this day. Counting starts on the next day.")


class MomentWithoutZone(ValueError):
    """A moment that does not say its time zone: in summer it would be an hour out."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"{moment.isoformat()} does not say its time zone")


class NothingToCount(ValueError):
    """A promise of no days, no hours, or fewer."""

    def __init__(self, amount: int) -> None:
        super().__init__(f"a promise of {amount} cannot be counted: it takes 1 or more")


class UnitNotKnown(ValueError):
    """A unit in which no promise is counted."""

    def __init__(self, unit: str) -> None:
        super().__init__(f"no promise is counted in {unit!r}: it takes working_days, hours or calendar_days")


class Counted(Protocol):
    """What the clock needs to know of a standard."""

    @property
    def amount(self) -> int: ...

    @property
    def unit(self) -> str: ...


class OpenFromTo(Protocol):
    """What the clock needs to know of opening hours: local times of day."""

    @property
    def opens(self) -> time: ...

    @property
    def closes(self) -> time: ...


@dataclass(frozen=True)
class Step:
    """One day of the count. ``reason`` is English, to be translated when shown, and empty on a day that counts."""

    date: date
    counts: bool
    reason: str = ""

    def as_row(self) -> dict[str, Any]:
        """The shape in which a promise stores it."""
        return {"date": self.date.isoformat(), "counts": self.counts, "reason": self.reason}


@dataclass(frozen=True)
class Due:
    """``at`` and ``counted_from`` are moments in UTC; ``working`` has one step for each day passed, in order."""

    at: datetime
    counted_from: datetime
    working: tuple[Step, ...]

    def rows(self) -> list[dict[str, Any]]:
        return [step.as_row() for step in self.working]


@dataclass(frozen=True)
class Wait:
    """From when to when we waited for the tenant: aware moments."""

    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        """What went by on a clock that knows no summer time."""
        return self.until.astimezone(UTC) - self.since.astimezone(UTC)

    def ends_of_days(self, closes: time) -> frozenset[date]:
        """The local days at whose end, at ``closes``, we were waiting."""
        first, last = self.since.astimezone(LONDON).date(), self.until.astimezone(LONDON).date()
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return frozenset(day for day in days if self.since <= moment_of(day, closes) < self.until)


def due(moment: datetime, standard: Counted, calendar: Calendar, hours: OpenFromTo, waits: Sequence[Wait] = ()) -> Due:
    """When ``standard`` falls due for what arrived, or happened, at ``moment``, leaving out the ``waits`` since.

    Raises MomentWithoutZone, NothingToCount, UnitNotKnown, and YearNotKnown where the count leaves the calendar.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise MomentWithoutZone(moment)
    if standard.amount < 1:
        raise NothingToCount(standard.amount)
    moment = moment.astimezone(UTC)
    if standard.unit == "working_days":
        return _working_days(moment, standard.amount, calendar, hours, waits)
    if standard.unit == "hours":
        return _elapsed_hours(moment, standard.amount, waits)
    if standard.unit == "calendar_days":
        return _calendar_days(moment, standard.amount, waits)
    raise UnitNotKnown(standard.unit)


def _working_days(moment: datetime, amount: int, calendar: Calendar, hours: OpenFromTo, waits: Sequence[Wait]) -> Due:
    counted_from, steps = _received(moment, calendar, hours)
    waited = frozenset[date]().union(*(wait.ends_of_days(hours.closes) for wait in waits))
    steps += _counted(steps[-1].date, amount, calendar.reason_closed, waited)
    return Due(at=moment_of(steps[-1].date, hours.closes), counted_from=counted_from, working=tuple(steps))


def _counted(
    day: date, amount: int, reason_closed: Callable[[date], str | None], waited: frozenset[date]
) -> Iterator[Step]:
    """The days after ``day`` until so many have counted. On ``day`` counting began; it never counts itself."""
    # Where we waited at the end of that day too, the day on which the answer came takes its place.
    left, began_waiting = amount, day in waited
    while left:
        day += _ONE_DAY
        reason = reason_closed(day) or (WAITED if day in waited else None)
        if reason is None and began_waiting:
            began_waiting, reason = False, ANSWER_CAME
        yield Step(day, counts=reason is None, reason=reason or "")
        left -= reason is None


def _received(moment: datetime, calendar: Calendar, hours: OpenFromTo) -> tuple[datetime, list[Step]]:
    """The moment that counts as receipt, and the days up to it; the last step is the day of receipt."""
    local = moment.astimezone(LONDON)
    day = local.date()
    closed = calendar.reason_closed(day)
    if closed is None and local.time() <= hours.closes:
        # What came before opening waits until then, as what came on a closed day does.
        return max(moment, moment_of(day, hours.opens)), [Step(day, counts=False, reason=CAME_ON_THIS_DAY)]
    steps = [Step(day, counts=False, reason=closed or CAME_AFTER_CLOSING)]
    while True:
        day += _ONE_DAY
        closed = calendar.reason_closed(day)
        steps.append(Step(day, counts=False, reason=closed or RECEIVED_ON_THIS_DAY))
        if closed is None:
            return moment_of(day, hours.opens), steps


def _elapsed_hours(moment: datetime, amount: int, waits: Sequence[Wait]) -> Due:
    at = moment + timedelta(hours=amount) + sum((wait.length for wait in waits), timedelta())
    first, last = moment.astimezone(LONDON).date(), at.astimezone(LONDON).date()
    days = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
    return Due(at=at, counted_from=moment, working=tuple(Step(day, counts=True) for day in days))


def _calendar_days(moment: datetime, amount: int, waits: Sequence[Wait]) -> Due:
    first = moment.astimezone(LONDON).date()
    waited = frozenset[date]().union(*(wait.ends_of_days(LAST_SECOND) for wait in waits))
    counted = _counted(first, amount, lambda day: None, waited)
    steps = (Step(first, counts=False, reason=CAME_ON_THIS_CALENDAR_DAY), *counted)
    return Due(at=moment_of(steps[-1].date, LAST_SECOND), counted_from=moment, working=steps)


def moment_of(day: date, local_time: time) -> datetime:
    """That time of that day in London, in UTC."""
    return datetime.combine(day, local_time, tzinfo=LONDON).astimezone(UTC)
