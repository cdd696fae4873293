"""Which interpreters are to be booked, and which talks nobody has said of whether one was there."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.extensions import db
from app.interpreters.models import OPEN, InterpreterRequest

MOST_SHOWN = 200


def of_case(case: Case) -> list[InterpreterRequest]:
    """The newest first."""
    wanted = select(InterpreterRequest).where(InterpreterRequest.case_id == case.id)
    return list(db.session.scalars(wanted.order_by(InterpreterRequest.id.desc())))


def of_call(call_back_id: int) -> InterpreterRequest | None:
    """The newest."""
    wanted = select(InterpreterRequest).where(InterpreterRequest.call_back_id == call_back_id)
    return db.session.scalar(wanted.order_by(InterpreterRequest.id.desc()).limit(1))


def of_calls(call_back_ids: Sequence[int]) -> dict[int, InterpreterRequest]:
    """The newest of each, by the call."""
    wanted = select(InterpreterRequest).where(InterpreterRequest.call_back_id.in_(call_back_ids))
    found = db.session.scalars(wanted.order_by(InterpreterRequest.id))
    return {one.call_back_id: one for one in found if one.call_back_id is not None}


def open_requests(reader_id: int, *, sees_restricted: bool) -> Sequence[InterpreterRequest]:
    """Asked for or booked, of every case that the reader may open and of every call; what was due first comes first."""
    may_see: ColumnElement[bool] = true()
    if not sees_restricted:
        may_see = or_(Case.id.is_(None), Case.is_restricted.is_(False), Case.handler_id == reader_id)
    wanted = (
        select(InterpreterRequest)
        .outerjoin(InterpreterRequest.case)
        .options(joinedload(InterpreterRequest.case).joinedload(Case.tenant))
        .where(InterpreterRequest.state.in_(OPEN), may_see)
        .order_by(InterpreterRequest.due_at, InterpreterRequest.id)
        .limit(MOST_SHOWN)
    )
    return db.session.scalars(wanted).unique().all()
