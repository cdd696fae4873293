"""What a report of antisocial behaviour has beside its case."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.extensions import Model

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
