"""What waiting, more time and a new holiday do to a due date. Pure: the moment and the holidays are handed in.

A date that was told is never moved to an earlier one: what is counted anew ends on it, or later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.cases.clock import LAST_SECOND, LONDON, Counted, Due, OpenFromTo, Step, Wait, due, moment_of
from app.working_days import Calendar
from app.working_days.nations import N_

_ONE_DAY = timedelta(days=1)
TOLD = N_("A later date was told already, and it stands.")
MORE_TIME = N_("More time: our letter says why.")
# Why an answer gets no more time, as keys; the pages have the words.
NOTHING_OPEN, LATE_ALREADY = "nothing-open", "late-already"
IN_THE_PAST, CLOSED_DAY, NOT_LATER = "in-the-past", "closed-day", "not-later"
BEYOND_LIMIT, NO_MORE_BEYOND_LIMIT = "beyond-limit", "no-more-beyond-limit"


def counted_again(
    told: datetime,
    counted_from: datetime,
    amount: Counted,
    calendar: Calendar,
    hours: OpenFromTo,
    waits: Sequence[Wait],
) -> Due:
    """The due date with the holidays as they are known now, and the waits; never before ``told``."""
    return no_earlier(due(counted_from, amount, calendar, hours, waits), told)


def after_waiting(
    told: datetime,
    counted_from: datetime,
    amount: Counted,
    calendar: Calendar,
    hours: OpenFromTo,
    waits: Sequence[Wait],
) -> Due:
    """The due date once the last of ``waits`` is over: as much later than ``told`` as it lasted, or counted anew."""
    longer = later_by(told, waits[-1], amount.unit, calendar, hours)
    return counted_again(longer, counted_from, amount, calendar, hours, waits)


def later_by(told: datetime, wait: Wait, unit: str, calendar: Calendar, hours: OpenFromTo) -> datetime:
    """``told``, and as many days or hours later as the wait lasted, by the same clock."""
    if unit == "hours":
        return told + wait.length
    if unit == "calendar_days":
        return moment_of(_local(told) + len(wait.ends_of_days(LAST_SECOND)) * _ONE_DAY, LAST_SECOND)
    left = sum(calendar.is_working_day(day) for day in wait.ends_of_days(hours.closes))
    if not left:
        return told
    day = _local(told)
    for _day in range(left):
        day = calendar.next_working_day(day)
    return moment_of(day, hours.closes)


def no_earlier(counted: Due, told: datetime) -> Due:
    """The same, ending at ``told`` where it would end before it. The days between count for nothing, and say so."""
    if counted.at >= told:
        return counted
    between = _days(_local(counted.at) + _ONE_DAY, _local(told))
    return replace(counted, at=told, working=(*counted.working, *(Step(day, False, TOLD) for day in between)))


def limit_of(answer_due: datetime, extension: Counted, calendar: Calendar, hours: OpenFromTo) -> datetime:
    """The last moment to which an answer can be put off, counted from when it was due at first (Code 6.4, 6.15)."""
    return due(answer_due, extension, calendar, hours).at


def reasons_against_more_time(
    new_on: date,
    now: datetime,
    dues: Sequence[datetime],
    limit: datetime,
    calendar: Calendar,
    hours: OpenFromTo,
    *,
    is_beyond_confirmed: bool,
    had_more_time: bool,
) -> tuple[str, ...]:
    """Why an answer cannot be put off until closing time of ``new_on``; empty where it can.

    ``dues`` are the due dates of the answers still open. A promise that is late stays late: it cannot be put off any
    more. Beyond the ``limit`` only with a good reason that was confirmed, and only the first time.
    """
    new_at = moment_of(new_on, hours.closes)
    if not dues:
        return (NOTHING_OPEN,)
    if max(dues) < now:
        return (LATE_ALREADY,)
    if new_at <= now:
        return (IN_THE_PAST,)
    found = []
    if not calendar.is_working_day(new_on):
        found.append(CLOSED_DAY)
    if not any(now <= one < new_at for one in dues):
        found.append(NOT_LATER)
    if new_at > limit and had_more_time:
        found.append(NO_MORE_BEYOND_LIMIT)
    elif new_at > limit and not is_beyond_confirmed:
        found.append(BEYOND_LIMIT)
    return tuple(found)


def more_days(told: datetime, new_at: datetime, calendar: Calendar) -> list[Step]:
    """The days from ``told`` to a new date: none of them counts; each says why it was given."""
    days = _days(_local(told) + _ONE_DAY, _local(new_at))
    return [Step(day, False, calendar.reason_closed(day) or MORE_TIME) for day in days]


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _local(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
