"""What becomes of an interpreter when the talk is moved, falls away, or is in another case. Nothing here commits."""

from datetime import datetime

from sqlalchemy import select

from app.cases.actions import add_event
from app.cases.casework_models import Appointment
from app.cases.models import Case
from app.extensions import db
from app.interpreters.asking import VISIT_CANCELLED, ask_for_call, is_one_language, open_of
from app.interpreters.models import (
    ASKED,
    BOOKED,
    FAILED,
    MET,
    OPEN,
    WITHDRAWN,
    InterpreterRequest,
)
from app.landlords.shapes import Landlord

CALL_CANCELLED, ASKED_TWICE = "call-cancelled", "asked-twice"


def visit_moved(before: Appointment, after: Appointment, at: datetime, who: str) -> None:
    """What was booked for the old time has to be booked anew."""
    for one in _of_visit(before):
        one.appointment = after
        _move(one, after.begins_at)
        add_event(after.case, "interpreter_moved", at, who, request=one.id, begins=after.begins_at.isoformat())


def visit_cancelled(appointment: Appointment, at: datetime, who: str) -> None:
    for one in _of_visit(appointment):
        _withdraw(one, VISIT_CANCELLED, at, who)
        add_event(
            appointment.case, "interpreter_withdrawn", at, who, request=one.id, because=VISIT_CANCELLED,
            was_booked=one.begins_at is not None,
        )  # fmt: skip


def call_moved(call_back_id: int, landlord: Landlord, needed_at: datetime, at: datetime, who: str | None) -> None:
    """Where there was none, or the call was in vain, the new time needs one again."""
    waiting = _open_of_call(call_back_id)
    for one in waiting:
        _move(one, needed_at)
    wanted = select(InterpreterRequest).where(InterpreterRequest.call_back_id == call_back_id)
    last = db.session.scalar(wanted.order_by(InterpreterRequest.id.desc()).limit(1))
    if not waiting and last is not None and last.state in (FAILED, MET):
        ask_for_call(call_back_id, last.language, landlord, needed_at, at, last.prefers, who)


def call_cancelled(call_back_id: int, at: datetime, who: str | None) -> None:
    for one in _open_of_call(call_back_id):
        _withdraw(one, CALL_CANCELLED, at, who)


def call_waits_again(call_back_id: int) -> None:
    """A wrong press is taken back: what fell away with the call is asked for again."""
    wanted = select(InterpreterRequest).where(
        InterpreterRequest.call_back_id == call_back_id,
        InterpreterRequest.state == WITHDRAWN,
        InterpreterRequest.because == CALL_CANCELLED,
    )
    for one in db.session.scalars(wanted):
        one.state = BOOKED if one.begins_at and not one.has_moved else ASKED
        one.because = one.ended_at = one.ended_by = None


def go_over(case: Case, main: Case, at: datetime, who: str) -> None:
    """The case is dealt with in ``main`` from now on: what is still to be booked is booked there, once.

    What is booked already stays where the tenant was told of it.
    """
    for one in open_of(case):
        if one.state != ASKED or one.appointment_id is not None:
            continue
        if any(is_one_language(one.language, other.language) for other in open_of(main)):
            _withdraw(one, ASKED_TWICE, at, who)
            add_event(case, "interpreter_withdrawn", at, who, request=one.id, because=ASKED_TWICE, was_booked=False)
        else:
            one.case = main
            add_event(main, "interpreter_asked", at, who, request=one.id, words=one.language, way=one.way)
        db.session.flush()


def _of_visit(appointment: Appointment) -> list[InterpreterRequest]:
    return [one for one in open_of(appointment.case) if one.appointment_id == appointment.id]


def _open_of_call(call_back_id: int) -> list[InterpreterRequest]:
    wanted = select(InterpreterRequest).where(
        InterpreterRequest.call_back_id == call_back_id, InterpreterRequest.state.in_(OPEN)
    )
    return list(db.session.scalars(wanted))


def _move(one: InterpreterRequest, needed_at: datetime) -> None:
    one.needed_at = needed_at
    if one.state == BOOKED:
        one.state, one.has_moved = ASKED, True


def _withdraw(one: InterpreterRequest, because: str, at: datetime, who: str | None) -> None:
    one.state, one.because, one.ended_at, one.ended_by = WITHDRAWN, because, at, who
