"""Absences and teams as they are recorded: what the rules of absence are asked with."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from app.extensions import db
from app.languages import DEFAULT
from app.languages.sorting import in_order
from app.staff.absence import Away, away_on
from app.staff.changes import write_down
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


def team_for(service: str | None) -> Team | None:
    """The team whose services include this one; of several the first by name."""
    if not service:
        return None
    teams = in_order(db.session.scalars(select(Team).order_by(Team.id)), lambda team: team.name, DEFAULT.tag)
    return next((team for team in teams if service in team.services), None)


class WrongAbsence(ValueError):
    """This cannot be recorded. ``field`` is the form's, ``words`` say what to do."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


def record_absence(
    colleague: StaffMember, away_from_on: date, back_on: date, deputy: StaffMember | None, at: datetime, who: str
) -> Absence:
    """Write down that a colleague is away from the first day until they are back. ``who`` wrote it. No commit.

    Raises WrongAbsence.
    """
    if back_on <= away_from_on:
        raise WrongAbsence("back_on", _("The day back must come after the first day away"))
    if back_on <= day_of(at):
        raise WrongAbsence("back_on", _("The day back must be in the future"))
    if deputy is not None and deputy.id == colleague.id:
        raise WrongAbsence("deputy", _("Choose somebody else as deputy"))
    absence = Absence(
        staff_member=colleague,
        away_from_on=away_from_on,
        back_on=back_on,
        deputy=deputy,
        recorded_by=who,
        recorded_at=at,
    )
    db.session.add(absence)
    write_down(colleague, "absence_recorded", at, who, **_days(absence))
    return absence


def cancel_absence(absence: Absence, at: datetime, who: str) -> None:
    """They are not away after all, or back sooner: from now on it counts for nothing. No commit."""
    if absence.cancelled_at is None:
        absence.cancelled_at = at
        write_down(absence.staff_member, "absence_cancelled", at, who, **_days(absence))


def _days(absence: Absence) -> dict[str, str]:
    return {"from": absence.away_from_on.isoformat(), "back_on": absence.back_on.isoformat()}


def absences_now_and_later(at: datetime, staff_member_id: int | None = None) -> Sequence[Absence]:
    """Those that run or will, the first to begin first; of everybody, or of one colleague."""
    wanted = select(Absence).where(Absence.back_on > day_of(at), Absence.cancelled_at.is_(None))
    if staff_member_id is not None:
        wanted = wanted.where(Absence.staff_member_id == staff_member_id)
    return db.session.scalars(wanted.order_by(Absence.away_from_on, Absence.id)).all()
