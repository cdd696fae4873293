"""What runs since a colleague came in: whose session it is, how far it is open, and its end."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import selectinload

from app.extensions import db, start_writing
from app.staff.models import SignIn, StaffMember
from app.staff.roles import needs_second_factor

SESSION_LASTS = timedelta(hours=12)  # a working day; ASVS 3.3.2
HALF_OPEN_LASTS = timedelta(minutes=30)  # to find the telephone, or to set the codes up


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def is_half_open(sign_in: SignIn) -> bool:
    """The password was right, and the second factor is still wanted. Asked anew at every page: whoever gets a role
    that needs it, or sets it up elsewhere, gives it in the sessions that run, too."""
    colleague = sign_in.staff_member
    if colleague is None or sign_in.second_factor_at is not None:
        return False
    return needs_second_factor(colleague) or colleague.tf_totp_secret is not None


def running(key: str, at: datetime) -> SignIn | None:
    """The session with this key, half open ones too, if it still runs."""
    wanted = _running(at).where(SignIn.session_hash == hash_of(key))
    sign_in = db.session.scalar(wanted.options(selectinload(SignIn.staff_member).selectinload(StaffMember.roles)))
    if sign_in and is_half_open(sign_in) and sign_in.at <= at - HALF_OPEN_LASTS:
        return None
    return sign_in


def running_sessions(staff_member_id: int, at: datetime) -> Sequence[SignIn]:
    """The newest first."""
    wanted = _running(at).where(SignIn.staff_member_id == staff_member_id)
    return db.session.scalars(wanted.order_by(SignIn.at.desc(), SignIn.id.desc())).all()


def _running(at: datetime) -> Select[SignIn]:
    return (
        select(SignIn)
        .join(SignIn.staff_member)
        .where(
            SignIn.session_hash.is_not(None),
            SignIn.ended_at.is_(None),
            SignIn.at > at - SESSION_LASTS,
            StaffMember.active,
        )
    )


def end_session(key: str, at: datetime) -> None:
    """From now on a copy of the cookie opens nothing either."""
    start_writing()
    sign_in = db.session.scalar(select(SignIn).where(SignIn.session_hash == hash_of(key)))
    if sign_in and sign_in.ended_at is None:
        sign_in.ended_at = at


def end_sessions(staff_member_id: int, at: datetime, *, only: int | None = None, but: int | None = None) -> None:
    """End all that run, or one, or all but one: ids of sign-ins. Of this colleague, whatever id is given."""
    wanted = update(SignIn).where(
        SignIn.staff_member_id == staff_member_id, SignIn.session_hash.is_not(None), SignIn.ended_at.is_(None)
    )
    if only is not None:
        wanted = wanted.where(SignIn.id == only)
    if but is not None:
        wanted = wanted.where(SignIn.id != but)
    db.session.execute(wanted.values(ended_at=at).execution_options(synchronize_session="fetch"))
