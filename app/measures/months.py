"""Months as London counts them, and the moments between which they lie. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.cases.clock import LONDON

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """``str`` gives 2026-11."""

    year: int
    number: int  # January is 1

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.after(1).first_day - timedelta(days=1)

    def after(self, months: int) -> "Month":
        """So many months later; earlier where the number is below nothing."""
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment of the month, and the first of the next: in UTC, an hour earlier in summer."""
        return start_of(self.first_day), start_of(self.after(1).first_day)


def start_of(day: date) -> datetime:
    """London's midnight at which the day begins, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def month_of(moment: datetime | date) -> Month:
    day = moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment
    return Month(day.year, day.month)


def read_month(text: str | None) -> Month | None:
    """2026-11 as a month; None where it is none."""
    found = _WRITTEN.fullmatch(text) if text and text.isascii() else None
    if found is None or not (1 <= int(found[2]) <= 12 and 2000 <= int(found[1]) <= 2199):
        return None
    return Month(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Period:
    """Whole months, both ends within."""

    first: Month
    last: Month

    def __iter__(self) -> Iterator[Month]:
        month = self.first
        while month <= self.last:
            yield month
            month = month.after(1)

    def bounds(self) -> tuple[datetime, datetime]:
        return self.first.bounds()[0], self.last.bounds()[1]


def months_back(last: Month, number: int) -> Period:
    return Period(last.after(1 - number), last)


def names_of(months: Iterable[Month]) -> tuple[str, ...]:
    return tuple(str(month) for month in months)
