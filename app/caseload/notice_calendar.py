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
SHOWN = 3  # entries of a day; the others stand behind one word
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Entry:
    """One notice on one day. It may begin and end on it, or go on."""

    notice: Notice
    begins: bool
    ends: bool


@dataclass(frozen=True)
class Day:
    """``closed``: why the office is closed, as the landlord's calendar says it; empty where it is open.

    ``more``: what only goes on, but for today, and what there is no room for.
    """

    date: date
    is_of_month: bool
    is_today: bool
    closed: str
    shown: tuple[Entry, ...]
    more: tuple[Entry, ...]


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


def weeks(first: date, notices: Iterable[Notice], closed: Callable[[date], str | None], today: date) -> list[list[Day]]:
    """The whole weeks of a month, Monday first. On a day what begins stands before what ends, then what goes on.

    What has no end stands on each day up to today: nobody knows more.
    """
    monday, sunday = bounds(first)
    running = [(notice, *_days(notice, today)) for notice in notices]
    dates = [monday + timedelta(days=number) for number in range((sunday - monday).days + 1)]
    days = [_day(one, one.month == first.month, running, closed(one) or "", today) for one in dates]
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def _day(day: date, is_of_month: bool, running: list[tuple[Notice, date, date]], closed: str, today: date) -> Day:
    entries = [
        Entry(notice, day == begins, day == ends and over_at(notice) is not None)
        for notice, begins, ends in running
        if begins <= day <= ends
    ]
    entries.sort(key=lambda one: (not one.begins, not one.ends, one.notice.starts_at, one.notice.key))
    shown = [one for one in entries if one.begins or one.ends or day == today][:SHOWN]
    more = [one for one in entries if one not in shown]
    return Day(day, is_of_month, day == today, closed, tuple(shown), tuple(more))


def _days(notice: Notice, today: date) -> tuple[date, date]:
    """The first and the last local day. Midnight ends the day before."""
    over = over_at(notice)
    ends = (max(over, notice.starts_at + _INSTANT) - _INSTANT) if over else None
    begins = notice.starts_at.astimezone(LONDON).date()
    return begins, ends.astimezone(UTC).astimezone(LONDON).date() if ends else max(begins, today)
