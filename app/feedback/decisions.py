"""What becomes of a suggestion: we do it, we look into it, we do not; and why (V01). Nothing here commits."""

from datetime import datetime

from app.cases.actions import add_event
from app.cases.models import Case, Event

WILL_DO, WILL_LOOK, WILL_NOT = DECISIONS = ("will-do", "will-look-into-it", "will-not")


class NotToBePublished(ValueError):
    """The tenant did not allow it."""


def may_publish(case: Case) -> bool:
    """Whether the tenant allowed it, without their name."""
    return any(contact.answers.get("may_publish") == "yes" for contact in case.contacts)


def wants_answer(case: Case) -> bool:
    return not any(contact.answers.get("wants_answer") == "no" for contact in case.contacts)


def decide(case: Case, decision: str, theme: str, why: str, at: datetime, who: str, public_words: str = "") -> None:
    """``decision`` is one of DECISIONS, ``theme`` a key of the policy's services.

    ``public_words`` say, without a name, what was suggested and what becomes of it. Raises NotToBePublished.
    """
    if public_words and not may_publish(case):
        raise NotToBePublished
    add_event(
        case, "suggestion_decided", at, who, decision=decision, theme=theme, why=why, public_words=public_words or None
    )


def decision_of(case: Case) -> Event | None:
    """The newest; None while nobody has decided."""
    return next((event for event in reversed(case.events) if event.what == "suggestion_decided"), None)
