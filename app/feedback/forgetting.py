"""What is removed of a decision on a suggestion when its case's time is over: why, in our words."""

from sqlalchemy import update

from app.cases.models import Case
from app.extensions import db
from app.feedback.models import SuggestionDecision


def forget(case: Case) -> None:
    """The decision and its theme are counted; public words were written to name nobody. No commit."""
    db.session.execute(update(SuggestionDecision).where(SuggestionDecision.case_id == case.id).values(why=""))
