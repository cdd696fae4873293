"""The queue: what is due first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.cases.lists import Place, caseload, count_cases
from app.cases.models import Case, Event, Promise
from app.extensions import db
from app.staff.models import StaffMember
from app.staff.roles import may_read_restricted
from app.tenants.models import Tenant

CHOICES = ("all", "mine", "overdue")


@dataclass(frozen=True)
class Queue:
    """``counts`` has one number for each choice of what to show. ``looks_automatic``: the ids of marked cases."""

    cases: tuple[Case, ...]
    next_place: Place | None
    counts: dict[str, int]
    looks_automatic: frozenset[int] = frozenset()


def queue(show: str, staff_member: StaffMember, now: datetime, after: Place | None = None) -> Queue:
    """The cases that this colleague may see, by what is due first. ``show`` is one of CHOICES."""
    which = {choice: _which(choice, staff_member, now) for choice in CHOICES}
    page = caseload(after=after, **which[show])
    _load_what_rows_show(page.cases)
    counts = {choice: count_cases(**which[choice]) for choice in CHOICES}
    return Queue(page.cases, page.next_place, counts, _those_that_look_automatic(page.cases))


def _those_that_look_automatic(cases: tuple[Case, ...]) -> frozenset[int]:
    wanted = select(Event.case_id).where(
        Event.case_id.in_([case.id for case in cases]), Event.what == "looks_automatic"
    )
    return frozenset(db.session.scalars(wanted))


class Which(TypedDict):
    with_restricted: bool
    handler_id: int | None
    due_before: datetime | None


def _which(show: str, staff_member: StaffMember, now: datetime) -> Which:
    """Whoever handles a restricted case sees it in their own list, whatever their role."""
    return Which(
        with_restricted=show == "mine" or may_read_restricted(staff_member),
        handler_id=staff_member.id if show == "mine" else None,
        due_before=now if show == "overdue" else None,
    )


def _load_what_rows_show(cases: tuple[Case, ...]) -> None:
    """Needs and promises of the whole page at once, without the working of each date, which only a case shows."""
    db.session.scalars(
        select(Case)
        .where(Case.id.in_([case.id for case in cases]))
        .options(
            joinedload(Case.tenant).joinedload(Tenant.needs),
            selectinload(Case.promises).defer(Promise.working),
        )
    ).all()
