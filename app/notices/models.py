"""Service notices, what was added to them, what happened to them; who wants them by email; how long callers wait."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model, UtcDateTime


class Notice(Model):
    """One notice. It shows itself from ``announce_at`` until it is over: ``ends_at``, resolved or cancelled."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('planned-maintenance', 'technical-trouble', 'busy-lines', 'severe-weather', 'office-closed',"
            " 'repairs-programme', 'other')",
            name="notice_kind_is_known",
        ),
        CheckConstraint("severity IN ('information', 'important', 'urgent')", name="notice_severity_is_known"),
        CheckConstraint("state IN ('draft', 'to-approve', 'published', 'cancelled')", name="notice_state_is_known"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="notice_ends_after_it_starts"),
        CheckConstraint("state != 'published' OR published_at IS NOT NULL", name="notice_published_has_its_moment"),
        Index("ix_notice_shown", "state", "resolved_at", "ends_at"),
        Index("ix_notice_starts", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)  # in addresses and feeds: never changes
    kind: Mapped[str] = mapped_column(String(30))
    severity: Mapped[str] = mapped_column(String(20), default="information")
    services: Mapped[list[str]] = mapped_column(JSON, default=list)  # keys of shapes.SERVICES
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)  # postcode districts, such as EX4; none: everywhere
    words: Mapped[dict[str, Any]] = mapped_column(JSON)  # {"en": {"title": "…", "words": "Markdown of few signs"}}
    state: Mapped[str] = mapped_column(String(20), default="draft")
    announce_at: Mapped[datetime] = mapped_column(UtcDateTime)  # shown from then on, once published
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # none: until resolved
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)  # last, by anybody
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[str] = mapped_column(String(320))  # an email address, or "command"
    published_by: Mapped[str | None] = mapped_column(String(320))
    version: Mapped[int] = mapped_column(default=1)  # counts every change: SEQUENCE of a calendar's event
    # The lead time as it was judged when it was published; null where the landlord promises none for this kind.
    lead_latest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lead_is_kept: Mapped[bool | None]
    lead_working: Mapped[list[Any] | None] = mapped_column(JSON)
    lead_reason: Mapped[str | None] = mapped_column(Text)  # why it was published too late all the same
    lead_reason_by: Mapped[str | None] = mapped_column(String(320))

    updates: Mapped[list["NoticeUpdate"]] = relationship(
        back_populates="notice", order_by="NoticeUpdate.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["NoticeEvent"]] = relationship(
        back_populates="notice", order_by="NoticeEvent.id", cascade="all, delete-orphan"
    )


class NoticeUpdate(Model):
    """What was added to a published notice. Nothing is taken back."""

    __tablename__ = "notice_update"
    __table_args__ = (CheckConstraint("what IN ('update', 'resolved', 'cancelled')", name="notice_update_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(320))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)  # {"en": "…"}; may be empty for the two others

    notice: Mapped[Notice] = relationship(back_populates="updates")


class NoticeEvent(Model):
    """The history of a notice, for colleagues."""

    __tablename__ = "notice_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(320))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    notice: Mapped[Notice] = relationship(back_populates="events")


class Subscriber(Model):
    """Somebody who wants notices by email. Nothing is sent before they confirmed, nor after they ended it."""

    __tablename__ = "notice_subscriber"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)  # as it is compared: lower case
    language: Mapped[str] = mapped_column(String(20))
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)  # districts; none: all notices
    secret: Mapped[str] = mapped_column(String(64), unique=True)  # in the links to confirm and to end
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NoticeMail(Model):
    """What was put in the outbox for a subscriber: each thing once, however often the worker begins anew."""

    __tablename__ = "notice_mail"
    __table_args__ = (UniqueConstraint("subscriber_id", "notice_id", "what", name="notice_is_mailed_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("notice_subscriber.id", ondelete="CASCADE"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(40))  # "published", or "update-" and the update's number
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class WaitingTime(Model):
    """How long callers wait, as a colleague said it. The newest that is not over counts."""

    __tablename__ = "waiting_time"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 240", name="waiting_time_can_be_waited"),
        CheckConstraint("until > set_at", name="waiting_time_ends_after_it_begins"),
        Index("ix_waiting_time_until", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str] = mapped_column(String(320))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # before its time
