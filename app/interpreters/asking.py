"""Asking for an interpreter; and what becomes of it when the talk is moved or falls away. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.cases.actions import add_event
from app.cases.casework_models import Appointment
from app.cases.clock import due
from app.cases.models import Case
from app.extensions import db
from app.interpreters.models import (
    ANY,
    ASKED,
    BOOKED,
    CALL,
    CALL_BACK,
    COLLEAGUE,
    IN_PERSON,
    OF_VISIT,
    OPEN,
    VISIT,
    WITHDRAWN,
    InterpreterRequest,
)
from app.landlords.shapes import Landlord

VISIT_CANCELLED, CALL_CANCELLED = "visit-cancelled", "call-cancelled"
SIGNED = ("sign", "bsl", "makaton", "sse", "iaith arwyddion")  # as tenants write it; signs of letters, no list of all


@dataclass(frozen=True)
class Wish:
    """``language`` and ``wished_for`` as they were typed. ``way`` and ``purpose`` are of WAYS and PURPOSES,
    ``prefers`` of PREFERENCES.
    """

    language: str
    source: str
    way: str = ANY
    purpose: str = CALL
    wished_for: str | None = None
    needed_at: datetime | None = None
    prefers: str | None = None


def is_signed(language: str) -> bool:
    """Whether this names a sign language: “BSL”, “British Sign Language”."""
    typed = language.casefold()
    return any(sign in typed.split() if len(sign) < 4 else sign in typed for sign in SIGNED)


def service_for(language: str, landlord: Landlord) -> str:
    """The firm that the policy names; empty where it names none."""
    return landlord.relay_service if is_signed(language) else landlord.interpreting_service


def ask(
    case: Case,
    wish: Wish,
    landlord: Landlord,
    at: datetime,
    who: str | None = None,
    appointment: Appointment | None = None,
) -> InterpreterRequest:
    """Have one booked for a talk with this tenant. What is asked for already is given again.

    ``who`` is a colleague's email, None for the tenant.
    """
    if found := _same(case, wish, appointment):
        return found
    made = _made(wish, landlord, at, who)
    made.case, made.appointment = case, appointment
    db.session.add(made)
    db.session.flush()
    add_event(case, "interpreter_asked", at, who, request=made.id, words=wish.language, way=wish.way)
    return made


def ask_for_call(
    call_back_id: int,
    language: str,
    landlord: Landlord,
    needed_at: datetime,
    at: datetime,
    prefers: str | None = None,
    who: str | None = None,
) -> InterpreterRequest:
    """The same for a call that somebody asked for."""
    made = _made(Wish(language, CALL_BACK, needed_at=needed_at, prefers=prefers), landlord, at, who)
    made.call_back_id = call_back_id
    db.session.add(made)
    db.session.flush()
    return made


def ask_for_visit(appointment: Appointment, landlord: Landlord, at: datetime, who: str) -> InterpreterRequest | None:
    """Where the tenant needs one. A request for a talk in person that has no time yet becomes that of this visit."""
    case = appointment.case
    language = case.tenant.needs.interpreter_language
    if not language:
        return None
    waiting = next((one for one in open_of(case) if _waits_for_a_visit(one, language)), None)
    if waiting is not None:
        waiting.appointment, waiting.purpose, waiting.needed_at = appointment, VISIT, appointment.begins_at
        add_event(case, "interpreter_for_visit", at, who, request=waiting.id, begins=appointment.begins_at.isoformat())
        return waiting
    wish = Wish(language, OF_VISIT, IN_PERSON, VISIT, needed_at=appointment.begins_at, prefers=preferred_in(case))
    return ask(case, wish, landlord, at, who, appointment)


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


def call_moved(call_back_id: int, needed_at: datetime) -> None:
    for one in _open_of_call(call_back_id):
        _move(one, needed_at)


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


def open_of(case: Case) -> list[InterpreterRequest]:
    wanted = select(InterpreterRequest).where(InterpreterRequest.case_id == case.id, InterpreterRequest.state.in_(OPEN))
    return list(db.session.scalars(wanted.order_by(InterpreterRequest.id)))


def preferred_in(case: Case) -> str | None:
    """Whether the tenant asked for a woman or a man, the last time that they said so in this case."""
    wanted = select(InterpreterRequest.prefers).where(
        InterpreterRequest.case_id == case.id, InterpreterRequest.prefers.is_not(None)
    )
    return db.session.scalar(wanted.order_by(InterpreterRequest.id.desc()).limit(1))


def _made(wish: Wish, landlord: Landlord, at: datetime, who: str | None) -> InterpreterRequest:
    target = landlord.interpreter_booking
    return InterpreterRequest(
        language=wish.language,
        way=wish.way,
        purpose=wish.purpose,
        wished_for=wish.wished_for or None,
        prefers=wish.prefers,
        needed_at=wish.needed_at,
        source=wish.source,
        asked_at=at,
        asked_by=who,
        due_at=due(at, target, landlord.calendar, landlord.hours).at,
        is_promised=target.is_promised,
        state=ASKED,
        has_moved=False,
        note="",
    )


def _same(case: Case, wish: Wish, appointment: Appointment | None) -> InterpreterRequest | None:
    """A button pressed twice. A colleague who asks for a second one means it."""
    if wish.source == COLLEAGUE:
        return None
    for one in open_of(case):
        is_of_it = (one.appointment_id or None) == (appointment.id if appointment else None)
        asked = (one.language, one.way, one.purpose, one.wished_for)
        if is_of_it and asked == (wish.language, wish.way, wish.purpose, wish.wished_for or None):
            return one
    return None


def _waits_for_a_visit(one: InterpreterRequest, language: str) -> bool:
    return (
        (one.state, one.appointment_id, one.needed_at) == (ASKED, None, None)
        and one.way == IN_PERSON
        and one.language == language
    )


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
