"""What happens to a colleague's account. Nothing here commits."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.utils import hash_password, verify_password
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.extensions import db, start_writing
from app.languages.sorting import in_order
from app.staff.changes import write_down
from app.staff.links import LinkIsDead
from app.staff.models import ROLES, Role, SignIn, StaffMember, Team
from app.staff.passwords import LONGEST, check_password, normal
from app.staff.roles import needs_second_factor
from app.staff.sessions import end_sessions, hash_of

WRONG_TRIES_ALLOWED = 5  # in a row, then a pause: ASVS 2.2.1
PAUSE = timedelta(minutes=15)


class StaffMemberExists(Exception):
    """Somebody with this email address has an account already."""


class UnknownRole(ValueError):
    """There is no such role. The message lists those there are."""

    def __init__(self, role: str) -> None:
        super().__init__(f"{role} is not a role: write one of {', '.join(ROLES)}")


@dataclass(frozen=True)
class Entry:
    """A try that succeeded. ``session_key`` goes into the cookie, and nowhere else."""

    staff_member: StaffMember
    session_key: str
    is_half_open: bool = False  # the second factor is still to be given


def datastore() -> SQLAlchemyUserDatastore:
    store: SQLAlchemyUserDatastore = current_app.extensions["security"].datastore
    return store


def find_staff_member(email: str) -> StaffMember | None:
    plain = email.replace("\0", "").strip().lower()  # PostgreSQL cannot even be asked for a NUL
    return db.session.scalar(select(StaffMember).where(StaffMember.email == plain))


def active_staff() -> Sequence[StaffMember]:
    """Every colleague with an open account, by name."""
    wanted = select(StaffMember).where(StaffMember.active).order_by(StaffMember.id)
    return in_order(db.session.scalars(wanted.options(selectinload(StaffMember.roles))), lambda one: one.name)


def teams_by_name() -> Sequence[Team]:
    return in_order(db.session.scalars(select(Team).order_by(Team.id)), lambda team: team.name)


def add_staff_member(
    email: str,
    roles: Sequence[str],
    name: str,
    phone: str | None = None,
    *,
    at: datetime | None = None,
    who: str | None = None,
) -> StaffMember:
    """Make an account that nobody can sign in to until a password is set. ``who`` made it: None for the command line.

    Raises UnknownRole, StaffMemberExists.
    """
    for role in roles:
        if role not in ROLES:
            raise UnknownRole(role)
    start_writing()
    if find_staff_member(email):
        raise StaffMemberExists(email)
    staff_member = StaffMember(
        email=email.strip().lower(),
        name=name,
        phone=phone,
        roles=[role_named(role) for role in roles],
    )
    datastore().set_uniquifier(staff_member)
    db.session.add(staff_member)
    write_down(staff_member, "account_made", at or datetime.now(UTC), who, roles=sorted(roles))
    return staff_member


def role_named(name: str) -> Role:
    role = db.session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        db.session.add(role)
    return role


def set_password(staff_member_id: int, password: str, at: datetime, network: str, device: str | None = None) -> Entry:
    """Set it, end every session and link given before, and begin a new session: half open where two factors are wanted.

    Raises PasswordRefused, or LinkIsDead when somebody else was quicker with the same link.
    """
    known = db.session.get_one(StaffMember, staff_member_id)
    key_before = known.fs_uniquifier
    check_password(password, about=_guessed_first(known))
    hashed = hash_password(normal(password))  # slow by design: before the writer's place is taken
    start_writing()
    staff_member = hold(staff_member_id)
    if staff_member.fs_uniquifier != key_before:
        raise LinkIsDead
    staff_member.password = hashed
    datastore().set_uniquifier(staff_member)
    staff_member.failed_sign_ins, staff_member.locked_until = 0, None
    end_sessions(staff_member.id, at)
    write_down(staff_member, "password_set", at, staff_member.email)
    return _let_in(staff_member, at, network, device)


def _guessed_first(staff_member: StaffMember) -> tuple[str, ...]:
    names = staff_member.name.split()
    return (*names, "".join(names), staff_member.email, staff_member.email.partition("@")[0], "letterbox")


def try_to_sign_in(email: str, password: str, at: datetime, network: str, device: str | None = None) -> Entry | None:
    """Let a colleague in, or None: whoever asks cannot learn which part was wrong, not by the time it took either.

    Five wrong tries in a row pause the account for fifteen minutes; during the pause the right password is refused too.
    """
    known = find_staff_member(email)
    can_enter = known is not None and known.active and known.password is not None
    stored = known.password if known and can_enter and known.password else _nobodys_password()
    is_right = len(password) <= LONGEST and verify_password(normal(password), stored)
    start_writing()
    if known is None or not can_enter:
        record(None, at, network, "refused")
        return None
    staff_member = hold(known.id)
    if staff_member.locked_until and at < staff_member.locked_until:
        record(staff_member, at, network, "locked")
        return None
    if not is_right or staff_member.password != stored:
        count_wrong_try(staff_member, at)
        record(staff_member, at, network, "refused")
        return None
    if staff_member.tf_totp_secret is None:
        # Else the count goes on until the code is right: the password would give each guesser five codes more.
        staff_member.failed_sign_ins, staff_member.locked_until = 0, None
    return _let_in(staff_member, at, network, device)


def hold(staff_member_id: int) -> StaffMember:
    """The account, held until the transaction ends: a hundred tries at once are counted one after the other."""
    return db.session.get_one(StaffMember, staff_member_id, with_for_update=True, populate_existing=True)


def count_wrong_try(staff_member: StaffMember, at: datetime) -> None:
    staff_member.failed_sign_ins += 1
    if staff_member.failed_sign_ins >= WRONG_TRIES_ALLOWED:
        staff_member.failed_sign_ins, staff_member.locked_until = 0, at + PAUSE


def is_own_password(staff_member_id: int, password: str, at: datetime, network: str) -> bool:
    """Whether somebody who is in knows their password. Wrong ones count, and pause, as they do at the door."""
    stored = db.session.get_one(StaffMember, staff_member_id).password or _nobodys_password()
    is_right = len(password) <= LONGEST and verify_password(normal(password), stored)
    start_writing()
    staff_member = hold(staff_member_id)
    if staff_member.locked_until and at < staff_member.locked_until:
        record(staff_member, at, network, "locked")
        return False
    if not is_right:
        count_wrong_try(staff_member, at)
        record(staff_member, at, network, "refused")
    return is_right


def _let_in(staff_member: StaffMember, at: datetime, network: str, device: str | None) -> Entry:
    key = secrets.token_urlsafe(32)
    sign_in = record(staff_member, at, network, "signed-in")
    sign_in.session_hash, sign_in.device = hash_of(key), device
    return Entry(staff_member, key, needs_second_factor(staff_member) or staff_member.tf_totp_secret is not None)


def record(staff_member: StaffMember | None, at: datetime, network: str, outcome: str) -> SignIn:
    sign_in = SignIn(staff_member=staff_member, at=at, network=network, outcome=outcome)
    db.session.add(sign_in)
    return sign_in


def _nobodys_password() -> str:
    """A hash that no password opens, so that an unknown address costs as much time as a known one."""
    hashed: str | None = current_app.extensions.get("nobodys_password")
    if hashed is None:
        hashed = current_app.extensions["nobodys_password"] = hash_password(secrets.token_urlsafe(32))
    return hashed
