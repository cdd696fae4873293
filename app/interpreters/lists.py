"""Which interpreters are to be booked, and which talks nobody has said of whether one was there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_, select, true
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.extensions import db
from app.interpreters.models import BOOKED, OPEN, InterpreterRequest

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
    """Asked for or booked, of every case that the reader may open and of every call; what comes up first comes first.

    One more than MOST_SHOWN where there are more.
    """
    may_see = of_readers(reader_id, sees_restricted=sees_restricted)
    wanted = (
        select(InterpreterRequest)
        .outerjoin(InterpreterRequest.case)
        .options(joinedload(InterpreterRequest.case).joinedload(Case.tenant))
        .where(InterpreterRequest.state.in_(OPEN), InterpreterRequest.language != "", may_see)  # its time is not over
        .order_by(_comes_up_at(), InterpreterRequest.id)
        .limit(MOST_SHOWN + 1)
    )
    return db.session.scalars(wanted).unique().all()


def of_readers(reader_id: int, *, sees_restricted: bool) -> ColumnElement[bool]:
    """What belongs to no case, or to one that this colleague may open."""
    if sees_restricted:
        return true()
    return or_(Case.id.is_(None), Case.is_restricted.is_(False), Case.handler_id == reader_id)


def _comes_up_at() -> ColumnElement[datetime]:
    """When a colleague has to look at it: to say how it was, or to book one (``late_from``)."""
    it = InterpreterRequest
    return case(
        (and_(it.state == BOOKED, it.ends_at.is_not(None)), it.ends_at),
        (it.needed_at < it.due_at, it.needed_at),
        else_=it.due_at,
    )
