"""The risk of a report as colleagues judge it later: the newest review holds. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select

from app.antisocial_behaviour.models import Report, RiskReview
from app.antisocial_behaviour.risk import BANDS, HIGH
from app.cases.actions import add_event
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db


class NoReasons(ValueError):
    """A colleague who judges the risk says why."""


class NotAhead(ValueError):
    """The next review is on a day still to come."""


class NoReport(LookupError):
    """The case is no report of antisocial behaviour."""


@dataclass(frozen=True)
class Risk:
    """As it holds now. ``next_on`` is the day of the next review; None while nobody has reviewed it."""

    band: str
    next_on: date | None = None
    review: RiskReview | None = None

    def is_due(self, today: date) -> bool:
        """Whether it is to be looked at again today, or should have been. High risk never waits for its first look."""
        return self.band == HIGH if self.next_on is None else self.next_on <= today


def risk_of(case: Case) -> Risk | None:
    """None for a case that is no report."""
    report = db.session.get(Report, case.id)
    if report is None:
        return None
    newest = db.session.scalar(_reviews(case).limit(1))
    return Risk(newest.band, newest.next_on, newest) if newest else Risk(report.risk_band)


def reviews_of(case: Case) -> Sequence[RiskReview]:
    """The newest first."""
    return db.session.scalars(_reviews(case)).all()


def review(case: Case, band: str, reasons: str, next_on: date, at: datetime, who: str) -> RiskReview:
    """A colleague judges the risk anew. Raises NoReport, NoReasons, NotAhead."""
    before = risk_of(case)
    if before is None:
        raise NoReport
    if not reasons.strip():
        raise NoReasons
    if next_on <= at.astimezone(LONDON).date():
        raise NotAhead
    made = RiskReview(case_id=case.id, at=at, who=who, band=band, reasons=reasons.strip(), next_on=next_on)
    db.session.add(made)
    db.session.flush()
    add_event(case, "risk_reviewed", at, who, band=band, before=before.band, next_on=next_on.isoformat())
    return made


def higher(one: str, other: str) -> str:
    return max(one, other, key=BANDS.index)


def due_for_review(today: date) -> list[tuple[Case, Risk]]:
    """Open cases whose review is due or overdue, and those of high risk that nobody has reviewed; the oldest first."""
    newest = select(func.max(RiskReview.id)).group_by(RiskReview.case_id)
    wanted = (
        select(Case, Report.risk_band, RiskReview)
        .join(Report, Report.case_id == Case.id)
        .outerjoin(RiskReview, (RiskReview.case_id == Case.id) & RiskReview.id.in_(newest))
        .where(Case.status == "open")
        .where(or_(RiskReview.next_on <= today, RiskReview.id.is_(None) & (Report.risk_band == HIGH)))
    )
    rows = db.session.execute(wanted).all()
    found = [(case, Risk(made.band, made.next_on, made) if made else Risk(band)) for case, band, made in rows]
    return sorted(found, key=lambda pair: (pair[1].next_on or _day_of(pair[0]), pair[0].id))


def _day_of(case: Case) -> date:
    return case.received_at.astimezone(LONDON).date()


def _reviews(case: Case) -> Select[RiskReview]:
    return select(RiskReview).where(RiskReview.case_id == case.id).order_by(RiskReview.id.desc())
