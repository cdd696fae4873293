"""Finding cases: one by its reference, and the caseload by what is due first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, tuple_
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
    query = query.options(joinedload(Case.tenant), joinedload(Case.handler))
    found: list[Case] = []
    # Two walks along the index, each in its own order: as one they would have to be sorted.
    if after is None or after.due_at is not None:
        found += db.session.scalars(_with_something_due(query, after).limit(limit + 1))
    if len(found) <= limit and due_before is None:
        found += db.session.scalars(_with_nothing_due(query, after).limit(limit + 1 - len(found)))
    page = tuple(found[:limit])
    is_last = len(found) <= limit
    return CaseloadPage(page, None if is_last else Place(page[-1].next_due_at, page[-1].id))


def count_cases(
    *,
    status: str = "open",
    kind: str | None = None,
    handler_id: int | None = None,
    with_restricted: bool = False,
    due_before: datetime | None = None,
) -> int:
    """How many cases there are of those that ``caseload`` lists."""
    query = _which(status, kind, handler_id, with_restricted, due_before)
    return db.session.scalar(query.with_only_columns(func.count(Case.id))) or 0


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


def _with_something_due(query: Select[Any], after: Place | None) -> Select[Any]:
    query = query.where(Case.next_due_at.is_not(None)).order_by(Case.next_due_at, Case.id)
    if after is not None:
        place = bindparam(None, after.due_at, Case.next_due_at.type), bindparam(None, after.case_id, Case.id.type)
        query = query.where(tuple_(Case.next_due_at, Case.id) > tuple_(*place))
    return query


def _with_nothing_due(query: Select[Any], after: Place | None) -> Select[Any]:
    query = query.where(Case.next_due_at.is_(None)).order_by(Case.id)
    if after is not None and after.due_at is None:
        query = query.where(Case.id > after.case_id)
    return query
