"""What colleagues do in a case of any kind: who took part, actions, conversations, hand-overs, checks, links, holds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.extensions import Model, UtcDateTime
from app.staff.models import StaffMember


class Participation(Model):
    """A colleague took part in a complaint's stage. Whoever took part in stage 1 cannot handle stage 2 (Code 6.13)."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("case_id", "staff_member_id", "stage", name="participation_is_recorded_once"),
        CheckConstraint("stage IN (1, 2)", name="participation_is_in_a_stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    stage: Mapped[int]
    how: Mapped[str] = mapped_column(String(40))  # handled, decided, answered, contacted…
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    staff_member: Mapped[StaffMember] = relationship()


_TO_DO = text("done_at IS NULL AND dropped_because IS NULL")


class CaseAction(Model):
    """Something that somebody has to do by a day, tracked to the end, after the answer too (L34, Code 6.6)."""

    __tablename__ = "case_action"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR dropped_because IS NULL", name="action_is_done_or_dropped"),
        Index("ix_case_action_to_do", "due_on", "id", sqlite_where=_TO_DO, postgresql_where=_TO_DO),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    words: Mapped[str] = mapped_column(Text)  # as the tenant is told
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    due_on: Mapped[date] = mapped_column(Date)
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_by: Mapped[str] = mapped_column(String(320))
    stage: Mapped[int | None]  # of the complaint whose answer promises it
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(320))
    dropped_because: Mapped[str | None] = mapped_column(Text)

    case: Mapped[Case] = relationship(backref="actions")
    owner: Mapped[StaffMember | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_because is None


class Conversation(Model):
    """A talk with the tenant, as a colleague wrote it down; a follow-up letter says the same (L12)."""

    __tablename__ = "conversation"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[str] = mapped_column(String(20))
    who: Mapped[str] = mapped_column(String(320))  # the colleague's email
    summary: Mapped[str] = mapped_column(Text)
    agreed: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # {"words", "owner", "due_on"}
    letter_id: Mapped[int | None]  # of the follow-up letter; letters lie above this room

    case: Mapped[Case] = relationship(backref="conversations")


class HandOver(Model):
    """The case goes to a named colleague, who gets in touch by a way and at a time that suit the tenant (L08, L13)."""

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))
    colleague_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    channel: Mapped[str] = mapped_column(String(20))  # email | phone | letter | visit
    slot_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    slot_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")  # for the colleague
    in_touch_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship(backref="hand_overs")
    colleague: Mapped[StaffMember] = relationship()


class IdentityCheck(Model):
    """One try to be sure who calls (L06). What was said is not kept, only whether it was right."""

    __tablename__ = "identity_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))
    answers: Mapped[dict[str, Any]] = mapped_column(
        JSON
    )  # date_of_birth, postcode, password: right | wrong | not-asked
    has_passed: Mapped[bool]


class CaseLink(Model):
    """Two cases that belong together: ``case`` is joined to ``other``, split from it, or about the same."""

    __tablename__ = "case_link"
    __table_args__ = (
        UniqueConstraint("case_id", "other_id", "how", name="cases_are_linked_once"),
        CheckConstraint("how IN ('joined', 'split', 'related')", name="case_link_is_known"),
        CheckConstraint("case_id <> other_id", name="case_is_linked_to_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    how: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str | None] = mapped_column(String(320))

    case: Mapped[Case] = relationship(foreign_keys=[case_id])
    other: Mapped[Case] = relationship(foreign_keys=[other_id])


class LegalHold(Model):
    """While it stands, retention leaves the case as it is."""

    __tablename__ = "legal_hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))
    reason: Mapped[str] = mapped_column(Text)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by: Mapped[str | None] = mapped_column(String(320))

    case: Mapped[Case] = relationship(backref="legal_holds")


class NeedsOverride(Model):
    """A letter went out otherwise than the tenant needs, or by a way that they ruled out: why, and who said so."""

    __tablename__ = "needs_override"
    __table_args__ = (Index("ix_needs_override_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))
    needs: Mapped[list[str]] = mapped_column(JSON)  # those not met: format, language, safe-way, channel
    reason: Mapped[str] = mapped_column(Text)
    letter_id: Mapped[int | None]

    case: Mapped[Case] = relationship()


class CaseDraft(Model):
    """What colleagues began to write on one of a case's pages: an answer, a plan. Gone once it is sent."""

    __tablename__ = "case_draft"
    __table_args__ = (UniqueConstraint("case_id", "page", name="case_has_one_draft_a_page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    page: Mapped[str] = mapped_column(String(40))  # answer, plan
    given: Mapped[dict[str, Any]] = mapped_column(JSON)  # by field
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))  # the colleague's email


class Appointment(Model):
    """A visit that a tenant was told of in a letter: when, by whom, and how they show who they are (L43)."""

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("ends_at > begins_at", name="appointment_ends_after_it_begins"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    purpose: Mapped[str] = mapped_column(Text)
    words_language: Mapped[str] = mapped_column(String(20))
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    who_comes: Mapped[str] = mapped_column(String(200))
    comes_for: Mapped[str | None] = mapped_column(String(200))  # a firm that works for the landlord
    is_called_ahead: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(320))
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_by: Mapped[str | None] = mapped_column(String(320))

    case: Mapped[Case] = relationship(backref="appointments")


class KnownHoliday(Model):
    """A closed day with which the open clocks have been counted: one that is not here yet is new, and moves them."""

    __tablename__ = "known_holiday"

    on: Mapped[date] = mapped_column(Date, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
