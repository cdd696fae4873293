"""What a report of antisocial behaviour has beside its case."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.extensions import Model, UtcDateTime

RISK_BANDS = ("high", "medium", "standard")


class Report(Model):
    """The risk as it was judged when the report came in, with its working; and what it is counted under (NM01)."""

    __tablename__ = "antisocial_behaviour_report"
    __table_args__ = (CheckConstraint("risk_band IN ('" + "', '".join(RISK_BANDS) + "')", name="risk_band_is_known"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    risk_band: Mapped[str] = mapped_column(String(20))
    risk_points: Mapped[int]
    risk_working: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # a row an answer: question, answer, points
    hate_strands: Mapped[list[str]] = mapped_column(JSON)  # as perceived by the victim or anyone else; [] is none
    is_domestic_abuse: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship()


class RiskReview(Model):
    """The risk as a colleague judges it later; the newest is the one that holds."""

    __tablename__ = "risk_review"
    __table_args__ = (CheckConstraint("band IN ('" + "', '".join(RISK_BANDS) + "')", name="reviewed_band_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("antisocial_behaviour_report.case_id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))
    band: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text)
    next_on: Mapped[date] = mapped_column(Date)  # when it is looked at again

    report: Mapped[Report] = relationship(backref="reviews")
