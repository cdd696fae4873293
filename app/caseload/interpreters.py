"""Interpreters of a case or a call: booked, failed, and the tenant told of it by letter. Nothing here commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.call_backs.models import CallBack
from app.caseload.appointments import NotRung, can_be_rung
from app.cases.models import Case
from app.dispatch.actions import messages_of, take_back
from app.extensions import db
from app.interpreters import booking
from app.interpreters.booking import Booking
from app.interpreters.models import CALL, IN_PERSON, PHONE, InterpreterRequest
from app.landlords.shapes import Landlord
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.reception.going_out import EMAIL, NoWay, send_out, way_out

BOOKED, NOT_THERE = "interpreter-booked", "interpreter-not-there"
NOT_SO = "interpreter-is-not-so"  # why a letter is not sent: what it says of a booking is over
DECLINED, CANCELLED = "tenant-declined", "cancelled"
BY_PHONE = "by-phone"  # no letter can go out: a colleague tells them


def book(request: InterpreterRequest, wanted: Booking, at: datetime, who: str) -> str | None:
    """Gives how the tenant is told: a way of letters or BY_PHONE; None where a call's own page says it.

    Raises NotOpen, NotAhead, NotOfTheTalk, NotRung.
    """
    case = request.case
    if case is not None and (wanted.purpose, wanted.way) == (CALL, PHONE) and not can_be_rung(case.tenant):
        raise NotRung
    before = booking.book(request, wanted, at, who)
    if request.case is None:
        return None
    _take_the_letter_back(request.case)
    given = {
        "language": request.language,
        "way": wanted.way,
        "joining": wanted.joining or None,
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
    begins = request.begins_at if request.state == "booked" else request.needed_at  # of the talk as it is now
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


def withdraw(request: InterpreterRequest, because: str, note: str, at: datetime, who: str) -> str | None:
    """Where a letter told of the booking, another says that it falls away. Gives how, or None. Raises NotOpen."""
    case, begins = request.case, request.begins_at
    is_ahead = request.state == "booked" and begins is not None and begins > at
    told = _letter_out(request)
    booking.withdraw(request, because, note, at, who)
    if case is None:
        return None
    _take_the_letter_back(case)
    if not is_ahead or begins is None or because == DECLINED:
        return None
    if told is None or holds(told):
        return BY_PHONE if told is None and not _has_way(case) else None
    given = {"language": request.language, "begins": begins.isoformat(), "again": CANCELLED}
    return _write(case, NOT_THERE, given, at, who)


def usual_way(request: InterpreterRequest) -> str | None:
    """What the form of booking begins with."""
    if request.way != "any":
        return request.way
    return IN_PERSON if request.appointment_id else None


def calls_of(requests: Sequence[InterpreterRequest]) -> dict[int, CallBack]:
    """The calls that they are for, where they belong to no case, by their numbers."""
    wanted = db.select(CallBack).where(CallBack.id.in_([one.call_back_id for one in requests if one.call_back_id]))
    return {one.id: one for one in db.session.scalars(wanted)}


def _write(case: Case, name: str, given: Mapping[str, str | None], at: datetime, who: str) -> str:
    if not _has_way(case):
        return BY_PHONE
    return send_out(request_letter(case, name, at, given=given), at, who)


def _take_the_letter_back(case: Case) -> None:
    """What waits in the outbox and does not hold any more would have the tenant wait for nobody."""
    db.session.flush()
    take_back(case, lambda letter, _message: not holds(letter), "the interpreter was booked anew, or is not needed")


def _has_way(case: Case) -> bool:
    try:
        way_out(case.tenant)
    except NoWay:
        return False
    return True


def _letter_out(request: InterpreterRequest) -> Letter | None:
    """What has told the tenant of this booking: no email that is still here; paper may be in the post already."""
    if request.case is None:
        return None
    inside = {one.letter_id for one in messages_of(request.case.id) if (one.state, one.channel) == ("waiting", EMAIL)}
    wanted = db.select(Letter).where(Letter.case_id == request.case_id, Letter.name == BOOKED)
    begins = request.begins_at
    for letter in db.session.scalars(wanted.order_by(Letter.id.desc())):
        if letter.given and datetime.fromisoformat(letter.given["begins"]) == begins and letter.id not in inside:
            return letter
    return None


def holds(letter: Letter) -> bool:
    """Whether an interpreter is booked as the letter says. Of another letter: True."""
    if letter.name != BOOKED or not letter.given:
        return True
    told = tuple(datetime.fromisoformat(letter.given[key]) for key in ("begins", "ends"))
    wanted = db.select(InterpreterRequest).where(InterpreterRequest.case_id == letter.case_id)
    standing = (one for one in db.session.scalars(wanted) if one.state in ("booked", "met"))
    return any((one.begins_at, one.ends_at) == told for one in standing)
