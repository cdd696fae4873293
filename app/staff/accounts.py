"""What an administrator does with accounts and teams. Each change is written down. Nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.languages.sorting import in_order
from app.staff.actions import UnknownRole, datastore, role_named
from app.staff.changes import write_down
from app.staff.models import ROLES, Role, StaffMember, Team
from app.staff.sessions import end_sessions

_TURN = 0x41444D49  # PostgreSQL's advisory lock: one administrator goes at a time


class LastAdministrator(Exception):
    """Nobody else could give out accounts any more."""


class NotAbove(ValueError):
    """Nobody is their own line manager, and no circle leads back to them."""


class TeamExists(ValueError):
    """Another team has this name."""


@dataclass(frozen=True)
class Details:
    """Of an account, as an administrator sets them. The ids may be None."""

    name: str
    phone: str | None
    roles: tuple[str, ...]
    team_id: int | None
    line_manager_id: int | None


def by_name(people: Iterable[StaffMember]) -> list[StaffMember]:
    return in_order(people, lambda one: one.name)


def everybody() -> Sequence[StaffMember]:
    """Open accounts first, by name."""
    wanted = select(StaffMember).options(selectinload(StaffMember.roles), selectinload(StaffMember.team))
    return sorted(by_name(db.session.scalars(wanted.order_by(StaffMember.id))), key=lambda one: not one.active)


def change_details(colleague: StaffMember, wanted: Details, at: datetime, who: str | None) -> None:
    """Raises UnknownRole, LastAdministrator, NotAbove."""
    _change_roles(colleague, wanted.roles, at, who)
    for field, value in (("name", wanted.name), ("phone", wanted.phone)):
        before = getattr(colleague, field)
        if before != value:
            setattr(colleague, field, value)
            write_down(colleague, f"{field}_changed", at, who, **{"from": before, "to": value})
    if colleague.team_id != wanted.team_id:
        team = db.session.get(Team, wanted.team_id) if wanted.team_id else None
        before_and_now = {"from": _name(colleague.team), "to": _name(team)}
        colleague.team = team
        write_down(colleague, "team_changed", at, who, **before_and_now)
    if colleague.line_manager_id != wanted.line_manager_id:
        above = db.session.get(StaffMember, wanted.line_manager_id) if wanted.line_manager_id else None
        if _leads_back(above, colleague):
            raise NotAbove
        before_and_now = {"from": _name(colleague.line_manager), "to": _name(above)}
        colleague.line_manager = above
        write_down(colleague, "line_manager_changed", at, who, **before_and_now)


def _name(one: StaffMember | Team | None) -> str | None:
    return one.name if one else None


def _leads_back(above: StaffMember | None, colleague: StaffMember) -> bool:
    seen: set[int] = set()
    while above is not None and above.id not in seen:
        if above.id == colleague.id:
            return True
        seen.add(above.id)
        above = above.line_manager
    return False


def _change_roles(colleague: StaffMember, roles: Sequence[str], at: datetime, who: str | None) -> None:
    for role in roles:
        if role not in ROLES:
            raise UnknownRole(role)
    before, now = sorted(role.name for role in colleague.roles), sorted(set(roles))
    if before == now:
        return
    if "administrator" in before and "administrator" not in now:
        _refuse_if_last(colleague)
    colleague.roles = [role_named(role) for role in now]
    write_down(colleague, "roles_changed", at, who, **{"from": before, "to": now})


def _refuse_if_last(colleague: StaffMember) -> None:
    if db.session.connection().dialect.name == "postgresql":
        # Two administrators who close each other's account at once take turns: else nobody would be left.
        db.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    others = select(func.count(StaffMember.id)).where(
        StaffMember.active,
        StaffMember.id != colleague.id,
        StaffMember.password.is_not(None),
        StaffMember.roles.any(Role.name == "administrator"),
    )
    if colleague.active and not db.session.scalar(others):
        raise LastAdministrator


def close(colleague: StaffMember, at: datetime, who: str | None) -> None:
    """They are out at once, their links are dead, and no new work comes to them. Raises LastAdministrator."""
    if not colleague.active:
        return
    if any(role.name == "administrator" for role in colleague.roles):
        _refuse_if_last(colleague)
    colleague.active = False
    datastore().set_uniquifier(colleague)
    end_sessions(colleague.id, at)
    write_down(colleague, "account_closed", at, who)


def open_again(colleague: StaffMember, at: datetime, who: str | None) -> None:
    """With the password of before no more: they come back with a new link."""
    if colleague.active:
        return
    colleague.active, colleague.password = True, None
    datastore().set_uniquifier(colleague)
    write_down(colleague, "account_opened", at, who)


def teams() -> Sequence[Team]:
    wanted = select(Team).options(selectinload(Team.members), selectinload(Team.head))
    return in_order(db.session.scalars(wanted.order_by(Team.id)), lambda team: team.name)


def save_team(
    team: Team | None, name: str, head_id: int | None, services: Sequence[str], at: datetime, who: str
) -> Team:
    """Make the team, or change it. Raises TeamExists."""
    # Compared here: SQLite's own "lower" knows no capital but those of ASCII, and Welsh has others.
    if any(one is not team and one.name.casefold() == name.casefold() for one in db.session.scalars(select(Team))):
        raise TeamExists(name)
    head = db.session.get(StaffMember, head_id) if head_id else None
    before = team.head if team else None
    if team is None:
        team = Team(name=name, services=list(services))
        db.session.add(team)
    team.name, team.services, team.head = name, list(services), head
    if before is not head:
        if before:
            write_down(before, "no_longer_head_of_team", at, who, team=name)
        if head:
            write_down(head, "head_of_team", at, who, team=name)
    return team
