"""What happens to a promise after it was made. Each change keeps the due date before it, with its working. No commits.

``at`` is an aware moment, ``who`` a colleague's email or None for the machine.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.cases.models import Case, Event, Promise, PromiseChange
from app.cases.promises import set_next_due

ALL = ("*",)  # every open promise, the landlord's and the Code's; the law's for a hazard run on
LAW = "law"


def end_promises(case: Case, standards: Iterable[str], at: datetime, who: str | None, reason: str) -> list[Promise]:
    """What was promised falls away: refused, withdrawn, asked as a service request. Gives those that did.

    ``standards`` are keys (every regime of each), or ALL. ALL leaves out the law's: a danger at home has to be dealt
    with whatever becomes of the complaint; name ``hazard.investigate`` and the others to end them. What was kept or
    has fallen away already stays as it is: doing it again changes nothing.
    """
    wanted = set(standards)
    ended = [one for one in case.promises if one.is_open and _is_wanted(one, wanted)]
    for promise in ended:
        write_change(promise, "ended", at, who, reason)
        promise.ended_at, promise.paused_at = at, None
    if ended:
        add(case, "promises_ended", at, who, standards=keys_of(ended), reason=reason)
    set_next_due(case)
    return ended


def _is_wanted(promise: Promise, wanted: set[str]) -> bool:
    return promise.standard in wanted or (wanted == set(ALL) and promise.regime != LAW)


def write_change(
    promise: Promise, what: str, at: datetime, who: str | None, reason: str = "", due_at: datetime | None = None
) -> PromiseChange:
    """Write down the change, and move the due date where ``due_at`` says another. The caller gives the new working."""
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
    return change


def add(case: Case, what: str, at: datetime, who: str | None, **details: Any) -> None:
    case.events.append(Event(what=what, at=at, who=who, details=details))


def keys_of(promises: Iterable[Promise]) -> list[str]:
    return sorted({promise.standard for promise in promises})
