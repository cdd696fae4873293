"""Colleagues and what they may do."""

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
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

    roles: Mapped[list[Role]] = relationship(secondary="staff_role")  # type: ignore[assignment]  # a list of any role there
    line_manager: Mapped["StaffMember | None"] = relationship(remote_side=[id])


class SignIn(Model):
    """One try to come in. When it succeeded, also the session that it began, until ``ended_at``.

    What was typed is not kept: people type their password into the wrong box. ``network`` is the address without
    its last part, enough to see an attack.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("outcome IN ('signed-in', 'refused', 'locked')", name="sign_in_outcome_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)  # null: unknown
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    network: Mapped[str] = mapped_column(String(50))
    outcome: Mapped[str] = mapped_column(String(20))
    session_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # SHA-256 of the key in the cookie
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    staff_member: Mapped[StaffMember | None] = relationship()
