"""How long names and words are kept. Nobody deletes a case: when its time is over it is anonymised, and counts stay.

The time counts from closing, in years by kind, from the landlord's policy. A legal hold stops it. Kind, dates, stages,
decisions and promises stay for good. Each room forgets what is its own (``add_forgetting``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from app.cases import forgetting
from app.cases.actions import add_event
from app.cases.casework_models import CaseLink, LegalHold
from app.cases.clock import LONDON
from app.cases.models import KINDS, Case
from app.extensions import db, start_writing
from app.landlords.shapes import Landlord
from app.landlords.standards import current_landlord

FORGETTING = "forgetting"
AT_ONCE = 20  # cases in one sweep: each is an act of its own, so that nobody waits long for the database
Forget = Callable[[Case], None]


class HeldAlready(Exception):
    """A legal hold stands already."""


class NotHeld(Exception):
    """No legal hold stands."""


@dataclass(frozen=True)
class Ending:
    """One case on the list of what will be anonymised, and the day on which it is."""

    case: Case
    on: date


def kept_until(closed_at: datetime, years: int) -> date:
    """The first local day on which it may be anonymised: so many years after the day of closing. Pure.

    Of 29 February the anniversary is 1 March: never a day early.
    """
    closed_on = closed_at.astimezone(LONDON).date()
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:
        return date(closed_on.year + years, 3, 1)


def may_be_anonymised(
    kind: str, closed_at: datetime | None, years: Mapping[str, int], on: date, *, is_held: bool
) -> bool:
    """The whole rule, pure: closed, its years over, and no hold."""
    return closed_at is not None and not is_held and kept_until(closed_at, years[kind]) <= on


def is_held(case: Case) -> bool:
    return standing_hold(case) is not None


def standing_hold(case: Case) -> LegalHold | None:
    held = select(LegalHold).where(LegalHold.case_id == case.id, LegalHold.lifted_at.is_(None))
    return db.session.scalar(held.limit(1))


def hold(case: Case, reason: str, at: datetime, who: str) -> LegalHold:
    """Keep the case as it is until the hold is lifted. No commit. Raises HeldAlready."""
    if is_held(case):
        raise HeldAlready
    found = LegalHold(case_id=case.id, at=at, who=who, reason=reason)
    db.session.add(found)
    add_event(case, "hold_placed", at, who)
    return found


def lift(case: Case, at: datetime, who: str) -> None:
    """No commit. Raises NotHeld."""
    found = standing_hold(case)
    if found is None:
        raise NotHeld
    found.lifted_at, found.lifted_by = at, who
    add_event(case, "hold_lifted", at, who)


def add_forgetting(app: Flask, forget: Forget) -> None:
    """Have a room forget what it holds of a case: names, words, files. It may run twice. No commit."""
    app.extensions.setdefault(FORGETTING, []).append(forget)


def ending_by(landlord: Landlord, on: date, most: int = AT_ONCE) -> list[Ending]:
    """The cases whose time is over on that day, or before: those first that were closed first, kind by kind."""
    found = [Ending(case, kept_until(_closed(case), years)) for case, years in _closed_before(landlord, on, most)]
    return sorted((one for one in found if one.on <= on), key=lambda one: (one.on, one.case.id))[:most]


def sweep(at: datetime) -> int:
    """Anonymise some of the cases whose time is over. Commits after each; gives how many."""
    landlord, on = current_landlord(), at.astimezone(LONDON).date()
    waiting = [(one.case.id, one.case.kind) for one in ending_by(landlord, on)]
    db.session.rollback()
    return sum(_anonymise_if_over(case_id, landlord, at) for case_id, _kind in waiting)


def anonymise(case: Case, at: datetime) -> None:
    """Remove all by which anybody could be known. No commit. Counts stay: kind, dates, stages, decisions, promises.

    A tenant who has another case that is not anonymised keeps their data until that one is.
    """
    case.anonymised_at = at
    db.session.flush()
    for forget in current_app.extensions.get(FORGETTING, ()):
        forget(case)
    forgetting.forget_case(case)
    add_event(case, "anonymised", at)


def _anonymise_if_over(case_id: int, landlord: Landlord, at: datetime) -> bool:
    """Asked again under the case's lock: somebody may have opened or held it a moment ago. Commits."""
    start_writing()
    case = db.session.get_one(Case, case_id, with_for_update=True, populate_existing=True)
    years = {kind: landlord.years_kept(kind) for kind in KINDS}
    on = at.astimezone(LONDON).date()
    is_over = may_be_anonymised(case.kind, case.closed_at, years, on, is_held=is_held(case))
    if is_over and case.anonymised_at is None:
        anonymise(case, at)
    db.session.commit()
    return is_over


def _closed(case: Case) -> datetime:
    assert case.closed_at is not None
    return case.closed_at


def _closed_before(landlord: Landlord, on: date, most: int) -> Iterator[tuple[Case, int]]:
    for kind in KINDS:
        years = landlord.years_kept(kind)
        for case in db.session.scalars(_candidates(landlord, kind, _last_moment(on, years)).limit(most)):
            yield case, years


def _last_moment(on: date, years: int) -> datetime:
    """No case closed at or after it is over on that day; ``kept_until`` decides those just before."""
    first = on.replace(year=on.year - years, day=min(on.day, 28)) + timedelta(days=4)
    return datetime.combine(first, time(), LONDON)


def _candidates(landlord: Landlord, kind: str, before: datetime) -> Select[Any]:
    main = aliased(Case)
    held = exists().where(LegalHold.case_id == Case.id, LegalHold.lifted_at.is_(None))
    # The words of a joined case are read from the main one: they are kept as long as that.
    is_part_of_another = (
        exists()
        .where(CaseLink.case_id == Case.id, CaseLink.how == "joined", main.id == CaseLink.other_id)
        .where(main.anonymised_at.is_(None))
    )
    return (
        select(Case)
        .where(
            Case.anonymised_at.is_(None),
            Case.closed_at < before,  # an open case has none
            Case.kind == kind,
            Case.landlord == landlord.key,
            ~held,
            ~is_part_of_another,
        )
        .order_by(Case.closed_at, Case.id)
    )
