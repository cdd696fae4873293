"""What is removed of a check of quality when its case's time is over: the notes. The answers are counted."""

from sqlalchemy import update

from app.cases.models import Case
from app.extensions import db
from app.measures.models import QualityCheck


def forget(case: Case) -> None:
    """No commit."""
    noted = update(QualityCheck).where(QualityCheck.case_id == case.id, QualityCheck.notes.is_not(None))
    db.session.execute(noted.values(notes=""))
