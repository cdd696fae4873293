"""The one-time link with which a colleague sets a password."""

import hashlib
import hmac
from datetime import timedelta

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.extensions import db
from app.staff.models import StaffMember

LASTS = timedelta(days=3)


class LinkIsDead(Exception):
    """The link has been used, has run out, or was never ours."""


def make_link_token(staff_member: StaffMember) -> str:
    """Sign a token that dies when the password is set, or after three days."""
    return _signer().dumps([staff_member.id, _fingerprint(staff_member)])


def read_link_token(token: str) -> StaffMember:
    """Whose link it is. Raises LinkIsDead."""
    try:
        staff_member_id, fingerprint = _signer().loads(token, max_age=int(LASTS.total_seconds()))
    except (BadData, TypeError, ValueError) as problem:
        raise LinkIsDead from problem
    staff_member = db.session.get(StaffMember, staff_member_id)
    if staff_member is None or not staff_member.active:
        raise LinkIsDead
    if not hmac.compare_digest(fingerprint, _fingerprint(staff_member)):
        raise LinkIsDead
    return staff_member


def _fingerprint(staff_member: StaffMember) -> str:
    """Changes with every new password, and tells nothing of what the session is known by."""
    return hashlib.sha256(staff_member.fs_uniquifier.encode()).hexdigest()[:32]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="staff-one-time-link")
