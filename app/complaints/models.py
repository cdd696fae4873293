"""A complaint's file: what it is about, its stages, points, remedies, learning, and a refusal where there was one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from app.cases.models import Case
from app.complaints.stages import DECISIONS, REMEDIES, TRIAGES
from app.extensions import Model, UtcDateTime
from app.staff.models import StaffMember


def _one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ('" + "', '".join(values) + "')", name=name)


class ComplaintFile(Model):
    """What is known of one complaint as a whole. One row a case of this kind, made with it."""

    __tablename__ = "complaint_file"
    __table_args__ = (_one_of("triage", TRIAGES, "triage_is_known"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    # A service request asks for something to be put right; the tenant can always say that it is a complaint (V08).
    triage: Mapped[str | None] = mapped_column(String(20))
    triaged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    triaged_by: Mapped[str | None] = mapped_column(String(320))
    tenants_say: Mapped[str | None] = mapped_column(Text)  # what they answered when asked how it should be handled
    kind_of_complaint: Mapped[str | None] = mapped_column(String(60))  # a key of the policy's complaint_kinds (V06)
    # In our words, as agreed with the tenant; the acknowledgement and every answer say it (Code 6.2).
    definition: Mapped[str | None] = mapped_column(Text)
    outcomes_sought: Mapped[str | None] = mapped_column(Text)
    defined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    defined_by: Mapped[str | None] = mapped_column(String(320))
    is_agreed: Mapped[bool] = mapped_column(default=False)  # the tenant said yes to the definition
    # The language of what colleagues write here: letters mark it where it is not their own. Null: the landlord's first.
    written_in: Mapped[str | None] = mapped_column(String(20))
    # Put right at once, while the complaint goes on until the tenant is content (V07, L33).
    there_and_then: Mapped[str | None] = mapped_column(Text)
    there_and_then_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the tenant

    # The case holds its file: without that it could be gone between two lines that change it.
    case: Mapped[Case] = relationship(backref=backref("complaint_file", uselist=False))
    stages: Mapped[list["ComplaintStage"]] = relationship(back_populates="file", order_by="ComplaintStage.number")
    points: Mapped[list["ComplaintPoint"]] = relationship(back_populates="file", order_by="ComplaintPoint.id")
    remedies: Mapped[list["Remedy"]] = relationship(back_populates="file", order_by="Remedy.id")
    learning: Mapped[list["Learning"]] = relationship(back_populates="file", order_by="Learning.id")
    refusals: Mapped[list["Refusal"]] = relationship(back_populates="file", order_by="Refusal.id")
    referrals: Mapped[list["OmbudsmanReferral"]] = relationship(back_populates="file", order_by="OmbudsmanReferral.id")

    def stage(self, number: int) -> "ComplaintStage | None":
        return next((stage for stage in self.stages if stage.number == number), None)


class ComplaintStage(Model):
    __tablename__ = "complaint_stage"
    __table_args__ = (
        UniqueConstraint("case_id", "number", name="stage_begins_once"),
        CheckConstraint("number IN (1, 2)", name="complaint_has_two_stages"),
        _one_of("decision", DECISIONS, "decision_is_known"),
        CheckConstraint("answered_at IS NULL OR decision IS NOT NULL", name="answer_has_a_decision"),
        Index("ix_complaint_stage_began", "began_at"),
        Index("ix_complaint_stage_answered", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("complaint_file.case_id"), index=True)
    number: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Of stage 2: whether it was asked for after the last day, and what a person decided about that (V10).
    is_late: Mapped[bool] = mapped_column(default=False)
    late_taken_by: Mapped[str | None] = mapped_column(String(320))
    contacted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a colleague spoke with the tenant (V09)
    contacted_by: Mapped[str | None] = mapped_column(String(320))
    decision: Mapped[str | None] = mapped_column(String(20))
    findings: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the answer was written: its words are fixed

    file: Mapped[ComplaintFile] = relationship(back_populates="stages")
    decided_by: Mapped[StaffMember | None] = relationship()


class ComplaintPoint(Model):
    """One thing that the tenant raised. No answer goes out before each has its own (Code 6.6)."""

    __tablename__ = "complaint_point"
    __table_args__ = (
        _one_of("decision", DECISIONS, "point_decision_is_known"),
        CheckConstraint("stage IN (1, 2)", name="point_is_raised_in_a_stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("complaint_file.case_id"), index=True)
    stage: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by: Mapped[str] = mapped_column(String(320))  # the colleague who listed it
    decision: Mapped[str | None] = mapped_column(String(20))
    answer: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None] = mapped_column(Text)  # the policy, law or good practice that the answer rests on
    answered_by: Mapped[str | None] = mapped_column(String(320))

    file: Mapped[ComplaintFile] = relationship(back_populates="points")


class Remedy(Model):
    __tablename__ = "remedy"
    __table_args__ = (
        _one_of("kind", REMEDIES, "remedy_is_known"),
        CheckConstraint("pence IS NULL OR pence > 0", name="money_is_more_than_nothing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("complaint_file.case_id"), index=True)
    stage: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)
    pence: Mapped[int | None]
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_by: Mapped[str] = mapped_column(String(320))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    file: Mapped[ComplaintFile] = relationship(back_populates="remedies")


class Learning(Model):
    """What we change so that it does not happen again (L35)."""

    __tablename__ = "learning"
    __table_args__ = (Index("ix_learning_recorded", "recorded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("complaint_file.case_id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    service: Mapped[str | None] = mapped_column(String(60))  # a key of the policy's services
    may_be_published: Mapped[bool] = mapped_column(default=False)  # it names nobody
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(320))
    changed_on: Mapped[date | None] = mapped_column(Date)  # when the change was made

    file: Mapped[ComplaintFile] = relationship(back_populates="learning")


class Refusal(Model):
    """A complaint, or its second stage, is not taken: the ground, the evidence for it, and the letter (L36, Code 2)."""

    __tablename__ = "refusal"
    __table_args__ = (
        CheckConstraint("stage IN (1, 2)", name="refusal_is_of_a_stage"),
        Index("ix_refusal_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("complaint_file.case_id"), index=True)
    stage: Mapped[int]  # 1: the complaint; 2: its second stage
    ground: Mapped[str] = mapped_column(String(60))  # a key of the policy's exclusions, or of its grounds at stage 2
    evidence: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)  # as the tenant reads them
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # we took the complaint after all

    file: Mapped[ComplaintFile] = relationship(back_populates="refusals")


class OmbudsmanReferral(Model):
    __tablename__ = "ombudsman_referral"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("complaint_file.case_id"), index=True)
    referred_on: Mapped[date] = mapped_column(Date)
    their_reference: Mapped[str | None] = mapped_column(String(60))
    evidence_due_on: Mapped[date | None] = mapped_column(Date)
    decision: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(320))

    file: Mapped[ComplaintFile] = relationship(back_populates="referrals")
