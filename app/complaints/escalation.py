"""Until when a complaint's stage 2 should be asked for. A late request is flagged, never turned away (V10)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.cases.clock import LONDON
from app.cases.models import Case
from app.dispatch.actions import way_to
from app.landlords.shapes import Landlord
from app.working_days import Calendar

DAYS_IN_THE_POST = 2  # working days. Our own figure: nobody is called late because the post was slow
STAGE_1_RESPONSE = "complaint.stage_1_response"


@dataclass(frozen=True)
class Window:
    """``ends_on`` is the last local day to ask on; None where the landlord sets none, or has not answered yet."""

    is_answered: bool
    ends_on: date | None

    def is_late(self, at: datetime) -> bool:
        return self.ends_on is not None and at.astimezone(LONDON).date() > self.ends_on


def window(answered_at: datetime | None, days: int | None, was_posted: bool, calendar: Calendar) -> Window:
    """``days`` are calendar days from receiving the stage 1 answer (V10), None where no limit is published. Pure."""
    if answered_at is None or days is None:
        return Window(answered_at is not None, None)
    received_on = answered_at.astimezone(LONDON).date()
    for _day in range(DAYS_IN_THE_POST if was_posted else 0):
        received_on = calendar.next_working_day(received_on)
    return Window(True, received_on + timedelta(days=days))


def window_of(case: Case, landlord: Landlord) -> Window:
    """For this complaint, from the day on which its answer at stage 1 went out."""
    way = way_to(case.tenant)
    was_posted = way is None or way[0] == "post"
    return window(answered_at(case), landlord.escalation.calendar_days, was_posted, landlord.calendar)


def answered_at(case: Case) -> datetime | None:
    """When the answer at stage 1 went out; None while it has not."""
    kept = [one.met_at for one in case.promises if one.standard == STAGE_1_RESPONSE and one.met_at]
    return min(kept, default=None)
