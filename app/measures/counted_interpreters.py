"""Interpreters that were asked for (L27), as ``counted`` wants them: by the month in which they were asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, case, cast, literal, select

from app.extensions import UtcDateTime
from app.interpreters.models import InterpreterRequest
from app.measures.minutes import minutes_between

KEPT, LATE, TO_COME, ENDED = "kept", "late", "to-come", "ended"
Rows = Callable[[datetime | None, datetime | None, datetime], Select[Any]]


def asked(*, is_of_cases: bool) -> Rows:
    """Gives for each: where it stands, and whether somebody was booked by the day for it."""

    def rows(since: datetime | None, until: datetime | None, now: datetime) -> Select[Any]:
        it = InterpreterRequest
        booked = case(
            (it.booked_at <= it.due_at, KEPT),
            (it.booked_at.is_not(None), LATE),
            (it.state == "withdrawn", ENDED),
            (bindparam(None, now, UtcDateTime()) > it.due_at, LATE),
            else_=TO_COME,
        )
        return _given(is_of_cases, it.state, booked).where(_within(is_of_cases, since, until))

    return rows


def waits(*, is_of_cases: bool) -> Rows:
    """Those that were booked, by how many minutes passed from asking to the first booking."""

    def rows(since: datetime | None, until: datetime | None, now: datetime) -> Select[Any]:
        it = InterpreterRequest
        waited = cast(minutes_between(it.asked_at, it.booked_at), String)
        found = _given(is_of_cases, waited, literal("", String))
        return found.where(_within(is_of_cases, since, until), it.booked_at.is_not(None))

    return rows


def _given(is_of_cases: bool, a: Any, b: Any) -> Select[Any]:
    """The row behind a figure is the call, where it is for one that belongs to no case."""
    it = InterpreterRequest
    row_id, case_id = (it.id, it.case_id) if is_of_cases else (it.call_back_id, literal(None, Integer))
    return select(
        row_id.label("row_id"),
        case_id.label("case_id"),
        it.asked_at.label("at"),
        a.label("a"),
        b.label("b"),
        literal("", String).label("c"),
    )


def _within(is_of_cases: bool, since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    it = InterpreterRequest
    origin = it.case_id.is_not(None) if is_of_cases else it.call_back_id.is_not(None)
    bounds = [*([it.asked_at >= since] if since else []), *([it.asked_at < until] if until else [])]
    return and_(origin, *bounds)
