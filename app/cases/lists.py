"""Finding cases: one by its reference, and the caseload by what is due first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.cases.references import read_reference
from app.extensions import db

PAGE = 50  # cases


@dataclass(frozen=True)
class Place:
    """Where a page of the caseload ended: the next one begins behind it, whatever has been added meanwhile."""

    due_at: datetime | None
    case_id: int


@dataclass(frozen=True)
class CaseloadPage:
    cases: tuple[Case, ...]
    next_place: Place | None  # None on the last page


def case_of(reference: str) -> Case | None:
    """The case with this reference, however it is typed; None when it cannot be one or nobody has it."""
    written = read_reference(reference)
    if written is None:
        return None
    return db.session.scalar(select(Case).where(Case.reference == written))


def case_of_draft(draft_id: str) -> Case | None:
    """The case that this draft has become."""
    return db.session.scalar(select(Case).where(Case.draft_id == draft_id))


def caseload(
    *,
    status: str = "open",
    kind: str | None = None,
    handler_id: int | None = None,
    with_restricted: bool = False,
    due_before: datetime | None = None,
    after: Place | None = None,
    limit: int = PAGE,
) -> CaseloadPage:
    """Cases in the order of what is due first; those with nothing due come last. At most ``limit``.

    ``due_before`` leaves those whose next due date is earlier. ``after`` is the ``next_place`` of the page before.
    Restricted cases only where they are asked for.
    """
    query = _which(status, kind, handler_id, with_restricted, due_before)
    if after is not None:
        query = query.where(_behind(after))
    found = db.session.scalars(
        query.options(joinedload(Case.tenant), joinedload(Case.handler))
        .order_by(Case.next_due_at.is_(None), Case.next_due_at, Case.id)
        .limit(limit + 1)
    ).all()
    page = tuple(found[:limit])
    more = len(found) > limit
    return CaseloadPage(page, Place(page[-1].next_due_at, page[-1].id) if more else None)


def count_cases(
    *,
    status: str = "open",
    kind: str | None = None,
    handler_id: int | None = None,
    with_restricted: bool = False,
    due_before: datetime | None = None,
) -> int:
    """How many cases there are of those that ``caseload`` lists."""
    which = _which(status, kind, handler_id, with_restricted, due_before).subquery()
    return db.session.scalar(select(func.count()).select_from(which)) or 0


def _which(
    status: str, kind: str | None, handler_id: int | None, with_restricted: bool, due_before: datetime | None
) -> Select[Any]:
    query = select(Case).where(Case.status == status)
    if kind is not None:
        query = query.where(Case.kind == kind)
    if handler_id is not None:
        query = query.where(Case.handler_id == handler_id)
    if not with_restricted:
        query = query.where(Case.is_restricted.is_(False))
    if due_before is not None:
        query = query.where(Case.next_due_at < due_before)
    return query


def _behind(place: Place) -> ColumnElement[bool]:
    later_id = Case.id > place.case_id
    if place.due_at is None:
        return and_(Case.next_due_at.is_(None), later_id)
    return or_(
        Case.next_due_at > place.due_at,
        and_(Case.next_due_at == place.due_at, later_id),
        Case.next_due_at.is_(None),
    )
