"""Whether somebody's first contact solved what they came for (L07). Nothing here commits."""

from datetime import datetime

from app.cases.actions import add_event
from app.cases.models import Case


class NothingSaidDone(ValueError):
    """It is said to be solved, and not how."""


def record_first_contact(case: Case, is_solved: bool, what_was_done: str, at: datetime, who: str) -> None:
    """A colleague's word, which can be corrected: the newest holds, each stands in the history.

    It closes nothing and keeps no promise. Raises NothingSaidDone.
    """
    if is_solved and not what_was_done.strip():
        raise NothingSaidDone
    if case.solved_at_first_contact == is_solved and what_was_done.strip() == how_it_was_solved(case):
        return
    case.solved_at_first_contact = is_solved
    add_event(case, "first_contact", at, who, is_solved=is_solved, done=what_was_done.strip())


def how_it_was_solved(case: Case) -> str:
    """What was done, as a colleague said; empty where nobody did."""
    said = next((event.details for event in reversed(case.events) if event.what == "first_contact"), {})
    return str(said.get("done") or "")
