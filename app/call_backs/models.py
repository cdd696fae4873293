"""Requests to be called back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, UtcDateTime

STATES = ("waiting", "called", "missed", "cancelled")


class CallBack(Model):
    """One call that somebody asked for.

    Within its time it is called in the order of ``placed_at``: when the tenant got this place, by asking or by moving
    there. So nobody's number ever grows: who moves stands behind those that are there already.
    """

    __tablename__ = "call_back"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="call_back_state_is_known"),
        Index("ix_call_back_queue", "state", "slot_at", "placed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    landlord: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(500))
    phone: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(20))  # of the form
    interpreter_language: Mapped[str | None] = mapped_column(String(100))
    about: Mapped[str | None] = mapped_column(String(1000))
    may_leave_messages: Mapped[bool] = mapped_column(default=False)
    slot_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when the time that was chosen begins
    slot_ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)  # the wait is counted from here
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # called, missed or cancelled
    ended_by: Mapped[str | None] = mapped_column(String(320))  # the colleague's email; null for the tenant
    # In the link that cancels or moves it. Unguessable.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    draft_id: Mapped[str | None] = mapped_column(String(64), unique=True)
