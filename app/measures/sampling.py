"""Which closed complaints of a month are checked again (V02): drawn once, at random, and drawn the same again.

A complaint's place in the draw is the SHA-256 of ``<seed>:<reference>``; the lowest are taken. The seed is
``<month>/<landlord>/<16 hex characters>``: the characters are made when the sample is drawn, so that nobody knows
beforehand which complaints it will hold, and are kept with it, so that anybody can draw it again afterwards.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from heapq import nsmallest

from sqlalchemy import select, text

from app.cases.casework_models import Participation
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db, start_writing
from app.landlords.standards import Landlord, current_landlord
from app.measures.models import QualityCheck
from app.measures.months import Month, month_of
from app.staff.absences import away_at
from app.staff.actions import active_staff
from app.staff.models import StaffMember
from app.staff.roles import may, may_read_restricted
from app.working_days import Calendar

_TURN = 0x44524157  # PostgreSQL's advisory lock: one process draws at a time


class NotOverYet(Exception):
    """The month is still running: complaints can be closed in it yet."""


def drawn(references: Iterable[str], seed: str, size: int) -> list[str]:
    """The sample, in the order of the draw. Takes any number of references and keeps only ``size``."""
    return nsmallest(size, references, key=lambda reference: place(seed, reference))


def place(seed: str, reference: str) -> str:
    return hashlib.sha256(f"{seed}:{reference}".encode()).hexdigest()


def make_seed(month: Month, landlord: Landlord) -> str:
    return f"{month}/{landlord.key}/{secrets.token_hex(8)}"


def closed_in(month: Month) -> list[str]:
    """The references of the complaints that were closed in this month, and are closed."""
    since, until = month.bounds()
    closed = select(Case.reference).where(Case.closed_at >= since, Case.closed_at < until)
    return list(db.session.scalars(closed.where(Case.status == "closed", Case.kind == "complaint")))


def draw(month: Month, landlord: Landlord, now: datetime, seed: str | None = None) -> list[QualityCheck]:
    """Draw this month's sample and spread it over the reviewers, unless that was done before. Commits.

    Gives the sample. ``seed`` is made when left out. Raises NotOverYet.
    """
    if month >= month_of(now):
        raise NotOverYet
    start_writing()
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    if not (known := sample_of(month)):
        _add(month, landlord, now, seed or make_seed(month, landlord))
        db.session.commit()
        known = sample_of(month)
    return known


def sample_of(month: Month) -> list[QualityCheck]:
    """In the order of the draw."""
    found = db.session.scalars(select(QualityCheck).where(QualityCheck.month == str(month)).order_by(QualityCheck.id))
    return list(found)


def _add(month: Month, landlord: Landlord, now: datetime, seed: str) -> None:
    references = closed_in(month)
    wanted = drawn(references, seed, landlord.quality.size(len(references)))
    cases = {case.reference: case for case in db.session.scalars(select(Case).where(Case.reference.in_(wanted)))}
    reviewers = spread([cases[reference] for reference in wanted], now)
    for reference in wanted:
        case = cases[reference]
        db.session.add(
            QualityCheck(month=str(month), case=case, drawn_at=now, seed=seed, reviewer_id=reviewers.get(case.id))
        )
        db.session.flush()


def may_check(case: Case, colleague: StaffMember, took_part: Iterable[int]) -> bool:
    """Nobody checks a case that they handled or took part in, nor one that they may not open."""
    return (
        colleague.active
        and may("check_quality", colleague)
        and colleague.id != case.handler_id
        and colleague.id not in set(took_part)
        and (not case.is_restricted or may_read_restricted(colleague))
    )


def took_part_in(cases: Iterable[int]) -> Mapping[int, set[int]]:
    """By case: the ids of those who took part."""
    found: dict[int, set[int]] = {}
    wanted = select(Participation.case_id, Participation.staff_member_id)
    for case_id, colleague_id in db.session.execute(wanted.where(Participation.case_id.in_(list(cases)))):
        found.setdefault(case_id, set()).add(colleague_id)
    return found


def spread(cases: list[Case], now: datetime) -> dict[int, int]:
    """A reviewer for each case that has one: whoever has the fewest so far. Who is away gets none while others can."""
    took_part, away = took_part_in(case.id for case in cases), away_at(now)
    staff = sorted(active_staff(), key=lambda colleague: colleague.id)
    can = {case.id: [one for one in staff if may_check(case, one, took_part.get(case.id, ()))] for case in cases}
    given: Counter[int] = Counter()
    found: dict[int, int] = {}
    for case in sorted(cases, key=lambda case: len(can[case.id])):  # those whom few may check come first
        if possible := can[case.id]:
            here = [one for one in possible if one.id not in away] or possible
            found[case.id] = min(here, key=lambda one: (given[one.id], one.id)).id
            given[found[case.id]] += 1
    return found


def first_working_day(month: Month, calendar: Calendar) -> date:
    day = month.first_day
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)


def sweep(now: datetime) -> None:
    """From the first working day on: draw last month's sample, where that was not done. Commits."""
    landlord, this = current_landlord(), month_of(now)
    if now.astimezone(LONDON).date() < first_working_day(this, landlord.calendar):
        return
    last = this.after(-1)
    is_drawn = db.session.scalar(select(QualityCheck.id).where(QualityCheck.month == str(last)).limit(1))
    db.session.rollback()
    if is_drawn is None and closed_in(last):
        draw(last, landlord, now)
    db.session.rollback()
