"""The notices of a month, day by day. Pure: the notices, the days and the reasons for closing are handed in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.cases.clock import LONDON
from app.notices.models import Notice
from app.notices.showing import over_at

WEEK = timedelta(days=7)
_ONE_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Entry:
    """One notice on one day. It may begin and end on it, or go on."""

    notice: Notice
    begins: bool
    ends: bool


@dataclass(frozen=True)
class Day:
    """``closed``: why the office is closed, as the landlord's calendar says it; empty where it is open."""

    date: date
    is_of_month: bool
    closed: str
    entries: tuple[Entry, ...]


def month_from(written: str | None) -> date | None:
    """The first day of a month written 2026-12; None for anything else."""
    found = _WRITTEN.fullmatch(written or "")
    if not found or not (FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12):
        return None
    return date(int(found[1]), int(found[2]), 1)


def month_of(moment: datetime) -> date:
    return moment.astimezone(LONDON).date().replace(day=1)


def next_month(first: date, months: int = 1) -> date:
    years, number = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(years, number + 1, 1)


def bounds(first: date) -> tuple[date, date]:
    """The Monday and the Sunday between which whole weeks hold the month."""
    last = next_month(first) - _ONE_DAY
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def weeks(first: date, notices: Iterable[Notice], closed: Callable[[date], str | None]) -> list[list[Day]]:
    """The whole weeks of a month, Monday first. On a day what begins stands before what ends, then what goes on."""
    monday, sunday = bounds(first)
    running = [(notice, *_days(notice, sunday)) for notice in notices]
    days = [
        _day(monday + timedelta(days=number), first, running, closed) for number in range((sunday - monday).days + 1)
    ]
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def _day(day: date, first: date, running: list[tuple[Notice, date, date]], closed: Callable[[date], str | None]) -> Day:
    entries = [Entry(notice, day == begins, day == ends) for notice, begins, ends in running if begins <= day <= ends]
    entries.sort(key=lambda one: (not one.begins, not one.ends, one.notice.starts_at, one.notice.key))
    return Day(day, day.month == first.month, closed(day) or "", tuple(entries))


def _days(notice: Notice, last: date) -> tuple[date, date]:
    """The first and the last local day; what has no end goes on beyond what is shown. Midnight ends the day before."""
    over = over_at(notice)
    ends = (max(over, notice.starts_at + _INSTANT) - _INSTANT) if over else None
    return (
        notice.starts_at.astimezone(LONDON).date(),
        ends.astimezone(UTC).astimezone(LONDON).date() if ends else last + _ONE_DAY,
    )
