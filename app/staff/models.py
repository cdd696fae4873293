"""Colleagues and what they may do."""

from datetime import date, datetime
from typing import Any

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model, UtcDateTime

ROLES = (
    "advisor",
    "officer",
    "manager",
    "complaints-team",
    "reviewer",
    "translator",
    "auditor",
    "administrator",
)


class StaffRole(Model):
    """Which colleague holds which role."""

    __tablename__ = "staff_role"

    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)


class Role(Model, RoleMixin):
    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    permissions: Mapped[list[str] | None] = mapped_column(JSON)


class StaffMember(Model, UserMixin):
    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(100))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    language: Mapped[str | None] = mapped_column(String(20))  # of the staff pages; null: the landlord's first
    has_shortcuts: Mapped[bool] = mapped_column(default=True)  # single keys on the caseload
    # The names that Flask-Security reads.
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)  # hashes of those not used yet
    last_code_counter: Mapped[int | None]  # of the last code given: it, and those before it, work no more

    roles: Mapped[list[Role]] = relationship(secondary="staff_role")  # type: ignore[assignment]  # a list of any role there
    line_manager: Mapped["StaffMember | None"] = relationship(remote_side=[id], foreign_keys=[line_manager_id])
    team: Mapped["Team | None"] = relationship(foreign_keys=[team_id])


class Team(Model):
    """Colleagues who share work. ``services`` are keys of the policy's services: what a complaint may be about."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    head_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_member.id", use_alter=True, name="fk_team_head_id")
    )  # its manager
    services: Mapped[list[str]] = mapped_column(JSON, default=list)

    head: Mapped[StaffMember | None] = relationship(foreign_keys=[head_id], post_update=True)
    members: Mapped[list[StaffMember]] = relationship(
        foreign_keys="StaffMember.team_id", order_by="StaffMember.name", viewonly=True
    )


class Absence(Model):
    """A colleague is away from the first day until the day on which they are back; the deputy works meanwhile (L14)."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("back_on > away_from_on", name="absence_ends_after_it_began"),
        CheckConstraint("deputy_id <> staff_member_id", name="deputy_is_somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    away_from_on: Mapped[date] = mapped_column(Date)
    back_on: Mapped[date] = mapped_column(Date)  # the first day at work again
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    recorded_by: Mapped[str] = mapped_column(String(320))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    staff_member: Mapped[StaffMember] = relationship(foreign_keys=[staff_member_id])
    deputy: Mapped[StaffMember | None] = relationship(foreign_keys=[deputy_id])


class AccountChange(Model):
    """What was done to a colleague's account, by whom: roles, teams, second factor, absence. Never changed."""

    __tablename__ = "account_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(60))  # account_made, roles_changed, second_factor_set…
    who: Mapped[str | None] = mapped_column(String(320))  # the colleague's email; null: the command line
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class SignIn(Model):
    """One try to come in. When it succeeded, also the session that it began, until ``ended_at``.

    What was typed is not kept: people type their password into the wrong box. ``network`` is the address without
    its last part, enough to see an attack.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('signed-in', 'refused', 'locked', 'code-refused')", name="sign_in_outcome_is_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)  # null: unknown
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    network: Mapped[str] = mapped_column(String(50))
    outcome: Mapped[str] = mapped_column(String(20))
    session_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # SHA-256 of the key in the cookie
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when its holder gave the second factor
    device: Mapped[str | None] = mapped_column(String(200))  # browser and system, as the browser says

    staff_member: Mapped[StaffMember | None] = relationship()
