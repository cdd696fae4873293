"""The clocks of a complaint that fell away begin afresh, when it is taken after all or the tenant goes on with it."""

from datetime import datetime

from app.cases.changes import LAW, write_change
from app.cases.clock import due
from app.cases.models import Case, Promise
from app.cases.promises import set_next_due
from app.landlords.standards import Landlord

FELL_AWAY = frozenset({"refused", "withdrawn"})  # reasons of the change ``ended``


def begin_again(
    case: Case,
    landlord: Landlord,
    at: datetime,
    who: str | None,
    why: str,
    fell_away: frozenset[str] = FELL_AWAY,
) -> list[Promise]:
    """Count anew from ``at`` each promise that fell away for one of these reasons. No commit.

    What it was counted as before stays with its change. Gives those that began again.
    """
    again = [promise for promise in case.promises if _fell_away(promise, fell_away)]
    for promise in again:
        counted = due(at, promise, landlord.calendar, landlord.hours)
        write_change(promise, "recounted", at, who, why, due_at=counted.at)
        promise.counted_from_at, promise.working = counted.counted_from, counted.rows()
        promise.ended_at = None
    set_next_due(case)
    return again


def _fell_away(promise: Promise, reasons: frozenset[str]) -> bool:
    if promise.ended_at is None or promise.met_at is not None or promise.regime == LAW:
        return False
    last = next((change for change in reversed(promise.changes) if change.what == "ended"), None)
    return last is not None and last.reason in reasons
