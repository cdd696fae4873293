"""The check of quality: which closed cases were drawn, and what a reviewer found (V02)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.extensions import Model, UtcDateTime
from app.staff.models import StaffMember


class QualityCheck(Model):
    """One closed case of a month's sample, and its reviewer's answers. Null answers: not looked at yet."""

    __tablename__ = "quality_check"
    __table_args__ = (UniqueConstraint("month", "case_id", name="case_is_drawn_once_a_month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(String(7), index=True)  # 2026-11: the month in which the case was closed
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seed: Mapped[str] = mapped_column(String(64))  # with it the sample can be drawn again
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # effect, consistency, points, tone, format
    notes: Mapped[str | None] = mapped_column(Text)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    reviewer: Mapped[StaffMember | None] = relationship()
