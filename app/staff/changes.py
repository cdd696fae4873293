"""What was done to accounts, by whom: written once, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.staff.models import AccountChange, StaffMember


def write_down(staff_member: StaffMember, what: str, at: datetime, who: str | None, **details: Any) -> None:
    """``who`` is a colleague's email, None for the command line. ``details`` must fit into JSON. No commit."""
    db.session.flush()  # a new account gets its number
    db.session.add(AccountChange(staff_member_id=staff_member.id, what=what, at=at, who=who, details=details))


def changes_of(staff_member_id: int) -> Sequence[AccountChange]:
    """The newest first."""
    wanted = select(AccountChange).where(AccountChange.staff_member_id == staff_member_id)
    return db.session.scalars(wanted.order_by(AccountChange.id.desc())).all()
