"""A day as a colleague types it."""

import re
from datetime import date, datetime

FORMATS = ("%d %m %Y", "%Y %m %d", "%d %B %Y", "%d %b %Y")
# A day with a time of day, as the fields of forms take them. The first is how a field begins.
MOMENTS = ["%d %m %Y %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
FIRST_YEAR, LAST_YEAR = 2000, 2100
_BETWEEN = re.compile(r"[\s/.\-]+")


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
