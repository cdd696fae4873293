"""The shared record: a case, the contacts that made it, what was promised, and what happened."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model, UtcDateTime
from app.staff.models import StaffMember, Team
from app.tenants.models import Tenant

KINDS = ("complaint", "compliment", "suggestion", "antisocial-behaviour", "enquiry")
CHANNELS = ("web", "phone", "email", "letter", "social", "voicemail", "visit", "chat")
# Why somebody got in touch: to open the case, to add an incident to its diary or anything else, or to ask for more.
PURPOSES = ("opening", "diary", "more", "complaint-asked", "stage-2-asked")


class Case(Model):
    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="case_kind_is_known"),
        CheckConstraint("status IN ('open', 'closed')", name="case_is_open_or_closed"),
        CheckConstraint("stage IS NULL OR stage IN (1, 2)", name="complaint_is_at_stage_1_or_2"),
        Index("ix_case_what_is_due_first", "status", "next_due_at", "id"),
        Index("ix_case_of_handler", "status", "handler_id", "next_due_at", "id"),
        Index("ix_case_of_team", "status", "team_id", "next_due_at", "id"),
        Index("ix_case_of_kind", "status", "kind", "next_due_at", "id"),
        Index("ix_case_closed", "closed_at"),
        Index("ix_case_to_anonymise", "anonymised_at", "kind", "closed_at"),
        Index("ix_case_closed_lately", "status", "closed_at", "id"),
        Index("ix_case_by_receipt", "status", "received_at", "id"),
        Index("ix_case_by_name", "status", "sort_name", "id"),
        Index("ix_case_by_reference", "status", "reference", "id"),
        Index("ix_case_of_stage", "status", "stage", "next_due_at", "id"),
        Index("ix_case_waiting", "status", "waiting_since_at", "id"),
        Index("ix_case_with_hazard", "status", "hazard", "next_due_at", "id"),
        Index(
            "ix_case_restricted",
            "status",
            "next_due_at",
            "id",
            sqlite_where=text("is_restricted IS 1"),  # in the words in which lists asks for it: else it is not used
            postgresql_where=text("is_restricted IS true"),
        ),
        Index("ix_case_received", "received_at", "id", "kind", "solved_at_first_contact"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    landlord: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(10), default="open")
    is_restricted: Mapped[bool] = mapped_column(default=False)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True)
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    language: Mapped[str] = mapped_column(String(20))  # of every letter about it
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The earliest promise still open: stored, so that the caseload can be sorted by it. Null when none is.
    next_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # A key of the policy's hazards, where the law's clocks for hazards run beside the others (Awaab's Law).
    hazard: Mapped[str | None] = mapped_column(String(40))
    # With the reference it lets the tenant follow the case. Receipts say it in every format, so it is kept readable.
    return_code: Mapped[str | None] = mapped_column(String(20))
    # A complaint's: 1 or 2. A trigger refuses a handler at stage 2 who took part in stage 1 (Code 6.13).
    stage: Mapped[int | None]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))  # whose work it is; null: nobody's yet
    # Since when every open promise waits for the tenant's answer; null while we have something to do.
    waiting_since_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    solved_at_first_contact: Mapped[bool | None]  # L07; null where nobody said
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_because: Mapped[str | None] = mapped_column(String(40))  # a key of cases/closing.py
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by retention: the words are gone, counts stay
    # What lists of names are sorted by, the same on both databases: languages/sorting.stored_key.
    sort_name: Mapped[str] = mapped_column(
        String(60).with_variant(String(60, collation="C"), "postgresql"), default="", server_default=""
    )
    # One draft makes one case, however often its button is pressed.
    draft_id: Mapped[str | None] = mapped_column(String(64), unique=True)

    tenant: Mapped[Tenant] = relationship()
    handler: Mapped[StaffMember | None] = relationship()
    team: Mapped[Team | None] = relationship()
    contacts: Mapped[list["Contact"]] = relationship(back_populates="case", order_by="Contact.received_at")
    promises: Mapped[list["Promise"]] = relationship(back_populates="case", order_by="Promise.due_at")
    events: Mapped[list["Event"]] = relationship(back_populates="case", order_by="Event.id")


class Contact(Model):
    """One time that somebody wrote, rang or came by; ``answers`` are their own words, by question."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("channel IN ('" + "', '".join(CHANNELS) + "')", name="contact_channel_is_known"),
        CheckConstraint("purpose IN ('" + "', '".join(PURPOSES) + "')", name="contact_purpose_is_known"),
        CheckConstraint("addressee IN ('team', 'colleague')", name="contact_addressee_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(20), default="opening")
    addressee: Mapped[str] = mapped_column(String(20), default="team")  # colleague: somebody was written to directly
    language: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_by: Mapped[str | None] = mapped_column(String(320))  # the colleague's email; null from the web

    case: Mapped[Case] = relationship(back_populates="contacts")


class Promise(Model):
    """A due date that was given, stored with its working: never recomputed silently, the letter already said it."""

    __tablename__ = "promise"
    __table_args__ = (
        UniqueConstraint("case_id", "standard", "regime", name="promise_is_made_once"),
        CheckConstraint("regime IN ('landlord', 'code', 'law')", name="promise_regime_is_known"),
        Index("ix_promise_due", "due_at", "id", "regime", "standard", "met_at", "ended_at", "paused_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    standard: Mapped[str] = mapped_column(String(80))  # a key of the policy, such as complaint.acknowledge
    regime: Mapped[str] = mapped_column(String(20))  # whose: the landlord's own, the Code's, or the law's
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))  # working_days | hours | calendar_days
    counted_from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    working: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # a row a day: date, counts, reason
    source: Mapped[str] = mapped_column(Text)
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # since when it waits for the tenant
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # it fell away: withdrawn, refused, closed
    missed_reason: Mapped[str | None] = mapped_column(Text)  # a colleague's words

    case: Mapped[Case] = relationship(back_populates="promises")
    changes: Mapped[list["PromiseChange"]] = relationship(back_populates="promise", order_by="PromiseChange.id")

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.ended_at is None


class PromiseChange(Model):
    """Why a promise falls due on another day than was first said. The day before stays, with its working."""

    __tablename__ = "promise_change"
    __table_args__ = (
        CheckConstraint(
            "what IN ('paused', 'resumed', 'extended', 'recounted', 'missed', 'ended')", name="promise_change_is_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(20))
    who: Mapped[str | None] = mapped_column(String(320))  # null: the machine
    reason: Mapped[str] = mapped_column(Text, default="")
    due_before_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_after_at: Mapped[datetime] = mapped_column(UtcDateTime)
    working_before: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    promise: Mapped[Promise] = relationship(back_populates="changes")


_LOOKS = text("what IN ('case_viewed', 'file_viewed', 'letter_viewed')")  # by colleagues, at restricted cases


class Event(Model):
    """What happened to a case. Rows are added, never changed or removed: the database itself refuses.

    Only once the case is anonymised may the details be emptied (cases/retention.py).
    """

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_looks", "at", "id", sqlite_where=_LOOKS, postgresql_where=_LOOKS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(60))  # case_opened, handler_named, letter_made, promise_met…
    who: Mapped[str | None] = mapped_column(String(320))  # the colleague's email; null for the tenant or the machine
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    case: Mapped[Case] = relationship(back_populates="events")


class Trait(Model):
    """Something by which a case of the same person is found: a hash of the folded name, email, phone or words."""

    __tablename__ = "trait"
    __table_args__ = (Index("ix_trait_near", "value", "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    value: Mapped[str] = mapped_column(String(32))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
