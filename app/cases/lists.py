"""Finding cases: one by its reference, and the caseload a page at a time, each order along an index of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, false, func, null, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from app.cases.models import Case
from app.cases.references import read_reference
from app.extensions import db
from app.tenants.models import CommunicationNeeds, Tenant

PAGE = 50  # cases
FEW = 1000  # cases: as many are sorted faster than an index of all cases is searched for them
ANY = "any"  # hazard: whichever
OTHER = "other"  # language, format: any but the usual
USUAL_FORMAT = "standard-print"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where a page of the caseload ended: the next one begins behind it, whatever has been added meanwhile.

    ``value`` is what the list is sorted by: a moment, a name or a reference; None where the case has none.
    """

    value: datetime | str | None
    case_id: int


@dataclass(frozen=True)
class CaseloadPage:
    """``case_ids`` in the order asked for: what a list shows of them is read at once (caseload/queue_rows.py)."""

    case_ids: tuple[int, ...]
    next_place: Place | None  # None on the last page

    @property
    def cases(self) -> tuple[Case, ...]:
        """The same, whole."""
        return tuple(db.session.get_one(Case, case_id) for case_id in self.case_ids)


@dataclass(frozen=True)
class Order:
    """A column with an index that begins with the status; of equal ones the number of the case decides."""

    column: InstrumentedAttribute[Any]
    kind: type
    newest_first: bool = False
    may_be_empty: bool = False  # those come last


ORDERS = {
    "due": Order(Case.next_due_at, datetime, may_be_empty=True),
    "received": Order(Case.received_at, datetime, newest_first=True),
    "name": Order(Case.sort_name, str),
    "reference": Order(Case.reference, str),
    "waiting": Order(Case.waiting_since_at, datetime),
    "closed": Order(Case.closed_at, datetime, newest_first=True),
}


@dataclass(frozen=True)
class Wanted:
    """Which cases: what is None makes no difference. Restricted cases only ``with_restricted``.

    ``hazard`` is a key of the policy, or ANY. ``language`` and ``letter_format`` are the tenant's, or OTHER than
    ``usual_language`` and standard print. ``due_from``, ``due_before`` and ``closed_since`` are aware.
    """

    status: str = "open"
    kind: str | None = None
    stage: int | None = None
    hazard: str | None = None
    handler_id: int | None = None
    has_no_handler: bool = False
    team_id: int | None = None
    is_restricted: bool = False
    with_restricted: bool = False
    due_from: datetime | None = None
    due_before: datetime | None = None
    is_waiting: bool = False
    closed_since: datetime | None = None
    language: str | None = None
    usual_language: str = "en"
    letter_format: str | None = None


def case_of(reference: str) -> Case | None:
    """The case with this reference, however it is typed; None when it cannot be one or nobody has it."""
    written = read_reference(reference)
    if written is None:
        return None
    return db.session.scalar(select(Case).where(Case.reference == written))


def case_of_draft(draft_id: str) -> Case | None:
    """The case that this draft has become."""
    return db.session.scalar(select(Case).where(Case.draft_id == draft_id))


def caseload(wanted: Wanted, order: str = "due", after: Place | None = None, limit: int = PAGE) -> CaseloadPage:
    """Cases in this order, a key of ORDERS; at most ``limit``. ``after`` is the ``next_place`` of the page before.

    Tenants and handlers are not joined: no database is tempted to join them to all before it cuts a page off.
    """
    by = ORDERS[order]
    few = _few(wanted, order)
    query = select(Case.id, by.column).where(*_which(wanted, along_due=order == "due" or few is not None))
    if few is not None:
        query = query.where(Case.id.in_(few))
    found: list[Row[int, Any]] = []
    # Two walks along the index, each in its own order: as one they would have to be sorted.
    if after is None or after.value is not None:
        found += db.session.execute(_filled(query, by, after).limit(limit + 1))
    if by.may_be_empty and len(found) <= limit and wanted.due_from is None and wanted.due_before is None:
        found += db.session.execute(_empty(query, by, after).limit(limit + 1 - len(found)))
    page = found[:limit]
    next_place = None if len(found) <= limit else Place(value=page[-1][1], case_id=page[-1][0])
    return CaseloadPage(tuple(case_id for case_id, _value in page), next_place)


