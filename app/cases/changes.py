"""What happens to the promises of a case after they were made. Each change keeps the date before it, with its working.

Acts: nothing here commits. ``at`` is an aware moment, ``who`` a colleague's email or None for the machine.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.cases.models import Case, Promise
from app.cases.moving import counted_again
from app.cases.promises import is_kept_by_acknowledging, set_next_due
from app.cases.waiting import (
    ENDED,
    MISSED,
    PAUSED,
    RECOUNTED,
    add_to_history,
    has_been_extended,
    keys_of,
    resume_promise,
    waits_of,
    write_change,
)
from app.landlords.shapes import Landlord

ALL = ("*",)  # every open promise, the landlord's and the Code's; the law's for a hazard run on
LAW = "law"


class NothingMayWait(Exception):
    """No open promise of this case may wait for the tenant: the policy, the Code or the law does not allow it."""


class NothingWaits(Exception):
    """No promise of this case waits for the tenant."""


class NotMissed(Exception):
    """The promise was kept in time, or there is time left."""


def may_wait(case: Case, promise: Promise, landlord: Landlord, now: datetime) -> bool:
    """Whether it may wait for the tenant: only the landlord's own, where its policy says so, and never once it is late.

    A complaint's promises never wait: the Code knows no pause, an answer gets more time by letter (6.4). Nor does what
    an acknowledgement keeps: for that we need nothing of the tenant.
    """
    is_running = promise.is_open and promise.paused_at is None and now <= promise.due_at
    is_answer = case.kind != "complaint" and not is_kept_by_acknowledging(case.kind, promise.standard)
    if not is_running or not is_answer or promise.regime != "landlord":
        return False
    own = (one for one in landlord.standards if (one.key, one.regime) == (promise.standard, promise.regime))
    return any(standard.may_pause for standard in own)


def pause(case: Case, landlord: Landlord, at: datetime, who: str, waiting_for: str) -> list[Promise]:
    """Everything that may wait does, from now on. ``waiting_for`` are our words to the tenant: what we need of them.

    Gives what waits. Raises NothingMayWait.
    """
    paused = [promise for promise in case.promises if may_wait(case, promise, landlord, at)]
    if not paused:
        raise NothingMayWait
    for promise in paused:
        write_change(promise, PAUSED, at, who, waiting_for)
        promise.paused_at = at
    add_to_history(case, "promises_paused", at, who, standards=keys_of(paused), waiting_for=waiting_for)
    set_next_due(case)
    return paused


def resume(case: Case, landlord: Landlord, at: datetime, who: str | None, reason: str = "") -> list[Promise]:
    """The tenant answered, or we go on without: what was waited is added, by the same clock. Raises NothingWaits.

    ``at`` is not before the wait began.
    """
    waiting = [promise for promise in case.promises if promise.is_open and promise.paused_at is not None]
    if not waiting:
        raise NothingWaits
    for promise in waiting:
        resume_promise(promise, landlord, at, who, reason)
    add_to_history(case, "promises_resumed", at, who, standards=keys_of(waiting), reason=reason)
    set_next_due(case)
    return waiting


def recount(case: Case, landlord: Landlord, at: datetime, who: str | None = None) -> list[Promise]:
    """Count open working-day clocks again, with the holidays as they are known now. Gives those that moved.

    A holiday that was added moves them later; one that was taken back moves nothing that was told. Hours and calendar
    days stay, and so does a new date that was named in a letter. Doing it again changes nothing.
    """
    moved = []
    for promise in case.promises:
        if not promise.is_open or promise.unit != "working_days" or has_been_extended(promise):
            continue
        found = counted_again(
            promise.due_at, promise.counted_from_at, promise, landlord.calendar, landlord.hours, waits_of(promise)
        )
        if found.at > promise.due_at:
            write_change(promise, RECOUNTED, at, who, _added(promise.working, found.rows()), found.at, found.working)
            _add_recounted(case, promise, at, who)
            moved.append(promise)
    if moved:
        set_next_due(case)
    return moved


def _add_recounted(case: Case, promise: Promise, at: datetime, who: str | None) -> None:
    change = promise.changes[-1]
    details = {"standard": promise.standard, "regime": promise.regime, "holidays": change.reason}
    dates = {"was_due": change.due_before_at.isoformat(), "due": change.due_after_at.isoformat()}
    add_to_history(case, "promise_recounted", at, who, **details, **dates)


def _added(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> str:
    """The names of the days that counted before and do not any more."""
    counted = {row["date"] for row in before if row["counts"]}
    return ", ".join(dict.fromkeys(row["reason"] for row in after if row["date"] in counted and not row["counts"]))


def is_missed(promise: Promise, now: datetime) -> bool:
    """It was kept late, or should have been kept by now."""
    if promise.met_at is not None:
        return promise.met_at > promise.due_at
    return promise.is_open and promise.paused_at is None and promise.due_at < now


def mark_missed(case: Case, at: datetime) -> list[Promise]:
    """Write down, once, each open promise whose due date has passed. Gives those that are new."""
    late = [one for one in case.promises if one.is_open and is_missed(one, at) and not _is_marked(one)]
    for promise in late:
        write_change(promise, MISSED, at, None)
        details = {"standard": promise.standard, "regime": promise.regime, "due": promise.due_at.isoformat()}
        add_to_history(case, "promise_missed", at, None, **details)
    return late


def _is_marked(promise: Promise) -> bool:
    """For the due date that it has now: a new holiday can have moved it since."""
    return any(change.what == MISSED and change.due_after_at == promise.due_at for change in promise.changes)


def explain_miss(promise: Promise, reason: str, at: datetime, who: str) -> None:
    """A colleague says why the promise was not kept in time. Raises NotMissed."""
    if not is_missed(promise, at):
        raise NotMissed
    promise.missed_reason = reason
    details = {"standard": promise.standard, "regime": promise.regime, "reason": reason}
    add_to_history(promise.case, "miss_explained", at, who, **details)


def end_promises(case: Case, standards: Iterable[str], at: datetime, who: str | None, reason: str) -> list[Promise]:
    """What was promised falls away: refused, withdrawn, asked as a service request. Gives those that did.

    ``standards`` are keys (every regime of each), or ALL. ALL leaves out the law's: a danger at home has to be dealt
    with whatever becomes of the complaint; name ``hazard.investigate`` and the others to end them. What was kept or
    has fallen away already stays as it is: doing it again changes nothing.
    """
    wanted = set(standards)
    ended = [one for one in case.promises if one.is_open and _is_wanted(one, wanted)]
    for promise in ended:
        write_change(promise, ENDED, at, who, reason)
        promise.ended_at, promise.paused_at = at, None
    if ended:
        add_to_history(case, "promises_ended", at, who, standards=keys_of(ended), reason=reason)
    set_next_due(case)
    return ended


def _is_wanted(promise: Promise, wanted: set[str]) -> bool:
    return promise.standard in wanted or (wanted == set(ALL) and promise.regime != LAW)
