"""What becomes of a suggestion: we do it, we look into it, we do not; and why (V01). Nothing here commits."""

from datetime import datetime

from sqlalchemy import select

from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.feedback.models import DECISIONS as DECISIONS
from app.feedback.models import WILL_DO as WILL_DO
from app.feedback.models import WILL_LOOK as WILL_LOOK
from app.feedback.models import WILL_NOT as WILL_NOT
from app.feedback.models import SuggestionDecision


class NotToBePublished(ValueError):
    """The tenant did not allow it."""


def may_publish(case: Case) -> bool:
    """Whether the tenant allowed it, without their name."""
    return any(contact.answers.get("may_publish") == "yes" for contact in case.contacts)


def wants_answer(case: Case) -> bool:
    return not any(contact.answers.get("wants_answer") == "no" for contact in case.contacts)


def decide(
    case: Case, decision: str, theme: str, why: str, at: datetime, who: str, public_words: str = ""
) -> SuggestionDecision:
    """``decision`` is one of DECISIONS, ``theme`` a key of the policy's services.

    ``public_words`` say, without a name, what was suggested and what becomes of it. Raises NotToBePublished.
    """
    if public_words and not may_publish(case):
        raise NotToBePublished
    made = SuggestionDecision(
        case=case, decision=decision, theme=theme, why=why, public_words=public_words or None, at=at, who=who
    )
    db.session.add(made)
    add_event(case, "suggestion_decided", at, who, decision=decision, theme=theme)
    return made


def decision_of(case: Case) -> SuggestionDecision | None:
    """The newest; None while nobody has decided."""
    wanted = select(SuggestionDecision).where(SuggestionDecision.case_id == case.id)
    return db.session.scalar(wanted.order_by(SuggestionDecision.id.desc()).limit(1))
