"""How cases end. Nothing is deleted by hand: a case closes for a reason of this table, and can be opened again."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Flask, current_app

from app.cases.actions import add_event
from app.cases.models import Case
from app.cases.promises import set_next_due

ANSWERED, REFUSED, WITHDRAWN, JOINED = "answered", "refused", "withdrawn", "joined"
# By kind: why it may be closed. A complaint is never closed because nobody replied.
BECAUSE: Mapping[str, tuple[str, ...]] = {
    "complaint": (ANSWERED, REFUSED, WITHDRAWN, JOINED, "service-request-done"),
    "compliment": ("passed-on", "answered", "withdrawn"),
    "suggestion": ("answered", "passed-on", "withdrawn"),
    "antisocial-behaviour": ("resolved", "no-further-action", "passed-on", "no-reply", "withdrawn", "joined"),
    "enquiry": ("answered", "passed-on", "service-request-done", "no-reply", "withdrawn", "joined"),
}
# Keys, not words: what stands in a case's history outlasts the words that were anonymised.
REOPENED_BECAUSE = (
    "tenant-came-back",
    "new-information",
    "closed-by-mistake",
    "stage-2-asked",
    "ombudsman-asked",
    "taken-after-all",
    "happened-again",
)
# What stands against closing a case of any kind. Rooms above add their own (``ask_before_closing``).
ACTIONS_OPEN, PROMISES_OPEN, CLOSED_ALREADY = "actions-are-open", "promises-are-open", "case-is-closed"
ASKED_BEFORE_CLOSING = "asked_before_closing"

Owed = Callable[[Case, str | None], tuple[str, ...]]


class StillOwed(Exception):
    """The case cannot be closed now. ``reasons`` are keys: those above, or of complaints.stages.AGAINST."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class NoSuchReason(LookupError):
    """Cases of this kind are not closed, or opened again, for this reason. The message names it."""


class NotClosed(Exception):
    """The case is open already."""


class Anonymised(Exception):
    """What the case was about is gone: it stays closed."""


def ask_before_closing(app: Flask, kind: str, owed: Owed) -> None:
    """Have a room say what stands against closing a case of its kind.

    ``owed`` is given the case and the reason for which it would be closed, None where nobody has chosen one yet.
    """
    app.extensions.setdefault(ASKED_BEFORE_CLOSING, {})[kind] = owed


def what_is_owed(case: Case, because: str | None = None) -> tuple[str, ...]:
    """What stands against closing the case, as keys; empty where it may be closed (for this reason)."""
    if case.status == "closed":
        return (CLOSED_ALREADY,)
    found = []
    if any(promise.is_open for promise in case.promises):
        found.append(PROMISES_OPEN)
    if any(action.is_open for action in case.actions):  # type: ignore[attr-defined]  # CaseAction's backref
        found.append(ACTIONS_OPEN)
    owed: Owed | None = current_app.extensions.get(ASKED_BEFORE_CLOSING, {}).get(case.kind)
    return tuple(dict.fromkeys((*found, *(owed(case, because) if owed else ()))))


def close(case: Case, because: str, at: datetime, who: str | None) -> None:
    """Close the case. ``because`` is one of ``BECAUSE`` for its kind; ``who`` a colleague's email, None: the machine.

    No commit. Raises NoSuchReason; StillOwed while a promise or an action is open, or its own procedure goes on.
    """
    if because not in BECAUSE[case.kind]:
        raise NoSuchReason(because)
    if reasons := what_is_owed(case, because):
        raise StillOwed(reasons)
    case.status, case.closed_at, case.closed_because = "closed", at, because
    case.waiting_since_at = None
    set_next_due(case)
    add_event(case, "case_closed", at, who, because=because)


def reopen(case: Case, at: datetime, who: str | None, why: str) -> None:
    """Open a closed case again. ``why`` is one of ``REOPENED_BECAUSE``. Promises that had ended stay ended.

    No commit. Raises NoSuchReason, NotClosed, Anonymised.
    """
    if why not in REOPENED_BECAUSE:
        raise NoSuchReason(why)
    if case.status != "closed":
        raise NotClosed
    if case.anonymised_at is not None:
        raise Anonymised
    case.status, case.closed_at, case.closed_because = "open", None, None
    set_next_due(case)
    add_event(case, "case_reopened", at, who, why=why)
