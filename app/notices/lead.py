"""How early a notice has to be announced, counted back from its start. Pure: the moment and the landlord are handed in.

It is the working-day clock backwards: told in time is what falls due, so many working days after it was told, no later
than the day on which it starts. What is told after closing time, or on a closed day, counts as told on the next working
day.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.cases.clock import LONDON, Step, moment_of
from app.landlords.shapes import Landlord, LeadTime
from app.notices.shapes import LEAD_TIMES
from app.working_days import Calendar
from app.working_days.nations import N_

LATEST_DAY = N_("It has to be announced by closing time on this day. Counting starts on the next working day.")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lead:
    """``working`` has a step for each day from the latest one to the day on which it starts."""

    latest_at: datetime  # UTC; announced at this moment is still in time
    is_kept: bool
    working: tuple[Step, ...]
    working_days: int

    def rows(self) -> list[dict[str, Any]]:
        """The shape in which a notice stores its working."""
        return [step.as_row() for step in self.working]


def lead_of(kind: str, starts_at: datetime, at: datetime, landlord: Landlord) -> Lead | None:
    """Of what starts at one moment and is announced ``at`` another; None where the landlord promises no lead time.

    Raises YearNotKnown where the count leaves the calendar.
    """
    start = starts_at.astimezone(LONDON).date()
    promise = _promised(kind, start, landlord)
    if promise is None:
        return None
    steps = _back_from(start, promise.working_days, landlord.calendar)
    latest_at = moment_of(steps[0].date, landlord.hours.closes)
    return Lead(latest_at, at <= latest_at, steps, promise.working_days)


def _promised(kind: str, start: date, landlord: Landlord) -> LeadTime | None:
    """The newest promise for this kind that holds on the day of the start."""
    holding = [one for one in landlord.lead_times if one.key == LEAD_TIMES.get(kind) and one.since <= start]
    return max(holding, key=lambda one: one.since, default=None)


def _back_from(start: date, working_days: int, calendar: Calendar) -> tuple[Step, ...]:
    day, steps, left = start, list[Step](), working_days
    while left:
        steps.append(_step(day, calendar))
        left -= steps[-1].counts
        day -= _ONE_DAY
    while not calendar.is_working_day(day):
        steps.append(_step(day, calendar))
        day -= _ONE_DAY
    return (Step(day, counts=False, reason=LATEST_DAY), *reversed(steps))


def _step(day: date, calendar: Calendar) -> Step:
    closed = calendar.reason_closed(day)
    return Step(day, counts=closed is None, reason=closed or "")
