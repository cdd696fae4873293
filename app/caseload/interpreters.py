"""Interpreters of a case or a call: booked, failed, and the tenant told of it by letter. Nothing here commits."""

from datetime import datetime

from app.call_backs.models import CallBack
from app.cases.models import Case
from app.dispatch.actions import take_back
from app.extensions import db
from app.interpreters import booking
from app.interpreters.booking import Booking
from app.interpreters.models import IN_PERSON, InterpreterRequest
from app.landlords.shapes import Landlord
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.reception.going_out import NoWay, send_out, way_out

BOOKED, NOT_THERE = "interpreter-booked", "interpreter-not-there"
NOT_SO = "interpreter-is-not-so"  # why a letter is not sent: what it says of a booking is over
BY_PHONE = "by-phone"  # no letter can go out: a colleague tells them


def book(request: InterpreterRequest, wanted: Booking, at: datetime, who: str) -> str | None:
    """Gives how the tenant is told: a way of letters or BY_PHONE; None where a call's own page says it.

    Raises NotOpen, NotAhead, NotOfTheTalk.
    """
    before = booking.book(request, wanted, at, who)
    if request.case is None:
        return None
    _take_the_letter_back(request.case)
    given = {
        "language": request.language,
        "way": wanted.way,
        "purpose": wanted.purpose,
        "begins": wanted.begins.isoformat(),
        "ends": wanted.ends.isoformat(),
        "instead_of": before.isoformat() if before else None,
    }
    return _write(request.case, BOOKED, given, at, who)


def failed(
    request: InterpreterRequest, because: str, note: str, landlord: Landlord, at: datetime, who: str, *, again: bool
) -> str | None:
    """The tenant is told where the talk is still to come. Gives how, or None. Raises NotOpen."""
    begins = request.begins_at or request.needed_at
    booking.failed(request, because, note, landlord, at, who, again=again)
    case = request.case
    if case is None:
        return None
    _take_the_letter_back(case)
    if begins is not None and begins <= at:
        return None
    given = {
        "language": request.language,
        "begins": begins.isoformat() if begins else None,
        "again": "yes" if again else "no",
    }
    return _write(case, NOT_THERE, given, at, who)


def withdraw(request: InterpreterRequest, because: str, note: str, at: datetime, who: str) -> None:
    """Raises NotOpen."""
    booking.withdraw(request, because, note, at, who)
    if request.case is not None:
        _take_the_letter_back(request.case)


def usual_way(request: InterpreterRequest) -> str | None:
    """What the form of booking begins with."""
    if request.way != "any":
        return request.way
    return IN_PERSON if request.appointment_id else None


def call_of(request: InterpreterRequest) -> CallBack | None:
    """The call that it is for, where it belongs to no case."""
    return db.session.get(CallBack, request.call_back_id) if request.call_back_id else None


def comes_up_at(request: InterpreterRequest) -> datetime:
    """When a colleague has to look at it: to book one, or to say how it was."""
    return request.ends_at if request.state == "booked" and request.ends_at else request.late_from


def _write(case: Case, name: str, given: dict[str, str | None], at: datetime, who: str) -> str:
    try:
        way_out(case.tenant)
    except NoWay:
        return BY_PHONE
    return send_out(request_letter(case, name, at, given=given), at, who)


def _take_the_letter_back(case: Case) -> None:
    """What waits in the outbox and does not hold any more would have the tenant wait for nobody."""
    db.session.flush()
    take_back(case, lambda letter, _message: not holds(letter), "the interpreter was booked anew, or is not needed")


def holds(letter: Letter) -> bool:
    """Whether an interpreter is booked as the letter says. Of another letter: True."""
    if letter.name != BOOKED or not letter.given:
        return True
    told = tuple(datetime.fromisoformat(letter.given[key]) for key in ("begins", "ends"))
    wanted = db.select(InterpreterRequest).where(InterpreterRequest.case_id == letter.case_id)
    standing = (one for one in db.session.scalars(wanted) if one.state in ("booked", "met"))
    return any((one.begins_at, one.ends_at) == told for one in standing)
