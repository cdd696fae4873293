"""Asking for an interpreter. Nothing here commits."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from app.cases.actions import add_event
from app.cases.casework_models import Appointment
from app.cases.clock import due
from app.cases.models import Case
from app.extensions import db
from app.interpreters.models import (
    ANY,
    ASKED,
    CALL,
    CALL_BACK,
    COLLEAGUE,
    FOLLOWING,
    FORM,
    IN_PERSON,
    OF_VISIT,
    OPEN,
    VISIT,
    WITHDRAWN,
    InterpreterRequest,
)
from app.landlords.shapes import Landlord

VISIT_CANCELLED = "visit-cancelled"
# As tenants write it, in each language of the site; signs of letters, no list of all.
SIGNED = (
    "sign", "bsl", "makaton", "sse", "arwyddion", "migow", "semnelor", "жестов", "gestual", "de sinais", "إشار", "اشار",
)  # fmt: skip


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


def is_signed(language: str | None) -> bool:
    """Whether this names a sign language: “BSL”, “British Sign Language”, “język migowy”."""
    typed = (language or "").casefold()
    words = re.findall(r"\w+", typed)
    return any(sign in words if len(sign) < 4 else sign in typed for sign in SIGNED)


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
    if wish.source == FOLLOWING and (said_first := _said_in_the_form(case, wish)):
        said_first.way, said_first.purpose, said_first.wished_for = wish.way, wish.purpose, wish.wished_for or None
        said_first.prefers = wish.prefers or said_first.prefers
        add_event(case, "interpreter_asked", at, who, request=said_first.id, words=wish.language, way=wish.way)
        return said_first
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
    language = case.tenant.needs.interpreter_language or _asked_before(case)
    if not language:
        return None
    waiting = next((one for one in open_of(case) if _waits_for_a_visit(one, language)), None)
    if waiting is not None:
        waiting.appointment, waiting.purpose, waiting.needed_at = appointment, VISIT, appointment.begins_at
        add_event(case, "interpreter_for_visit", at, who, request=waiting.id, begins=appointment.begins_at.isoformat())
        return waiting
    wish = Wish(language, OF_VISIT, IN_PERSON, VISIT, needed_at=appointment.begins_at, prefers=preferred_in(case))
    return ask(case, wish, landlord, at, who, appointment)


def note_of_needs(case: Case, before: str | None, language: str, landlord: Landlord, at: datetime, who: str) -> None:
    """A colleague wrote down that the tenant needs one, or in which language: letters promise one from now on.

    What is still to be booked in the language that stood there ``before`` is booked in this one.
    """
    waiting = open_of(case)
    for one in waiting:
        if one.state == ASKED and before and is_one_language(one.language, before):
            one.language = language
            add_event(case, "interpreter_asked", at, who, request=one.id, words=language, way=one.way)
    if not any(is_one_language(one.language, language) for one in waiting):
        ask(case, Wish(language, COLLEAGUE, prefers=preferred_in(case)), landlord, at, who)


def _asked_before(case: Case) -> str | None:
    """Who asked on the page of their case has it in no note of needs."""
    wanted = select(InterpreterRequest.language).where(
        InterpreterRequest.case_id == case.id,
        or_(InterpreterRequest.state != WITHDRAWN, InterpreterRequest.because == VISIT_CANCELLED),
    )
    return db.session.scalar(wanted.order_by(InterpreterRequest.id.desc()).limit(1))


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
        is_so = is_of_it and is_one_language(one.language, wish.language)
        asked = (one.way, one.purpose, one.wished_for, one.prefers)
        if is_so and asked == (wish.way, wish.purpose, wish.wished_for or None, wish.prefers):
            return one
    return None


def _said_in_the_form(case: Case, wish: Wish) -> InterpreterRequest | None:
    """Whoever said in the form that they need one, and says now how and when: that is one request."""
    for one in open_of(case):
        is_bare = (one.source, one.state, one.way, one.wished_for) == (FORM, ASKED, ANY, None)
        if is_bare and one.appointment_id is None and is_one_language(one.language, wish.language):
            return one
    return None


def is_one_language(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _waits_for_a_visit(one: InterpreterRequest, language: str) -> bool:
    return (
        (one.state, one.appointment_id, one.needed_at) == (ASKED, None, None)
        and one.way == IN_PERSON
        and is_one_language(one.language, language)
    )
