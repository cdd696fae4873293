"""An answer to a complaint gets more time, by a letter that says why and until when (L34; Code 6.4, 6.5, 6.15).

Nothing here commits. The letter is written in the same act by a room above.
"""

from datetime import date, datetime
from typing import Any

from app.cases.clock import LONDON, moment_of
from app.cases.models import Case, Promise
from app.cases.moving import limit_of, more_days, reasons_against_more_time
from app.cases.promises import set_next_due
from app.cases.waiting import EXTENDED, add_to_history, changes_since_it_began, has_been_extended, write_change
from app.landlords.shapes import Landlord

CODE = "code"


class NoMoreTime(Exception):
    """The answer cannot be put off until then. ``reasons`` are keys of ``moving``."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


def answers_at(case: Case, stage: int) -> list[Promise]:
    """The open promises to answer the complaint at this stage: the landlord's and the Code's."""
    return [one for one in case.promises if one.is_open and one.standard == f"complaint.stage_{stage}_response"]


def limit_for(case: Case, landlord: Landlord, stage: int) -> datetime | None:
    """The last moment to which the answer can be put off by the Code, from when it was due at first.

    Counted from the Code's own due date; from the landlord's while the Code's clock has not begun. None where no answer
    is open.
    """
    answers = sorted(answers_at(case, stage), key=lambda promise: promise.regime != CODE)
    if not answers:
        return None
    first_due = next(
        (one.due_before_at for one in changes_since_it_began(answers[0]) if one.what == EXTENDED), answers[0].due_at
    )
    on = first_due.astimezone(LONDON).date()
    extensions = landlord.standards_after("complaint", f"stage_{stage}_response_due", on)
    return min((limit_of(first_due, one, landlord.calendar, landlord.hours) for one in extensions), default=first_due)


def reasons_against_extending(
    case: Case, landlord: Landlord, stage: int, new_on: date, now: datetime, *, is_beyond_confirmed: bool = False
) -> tuple[str, ...]:
    """Why the answer at this stage cannot be put off until then, as keys of ``moving``; empty where it can."""
    answers = answers_at(case, stage)
    return reasons_against_more_time(
        new_on,
        now,
        [promise.due_at for promise in answers],
        limit_for(case, landlord, stage) or now,
        landlord.calendar,
        landlord.hours,
        is_beyond_confirmed=is_beyond_confirmed,
        had_more_time=any(has_been_extended(promise) for promise in answers),
    )


def extend(
    case: Case,
    landlord: Landlord,
    stage: int,
    new_on: date,
    at: datetime,
    who: str,
    reason: str,
    *,
    is_beyond_confirmed: bool = False,
    **details: Any,
) -> list[Promise]:
    """Put the answer off until closing time of ``new_on``; whoever calls this writes the letter in the same act.

    The landlord's and the Code's promise move, each where it would fall due earlier; one that is late already stays
    late. ``details`` go into the history. Gives those that moved. Raises NoMoreTime.
    """
    if reasons := reasons_against_extending(case, landlord, stage, new_on, at, is_beyond_confirmed=is_beyond_confirmed):
        raise NoMoreTime(reasons)
    new_at, limit = moment_of(new_on, landlord.hours.closes), limit_for(case, landlord, stage)
    moved = [promise for promise in answers_at(case, stage) if at <= promise.due_at < new_at]
    was_due = min(promise.due_at for promise in moved)
    for promise in moved:
        rows = [*promise.working, *(step.as_row() for step in more_days(promise.due_at, new_at, landlord.calendar))]
        write_change(promise, EXTENDED, at, who, reason, new_at)
        promise.working = rows
    known = {"stage": stage, "was_due": was_due.isoformat(), "due": new_at.isoformat(), "reason": reason}
    is_beyond = limit is not None and new_at > limit
    add_to_history(case, "answer_extended", at, who, **known, is_beyond_limit=is_beyond, **details)
    set_next_due(case)
    return moved
