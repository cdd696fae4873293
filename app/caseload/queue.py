"""The queue: the cases that a colleague chose, a page at a time, and how many there are of each choice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.caseload.choices import SHOWN, Choices, wanted
from app.cases.lists import Place, caseload, count_cases
from app.cases.models import Case, Event, Promise
from app.extensions import db
from app.staff.models import StaffMember
from app.tenants.models import Tenant

MOST_COUNTED = 1000  # cases: beyond that the number helps nobody, and counting a million would be slow


@dataclass(frozen=True)
class Queue:
    """``counts`` has one number for each choice of what to show; more than MOST_COUNTED is "and more".

    ``looks_automatic``: the ids of marked cases.
    """

    cases: tuple[Case, ...]
    next_place: Place | None
    counts: dict[str, int]
    looks_automatic: frozenset[int] = frozenset()


def queue(
    choices: Choices, colleague: StaffMember, now: datetime, usual_language: str, after: Place | None = None
) -> Queue:
    """The cases chosen, of those that this colleague may see. The counts are of each choice without filters."""
    page = caseload(wanted(choices, colleague, now, usual_language), choices.sort, after)
    load_what_rows_show(page.cases)
    counts = {show: count_cases(wanted(Choices(show), colleague, now, usual_language), MOST_COUNTED) for show in SHOWN}
    return Queue(page.cases, page.next_place, counts, those_that_look_automatic(page.cases))


def those_that_look_automatic(cases: tuple[Case, ...]) -> frozenset[int]:
    wanted_events = select(Event.case_id).where(
        Event.case_id.in_([case.id for case in cases]), Event.what == "looks_automatic"
    )
    return frozenset(db.session.scalars(wanted_events))


def load_what_rows_show(cases: tuple[Case, ...]) -> None:
    """People, needs and promises of the whole page at once; not the working of each date, which only a case shows."""
    db.session.scalars(
        select(Case)
        .where(Case.id.in_([case.id for case in cases]))
        .options(
            joinedload(Case.tenant).joinedload(Tenant.needs),
            joinedload(Case.handler),
            selectinload(Case.promises).defer(Promise.working),
        )
    ).all()
