"""The rows behind a figure: by the same query that counted them, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.call_backs.models import CallBack
from app.cases.casework_models import NeedsOverride
from app.cases.models import Case
from app.extensions import db
from app.measures.counted import MEASURES, may_be_listed
from app.measures.months import Period
from app.staff.models import StaffMember
from app.staff.roles import may_read_restricted

PAGE = 50  # rows
SEPARATOR = "~"


@dataclass(frozen=True)
class Row:
    """``case`` or ``call_back`` is None. ``values``: what it was counted under, by the measure's names."""

    at: datetime | None
    values: Mapping[str, str]
    case: Case | None = None
    override: NeedsOverride | None = None  # why a letter went out otherwise than needed
    call_back: CallBack | None = None


@dataclass(frozen=True)
class RowsPage:
    rows: tuple[Row, ...]
    next_place: str | None  # for the address; None on the last page


def rows_behind(
    name: str, which: Mapping[str, str], period: Period, now: datetime, colleague: StaffMember, after: str | None
) -> RowsPage:
    """Those of one figure that this colleague may see by name. ``which`` holds some of a, b and c.

    ``after`` is the ``next_place`` of the page before. Raises KeyError on a measure that there is not.
    """
    measure = MEASURES[name]
    since, until = (None, None) if measure.stands else period.bounds()
    found = measure.rows(since, until, now).subquery()
    query = select(found.c.row_id, found.c.case_id, found.c.at, found.c.a, found.c.b, found.c.c)
    query = query.where(*(found.c[key] == value for key, value in which.items()))
    if measure.is_of_cases:
        listed = may_be_listed(colleague.id, may_read_restricted(colleague))
        query = query.join(Case, Case.id == found.c.case_id).where(listed)
    # In the order of the index by which they were found, so that a page is read and not the whole month sorted.
    order = (found.c.row_id,) if measure.stands else (found.c.at, found.c.row_id)
    query = _behind(query, found, after, measure.stands).order_by(*order).limit(PAGE + 1)
    page = db.session.execute(query).all()
    rows = _with_what_they_are_of(page[:PAGE], measure.names, measure.is_of_cases)
    if name == "overrides":
        rows = _with_reasons(rows, [row.row_id for row in page[:PAGE]])
    return RowsPage(rows, _place(page[PAGE - 1], measure.stands) if len(page) > PAGE else None)


def _behind(query: Select[Any], found: Any, after: str | None, stands: bool) -> Select[Any]:
    at, _sep, number = (after or "").rpartition(SEPARATOR)
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        return query
    if stands:
        return query.where(found.c.row_id > int(number))
    try:
        moment = datetime.fromisoformat(at).astimezone(UTC)
    except (ValueError, OverflowError):
        return query
    return query.where(
        found.c.at >= moment,
        or_(found.c.at > moment, and_(found.c.at == moment, found.c.row_id > int(number))),
    )


def _place(row: Any, stands: bool) -> str:
    return f"{'' if stands else row.at.isoformat()}{SEPARATOR}{row.row_id}"


def _with_what_they_are_of(page: Any, names: tuple[str, ...], is_of_cases: bool) -> tuple[Row, ...]:
    values = [dict(zip(names, (row.a, row.b, row.c), strict=False)) for row in page]
    if is_of_cases:
        wanted = select(Case).where(Case.id.in_({row.case_id for row in page}))
        wanted = wanted.options(joinedload(Case.tenant), joinedload(Case.handler))
        cases = {case.id: case for case in db.session.scalars(wanted)}
        return tuple(Row(row.at, one, case=cases[row.case_id]) for row, one in zip(page, values, strict=True))
    calls = {
        one.id: one for one in db.session.scalars(select(CallBack).where(CallBack.id.in_([r.row_id for r in page])))
    }
    return tuple(Row(row.at, one, call_back=calls[row.row_id]) for row, one in zip(page, values, strict=True))


def _with_reasons(rows: tuple[Row, ...], numbers: list[int]) -> tuple[Row, ...]:
    found = {one.id: one for one in db.session.scalars(select(NeedsOverride).where(NeedsOverride.id.in_(numbers)))}
    return tuple(replace(row, override=found[number]) for row, number in zip(rows, numbers, strict=True))
