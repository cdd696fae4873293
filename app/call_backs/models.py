"""Requests to be called back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
        Index("ix_call_back_ended", "ended_at"),
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

    events: Mapped[list["CallBackEvent"]] = relationship(back_populates="call_back", order_by="CallBackEvent.id")


class CallBackEvent(Model):
    """What colleagues did with a call: rang in vain, moved it, took a wrong press back. Rows are only added."""

    __tablename__ = "call_back_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_back_id: Mapped[int] = mapped_column(ForeignKey("call_back.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(40))  # called, missed, cancelled, moved, taken_back
    who: Mapped[str | None] = mapped_column(String(320))  # the colleague's email; null for the tenant
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    call_back: Mapped[CallBack] = relationship(back_populates="events")
