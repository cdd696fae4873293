"""A change of one promise, written down with what was before; and the waits that its changes tell of. No commits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.cases.clock import Step, Wait
from app.cases.models import Case, Event, Promise, PromiseChange
from app.cases.moving import after_waiting
from app.landlords.shapes import Landlord

PAUSED, RESUMED, EXTENDED, RECOUNTED, MISSED, ENDED = "paused", "resumed", "extended", "recounted", "missed", "ended"


def write_change(
    promise: Promise,
    what: str,
    at: datetime,
    who: str | None,
    reason: str = "",
    due_at: datetime | None = None,
    working: Sequence[Step] | None = None,
) -> PromiseChange:
    """Write down a change. The promise falls due ``due_at``, counted so, where they are given; else as before."""
    change = PromiseChange(
        at=at,
        what=what,
        who=who,
        reason=reason,
        due_before_at=promise.due_at,
        due_after_at=due_at or promise.due_at,
        working_before=promise.working,
    )
    promise.changes.append(change)
    promise.due_at = change.due_after_at
    if working is not None:
        promise.working = [step.as_row() for step in working]
    return change


def changes_since_it_began(promise: Promise) -> list[PromiseChange]:
    """Those of the clock that runs now: what fell away and is promised again begins afresh."""
    ended = [number for number, change in enumerate(promise.changes, 1) if change.what == ENDED]
    return promise.changes[ended[-1] :] if ended and promise.ended_at is None else list(promise.changes)


def waits_of(promise: Promise) -> list[Wait]:
    """The waits that were added to it."""
    found, since = [], None
    for change in changes_since_it_began(promise):
        if change.what == PAUSED:
            since = change.at
        elif change.what == RESUMED and since is not None:
            found.append(Wait(since, change.at))
            since = None
    return found


def has_been_extended(promise: Promise) -> bool:
    """It falls due on a date that was named in a letter, and not on one that was counted."""
    return any(change.what == EXTENDED for change in changes_since_it_began(promise))


def resume_promise(promise: Promise, landlord: Landlord, at: datetime, who: str | None, reason: str = "") -> None:
    """The wait is over: what was waited is added, by the same clock. Nothing happens to one that does not wait."""
    if promise.paused_at is None:
        return
    waits = [*waits_of(promise), Wait(promise.paused_at, at)]
    found = after_waiting(promise.due_at, promise.counted_from_at, promise, landlord.calendar, landlord.hours, waits)
    write_change(promise, RESUMED, at, who, reason, found.at, found.working)
    promise.paused_at = None


def keys_of(promises: Iterable[Promise]) -> list[str]:
    """Each standard once."""
    return sorted({promise.standard for promise in promises})


def add_to_history(case: Case, what: str, at: datetime, who: str | None, **details: Any) -> None:
    case.events.append(Event(what=what, at=at, who=who, details=details))
