"""Whether somebody's first contact solved what they came for (L07). Nothing here commits."""

from datetime import datetime

from app.cases.actions import add_event
from app.cases.casework_models import Conversation
from app.cases.models import Case
from app.extensions import db

EVENT = "first_contact"


class NothingSaidDone(ValueError):
    """It is said to be solved, and not how."""


def record_first_contact(case: Case, is_solved: bool, what_was_done: str, at: datetime, who: str) -> None:
    """A colleague's word, which can be corrected: the newest holds, each stands in the history.

    It closes nothing and keeps no promise. What was done is kept with the case's conversations: history outlasts the
    words that retention takes away. Raises NothingSaidDone.
    """
    done = what_was_done.strip()
    if is_solved and not done:
        raise NothingSaidDone
    if case.solved_at_first_contact == is_solved and done == how_it_was_solved(case):
        return
    case.solved_at_first_contact = is_solved
    kept = None
    if is_solved:
        channel = case.contacts[0].channel if case.contacts else "phone"
        kept = Conversation(case_id=case.id, at=at, channel=channel, who=who, summary=done, agreed=[])
        db.session.add(kept)
        db.session.flush()
    add_event(case, EVENT, at, who, is_solved=is_solved, conversation=kept.id if kept else None)


def how_it_was_solved(case: Case) -> str:
    """What was done, as a colleague said; empty where nobody did."""
    said = next((event.details for event in reversed(case.events) if event.what == EVENT), {})
    kept = db.session.get(Conversation, said["conversation"]) if said.get("conversation") else None
    return kept.summary if kept else ""
