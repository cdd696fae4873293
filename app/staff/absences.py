"""Absences and teams as they are recorded: what the rules of absence are asked with."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.extensions import db
from app.staff.absence import Away, away_on
from app.staff.models import Absence, StaffMember, Team

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The landlord's day."""
    return moment.astimezone(LONDON).date()


def away_at(moment: datetime) -> dict[int, Away]:
    """Who is away on the day of this moment, by the colleague's id."""
    on = day_of(moment)
    # What has ended cannot cover the day. What begins later may go on from what runs now.
    wanted = select(Absence).where(Absence.back_on > on, Absence.cancelled_at.is_(None)).order_by(Absence.id)
    rows = db.session.scalars(wanted)
    return away_on((Away(one.staff_member_id, one.away_from_on, one.back_on, one.deputy_id) for one in rows), on)


def deputies_of(away: Mapping[int, Away]) -> dict[int, StaffMember]:
    """The active colleagues whom these absences name, by id."""
    ids = {one.deputy_id for one in away.values() if one.deputy_id}
    if not ids:
        return {}
    return {one.id: one for one in db.session.scalars(select(StaffMember).where(StaffMember.id.in_(ids)))}


def team_for(service: str | None) -> Team | None:
    """The team whose services include this one; of several the first by name."""
    if not service:
        return None
    teams = db.session.scalars(select(Team).order_by(Team.name))
    return next((team for team in teams if service in team.services), None)
