"""The demonstration's teams, who is away, and the codes with which its colleagues sign in."""

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from app.demonstration.people import COLLEAGUES, TEAMS, email_of
from app.extensions import db, start_writing
from app.landlords.standards import Landlord
from app.staff.absences import day_of, record_absence
from app.staff.actions import find_staff_member
from app.staff.models import Absence, StaffMember, Team
from app.staff.one_time_codes import PERIOD, one_time_codes

AWAY, DEPUTY = "sam.field", "priya.shah"
AWAY_SINCE, BACK_IN = timedelta(days=2), timedelta(days=9)


class NoCode(Exception):
    """There is no such code. The message says why, and what to do."""


def fixed_secret(email: str) -> str:
    """Of this account, the same on every machine: whoever looks at the demonstration has no telephone that knows it."""
    return base64.b32encode(hashlib.sha256(f"letterbox demonstration {email}".encode()).digest()).decode()[:32]


def give_code(colleague: StaffMember) -> None:
    colleague.tf_totp_secret = one_time_codes().kept(fixed_secret(colleague.email))
    colleague.tf_primary_method = "authenticator"


def code_of(email: str, landlord: Landlord, at: datetime) -> tuple[str, int]:
    """The code of a demonstration colleague at this moment, and for how many seconds it stands.

    Raises NoCode for anybody else, and where another telephone has been set up.
    """
    email = email.strip().lower()
    if email not in {email_of(first, landlord.key) for first, _name, _roles in COLLEAGUES}:
        raise NoCode(f"{email} is no colleague of the demonstration: the codes of others are on their telephones only.")
    colleague = find_staff_member(email)
    if colleague is None or colleague.tf_totp_secret is None:
        raise NoCode(f"{email} has no codes: they set them up when they sign in.")
    codes = one_time_codes()
    if codes.get_totp_b32_key(colleague.tf_totp_secret).rstrip("=") != fixed_secret(email):
        raise NoCode(f"{email} has set up another telephone: the code is there.")
    return codes.code_at(colleague.tf_totp_secret, at), PERIOD - int(at.timestamp()) % PERIOD


def add_teams(landlord: Landlord, now: datetime) -> None:
    """Where they are not there yet. Somebody is away, so that their deputy gets what is new."""
    start_writing()
    for name, head, services, members in TEAMS:
        if db.session.scalar(select(Team).where(Team.name == name)) is None:
            _add_team(landlord, name, head, services, members)
    away, deputy = (find_staff_member(email_of(who, landlord.key)) for who in (AWAY, DEPUTY))
    if away and deputy and db.session.scalar(select(Absence).where(Absence.staff_member_id == away.id)) is None:
        today = day_of(now)
        record_absence(away, today - AWAY_SINCE, today + BACK_IN, deputy, now, away.email)
    db.session.commit()


def _add_team(landlord: Landlord, name: str, head: str, services: Iterable[str], members: Iterable[str]) -> None:
    offered = {option.key for option in landlord.services}
    team = Team(
        name=name,
        head=find_staff_member(email_of(head, landlord.key)),
        services=[service for service in services if service in offered],
    )
    db.session.add(team)
    for first_part in members:
        colleague = find_staff_member(email_of(first_part, landlord.key))
        if colleague and colleague.team is None:
            colleague.team = team
