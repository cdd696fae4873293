"""Open clocks are counted again when a holiday is added: by the policy, or by the library's data.

The closed days with which the clocks were counted are kept. What is not among them is new: only the promises that such
a day lies in are counted again. A day that was taken back moves nothing that was told.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from app.cases.casework_models import KnownHoliday
from app.cases.changes import recount
from app.cases.clock import LONDON, moment_of
from app.cases.models import Case, Promise
from app.extensions import db, start_writing
from app.landlords.shapes import Landlord
from app.working_days.nations import SATURDAY, SUNDAY

DAYS_BEFORE, DAYS_AHEAD = 366, 2 * 366  # what an open clock can reach: a promise has a year of working days at most
CASES_AT_ONCE = 200


def recount_after_new_holidays(landlord: Landlord, now: datetime) -> int:
    """Look whether there is a new closed day, and count again what it lies in. Gives how many promises moved. Commits.

    The first time it only learns the days: all clocks have been counted with them.
    """
    closed = _closed_days(landlord, now.astimezone(LONDON).date())
    known = {one.on for one in db.session.scalars(select(KnownHoliday))}
    db.session.rollback()
    if known == closed.keys():
        return 0
    new = [day for day in closed if day not in known] if known else []
    moved = sum(_recount(_spanned_by(day, landlord), landlord, now) for day in new)
    start_writing()
    db.session.execute(delete(KnownHoliday))
    db.session.add_all(KnownHoliday(on=on, name=name[:200]) for on, name in closed.items())
    db.session.commit()
    return moved


def recount_all(landlord: Landlord, now: datetime, who: str | None = None) -> int:
    """Count every open working-day clock again. Gives how many promises moved. Commits as it goes."""
    return _recount(_open_cases(), landlord, now, who)


def _closed_days(landlord: Landlord, today: date) -> dict[date, str]:
    """By day, why it is closed; from a year back to two years ahead, weekends left out that no holiday names."""
    calendar = landlord.calendar
    days = (today + timedelta(days=n) for n in range(-DAYS_BEFORE, DAYS_AHEAD))
    reasons = ((day, calendar.reason_closed(day)) for day in days)
    return {day: reason for day, reason in reasons if reason and reason not in (SATURDAY, SUNDAY)}


def _spanned_by(day: date, landlord: Landlord) -> list[int]:
    """The cases with an open working-day clock that this day lies in."""
    begins = moment_of(day, landlord.hours.opens) - timedelta(hours=24)
    ends = moment_of(day + timedelta(days=1), landlord.hours.opens)
    wanted = (
        select(Promise.case_id)
        .join(Case)
        .where(
            Case.status == "open",
            Promise.met_at.is_(None),
            Promise.ended_at.is_(None),
            Promise.unit == "working_days",
            Promise.counted_from_at < ends,
            Promise.due_at >= begins,
        )
        .distinct()
        .order_by(Promise.case_id)
    )
    return list(db.session.scalars(wanted))


def _open_cases() -> Iterator[int]:
    last = 0
    while True:
        wanted = select(Case.id).where(Case.status == "open", Case.id > last).order_by(Case.id).limit(CASES_AT_ONCE)
        found = list(db.session.scalars(wanted))
        if not found:
            return
        yield from found
        last = found[-1]


def _recount(case_ids: Iterator[int] | list[int], landlord: Landlord, now: datetime, who: str | None = None) -> int:
    """Each case by itself, so that nobody waits for all of them."""
    moved = 0
    for case_id in case_ids:
        start_writing()
        case = db.session.get(Case, case_id, with_for_update=True, populate_existing=True)
        if case is not None and case.status == "open":
            moved += len(recount(case, landlord, now, who))
        db.session.commit()
    return moved
