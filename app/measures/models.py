"""What is kept beside the cases: figures counted by month, exports, and the check of quality (V02)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
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


class Figure(Model):
    """How many rows a measure had in a span, by up to three things (app/measures/counted.py says which).

    It can be counted anew at any time: nothing but speed is lost when the table is empty.
    """

    __tablename__ = "figure"

    span: Mapped[str] = mapped_column(String(7), primary_key=True)  # 2026-11, London's month; now: as things stand
    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    a: Mapped[str] = mapped_column(String(80), primary_key=True)
    b: Mapped[str] = mapped_column(String(80), primary_key=True)
    c: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]


class CountedSpan(Model):
    """When a span's figures were counted, and how long that took: what is slow is counted less often."""

    __tablename__ = "counted_span"

    span: Mapped[str] = mapped_column(String(7), primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    milliseconds: Mapped[int]


class ExportMade(Model):
    """Who took which rows out, and when. Never changed once it has ended."""

    __tablename__ = "export_made"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str | None] = mapped_column(String(320))  # the colleague's email; null: the command line
    what: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(10))
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    has_restricted: Mapped[bool]  # rows of restricted cases are among them
    rows: Mapped[int | None]
    left_out: Mapped[int | None]  # rows of restricted cases, which were not given
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # null: it broke off, or still runs