def count_cases(wanted: Wanted, most: int) -> int:
    """How many cases there are of those that ``caseload`` lists. Counting ends at ``most`` + 1."""
    some = select(Case.id).where(*_which(wanted)).limit(most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _few(wanted: Wanted, order: str) -> Sequence[int] | None:
    """The cases that an index of their own finds, where they are few: one colleague's, say, are sorted at once.

    None where they are many, or where the order's own index finds them.
    """
    narrow = [*_narrow(wanted), *(_due(wanted, along_index=True) if order != "due" else ())]
    if not narrow or (order in {"due", "waiting"} and len(narrow) == 1):
        return None
    some = select(Case.id).where(Case.status == wanted.status, *narrow).limit(FEW + 1)
    found = db.session.scalars(some).all()
    return found if len(found) <= FEW else None


def _narrow(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """What an index begins with, after the status."""
    for column, value in (
        (Case.handler_id, wanted.handler_id),
        (Case.team_id, wanted.team_id),
        (Case.stage, wanted.stage),
    ):
        if value is not None:
            yield column == value
    if wanted.has_no_handler:
        yield Case.handler_id.is_(None)
    if wanted.hazard is not None:
        yield Case.hazard > "" if wanted.hazard == ANY else Case.hazard == wanted.hazard
    if wanted.is_restricted and wanted.with_restricted:
        yield Case.is_restricted.is_(True)
    if wanted.is_waiting:
        yield Case.waiting_since_at > LONG_AGO  # "is not null" is no range to SQLite: it would read the whole index


def _which(wanted: Wanted, along_due: bool = True) -> Iterator[ColumnElement[bool]]:
    """Status first: every index of the caseload begins with it. ``along_due``: by the index of what is due."""
    yield Case.status == wanted.status
    yield from _due(wanted, along_due)
    yield from _narrow(wanted)
    if wanted.kind is not None:
        yield Case.kind == wanted.kind
    if not wanted.with_restricted:
        yield false() if wanted.is_restricted else Case.is_restricted.is_(False)
    if wanted.closed_since is not None:
        yield Case.closed_at >= wanted.closed_since
    yield from _needs(wanted)


def _due(wanted: Wanted, along_index: bool) -> Iterator[ColumnElement[bool]]:
    """Not along the index it is a plain comparison, so that many are not all gathered to be put into another order."""
    due_at = Case.next_due_at if along_index else func.coalesce(Case.next_due_at, null(), type_=Case.next_due_at.type)
    if wanted.due_from is not None:
        yield due_at >= wanted.due_from
    if wanted.due_before is not None:
        yield due_at < wanted.due_before


def _needs(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.language == OTHER:
        yield Case.tenant.has(Tenant.language != wanted.usual_language)
    elif wanted.language is not None:
        yield Case.tenant.has(Tenant.language == wanted.language)
    if wanted.letter_format is not None:
        by_format = CommunicationNeeds.letter_format
        is_it = by_format != USUAL_FORMAT if wanted.letter_format == OTHER else by_format == wanted.letter_format
        yield Case.tenant.has(Tenant.needs.has(is_it))


def _filled(query: Select[Any], by: Order, after: Place | None) -> Select[Any]:
    down = by.newest_first
    query = query.order_by(by.column.desc() if down else by.column, Case.id.desc() if down else Case.id)
    if by.may_be_empty:
        query = query.where(by.column.is_not(None))
    if after is None:
        return query
    key = tuple_(by.column, Case.id)
    place = tuple_(bindparam(None, after.value, by.column.type), bindparam(None, after.case_id, Case.id.type))
    return query.where(key < place if down else key > place)


def _empty(query: Select[Any], by: Order, after: Place | None) -> Select[Any]:
    query = query.where(by.column.is_(None)).order_by(Case.id)
    if after is not None and after.value is None:
        query = query.where(Case.id > after.case_id)
    return query
