"""Booking an interpreter, and what came of it: there, or not, and why. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cases.actions import add_event
from app.interpreters.asking import Wish, ask, ask_for_call
from app.interpreters.models import (
    ASKED,
    BOOKED,
    CALL,
    CALL_BACK,
    COLLEAGUE,
    FAILED,
    MET,
    OPEN,
    VISIT,
    WITHDRAWN,
    InterpreterRequest,
)
from app.landlords.shapes import Landlord

# Why there was none; and why none is needed. ``asking`` has two more, for what falls away by itself.
FAILURES = (
    "nobody-free",
    "did-not-come",
    "tenant-not-there",
    "not-understood",
    "technical-trouble",
    "not-booked",
    "other",
)
WITHDRAWALS = ("not-needed", "tenant-declined", "in-writing", "asked-twice")


class NotOpen(Exception):
    """It has been recorded as met, failed or withdrawn."""


class NotAhead(ValueError):
    """A booking is still to come, and ends after it begins."""


class NotBooked(Exception):
    """The time of the talk has not come."""


class NotOfTheTalk(ValueError):
    """Booked for another time than that of the visit or the call."""


@dataclass(frozen=True)
class Booking:
    """``service`` is the firm, ``reference`` its own. ``way`` is phone, video or in-person."""

    service: str
    reference: str
    begins: datetime
    ends: datetime
    way: str
    purpose: str
    joining: str = ""  # a web address, by which the tenant joins a talk by video


def book(request: InterpreterRequest, booking: Booking, at: datetime, who: str) -> datetime | None:
    """Gives when it was booked for before, where that is another time. Raises NotOpen, NotAhead, NotOfTheTalk."""
    _must_be_open(request)
    if booking.begins <= at or booking.ends <= booking.begins:
        raise NotAhead
    _fits(request, booking)
    before = request.begins_at
    request.service, request.booking = booking.service, booking.reference or None
    request.begins_at, request.ends_at = booking.begins, booking.ends
    request.way, request.purpose, request.joining = booking.way, booking.purpose, booking.joining or None
    request.state, request.has_moved = BOOKED, False
    request.booked_at, request.booked_by = request.booked_at or at, who
    _tell(request, "interpreter_booked", at, who, begins=booking.begins.isoformat(), in_time=at <= request.due_at)
    return before if before != booking.begins else None


def met(request: InterpreterRequest, note: str, at: datetime, who: str) -> None:
    """The interpreter was there, and the talk took place: booked before, or rung at once when the talk began.

    Raises NotOpen, NotBooked.
    """
    _must_be_open(request)
    begins = request.begins_at if request.state == BOOKED else request.needed_at
    if begins is not None and begins > at:
        raise NotBooked
    if request.booked_at is None:
        request.booked_at, request.booked_by = at, who
    _end(request, MET, None, note, at, who)
    _tell(request, "interpreter_met", at, who)


def failed(
    request: InterpreterRequest, because: str, note: str, landlord: Landlord, at: datetime, who: str, *, again: bool
) -> InterpreterRequest | None:
    """There was none, for one of FAILURES. ``again``: one is asked for anew, and given. Raises NotOpen."""
    _must_be_open(request)
    _end(request, FAILED, because, note, at, who)
    _tell(request, "interpreter_failed", at, who, because=because)
    return _another(request, landlord, at, who) if again else None


def withdraw(request: InterpreterRequest, because: str, note: str, at: datetime, who: str) -> None:
    """None is needed, for one of WITHDRAWALS. Raises NotOpen."""
    _must_be_open(request)
    _end(request, WITHDRAWN, because, note, at, who)
    _tell(request, "interpreter_withdrawn", at, who, because=because, was_booked=request.begins_at is not None)


def may_be_met(request: InterpreterRequest, at: datetime) -> bool:
    return request.state == BOOKED and request.begins_at is not None and request.begins_at <= at


def is_late(request: InterpreterRequest, at: datetime) -> bool:
    """Nobody is booked, and the day for booking is over or the talk has begun."""
    return request.state == ASKED and request.late_from < at


def _another(request: InterpreterRequest, landlord: Landlord, at: datetime, who: str) -> InterpreterRequest:
    """The talk itself is arranged anew too: it has no time yet."""
    if request.case is None:
        assert request.call_back_id
        return ask_for_call(
            request.call_back_id, request.language, landlord, request.needed_at or at, at, request.prefers, who
        )
    is_ahead = request.needed_at is not None and request.needed_at > at
    wish = Wish(
        request.language, COLLEAGUE, request.way, request.purpose, request.wished_for,
        request.needed_at if is_ahead else None, request.prefers,
    )  # fmt: skip
    return ask(request.case, wish, landlord, at, who, request.appointment if is_ahead else None)


def _fits(request: InterpreterRequest, booking: Booking) -> None:
    """An interpreter for a visit or a call is there when it begins."""
    talk = request.needed_at
    is_tied = request.appointment_id is not None or request.source == CALL_BACK
    if is_tied and talk is not None and not booking.begins <= talk < booking.ends:
        raise NotOfTheTalk


def _must_be_open(request: InterpreterRequest) -> None:
    if request.state not in OPEN:
        raise NotOpen


def _end(request: InterpreterRequest, state: str, because: str | None, note: str, at: datetime, who: str) -> None:
    request.state, request.because, request.note = state, because, note
    request.ended_at, request.ended_by = at, who


def _tell(request: InterpreterRequest, what: str, at: datetime, who: str, **details: Any) -> None:
    if request.case is not None:
        add_event(request.case, what, at, who, request=request.id, **details)


def purpose_of(request: InterpreterRequest) -> str:
    return VISIT if request.appointment_id else (CALL if request.call_back_id else request.purpose)
