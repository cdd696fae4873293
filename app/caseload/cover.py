"""What an absence means for the work: how much waits for whoever is away, and giving it to the deputy. No commit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select

from app.cases.actions import NotIndependent, name_handler
from app.cases.clock import LONDON
from app.cases.handlers import stand_in_for
from app.cases.models import Case
from app.extensions import db
from app.staff.absences import absences_now_and_later
from app.staff.models import Absence, StaffMember


@dataclass(frozen=True)
class Waiting:
    """``cases`` of the colleague are open; of them ``due`` fall due before they are back."""

    absence: Absence
    is_running: bool
    cases: int
    due: int


def what_waits(at: datetime, staff_member_id: int | None = None) -> list[Waiting]:
    """Each absence of now and later, of everybody or of one colleague."""
    today = at.astimezone(LONDON).date()
    return [_waiting(absence, absence.away_from_on <= today) for absence in absences_now_and_later(at, staff_member_id)]


def _waiting(absence: Absence, is_running: bool) -> Waiting:
    back_at = datetime.combine(absence.back_on, time(), LONDON)
    of_theirs = select(func.count(Case.id)).where(Case.status == "open", Case.handler_id == absence.staff_member_id)
    return Waiting(
        absence,
        is_running,
        db.session.scalar(of_theirs) or 0,
        db.session.scalar(of_theirs.where(Case.next_due_at < back_at)) or 0,
    )


@dataclass(frozen=True)
class Given:
    """How many cases went to whom, by name; and how many had to stay."""

    by_name: dict[str, int]
    left: int


def give_to_deputies(absence: Absence, at: datetime, who: str) -> Given:
    """Every open case of whoever is away to the deputy who may have it: restricted cases, and stage 2, have rules.

    Call it in a transaction that writes. A case for which no deputy is at work stays where it is.
    """
    given: Counter[str] = Counter()
    left = 0
    for case in _open_cases(absence):
        deputy = _deputy(absence, case, at)
        if deputy is None:
            left += 1
            continue
        try:
            name_handler(case, deputy, at, who)
        except NotIndependent:
            left += 1
        else:
            given[deputy.name] += 1
    return Given(dict(given), left)


def _deputy(absence: Absence, case: Case, at: datetime) -> StaffMember | None:
    """Whoever stands in on the first day of the absence, or today where it runs."""
    first = datetime.combine(absence.away_from_on, time(12), LONDON)
    return stand_in_for(absence.staff_member, case, max(at, first))


def _open_cases(absence: Absence) -> Sequence[Case]:
    wanted = select(Case).where(Case.status == "open", Case.handler_id == absence.staff_member_id)
    return db.session.scalars(wanted.order_by(Case.id).with_for_update(of=Case)).all()
