"""What is removed of a report when its time is over: the answers behind the risk, and what reviewers wrote."""

from sqlalchemy import update

from app.antisocial_behaviour.models import Report, RiskReview
from app.cases.models import Case
from app.extensions import db


def forget(case: Case) -> None:
    """Band, points, strands of hate and the days of reviews stay: they are counted (NM01). No commit."""
    db.session.execute(update(Report).where(Report.case_id == case.id).values(risk_working=[]))
    db.session.execute(update(RiskReview).where(RiskReview.case_id == case.id).values(reasons=""))
