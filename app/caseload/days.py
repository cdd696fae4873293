"""A day and a time of day as a colleague types them."""

import re
from datetime import UTC, date, datetime, time

from app.cases.clock import LONDON

FORMATS = ("%d %m %Y", "%Y %m %d", "%d %B %Y", "%d %b %Y")
# A day with a time of day, as the fields of forms take them. The first is how a field begins.
MOMENTS = ["%d %m %Y %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
FIRST_YEAR, LAST_YEAR = 2000, 2100
_BETWEEN = re.compile(r"[\s/.\-]+")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*(am|pm)?")


def day_from(written: str | None) -> date | None:
    """4 12 2026, 4/12/2026, 2026-12-04, 4 December 2026; None for anything else."""
    plain = _BETWEEN.sub(" ", (written or "").strip())
    for form in FORMATS:
        try:
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


def as_typed(day: date) -> str:
    """As a field begins with it: 4 12 2026."""
    return f"{day.day} {day.month} {day.year}"


def clock_from(written: str | None) -> time | None:
    """8, 8:30, 8.30am, 0830, 17:00; None for anything else."""
    found = _CLOCK.fullmatch((written or "").strip().casefold())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def clock_as_typed(clock: time) -> str:
    """As a field begins with it: 8:30."""
    return f"{clock.hour}:{clock.minute:02}"


def moment_from(day: date, clock: time) -> datetime | None:
    """London's day and time as a moment in UTC. None where there is none: the clocks go forward past it.

    Of the hour that comes twice in autumn, the first.
    """
    local = datetime.combine(day, clock, LONDON)
    moment = local.astimezone(UTC)
    return moment if moment.astimezone(LONDON).time() == clock else None
