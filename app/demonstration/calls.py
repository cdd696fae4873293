"""Calls that people who do not exist have asked for: some made, one late, the others to come."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.call_backs.actions import KEY_BYTES
from app.call_backs.models import CallBack
from app.call_backs.slots import Slot, slots_from
from app.cases.references import make_reference
from app.demonstration.people import email_of
from app.extensions import db
from app.interpreters.asking import ask_for_call, is_signed, service_for
from app.interpreters.booking import Booking, book, met
from app.interpreters.models import InterpreterRequest
from app.landlords.standards import Landlord

OPEN_DAYS = 8  # from the earliest call to the last
EARLIEST = timedelta(days=5)


@dataclass(frozen=True)
class Call:
    """``slot`` counts from now: -1 is the last time that has passed, 0 the one that runs or comes next."""

    slot: int
    name: str
    phone: str
    about: str | None = None
    language: str = "en"
    interpreter: str | None = None
    may_leave_messages: bool = True
    state: str = "waiting"


CALLS = (
    Call(-6, "Harold Thompson", "07700 900310", "My rent account", state="called"),
    Call(-5, "Blessing Adeyemi", "07700 900311", "The key to the bin store", state="called"),
    Call(-4, "Jean Clarke", "01632 960311", state="missed"),
    Call(-3, "Ewan Doyle", "07700 900312", "A parking place", state="cancelled"),
    Call(
        -2,
        "Doreen Whitfield",
        "01632 960312",
        "When the painters come",
        interpreter="British Sign Language",
        state="called",
    ),
    Call(-1, "Colin Barrett", "07700 900313", "I got a letter that I do not understand"),
    Call(0, "Olena Shevchenko", "+380 44 123 45 67", "Moving to a smaller home", interpreter="Ukrainian"),
    Call(0, "Mair Griffiths", "07700 900314", "Y boeler", language="cy"),
    Call(0, "Yusuf Hassan", "07700 900315", None, language="ar", interpreter="Arabic", may_leave_messages=False),
    Call(1, "Patricia Tucker", "01632 960313", "Swapping homes"),
    Call(4, "Rhys Evans", "07700 900316", "British Sign Language, please", interpreter="British Sign Language"),
)


def add_calls(landlord: Landlord, now: datetime) -> None:
    """Those of ``CALLS``, where the landlord calls people back. No commit."""
    if landlord.call_backs is None:
        return
    times = replace(landlord.call_backs, days_ahead=OPEN_DAYS, soonest_minutes=0)
    slots = slots_from(now - EARLIEST, times, landlord.hours, landlord.calendar)
    first_to_come = next(number for number, slot in enumerate(slots) if slot.ends > now)
    for number, call in enumerate(CALLS):
        _add(landlord, call, slots[max(0, first_to_come + call.slot)], timedelta(minutes=number), now)


def _add(landlord: Landlord, call: Call, slot: Slot, after: timedelta, now: datetime) -> None:
    asked_at = min(slot.begins, now) - timedelta(hours=3) + after
    ended_at = None if call.state == "waiting" else slot.begins + timedelta(minutes=10) + after
    call_back = CallBack(
        reference=make_reference(),
        landlord=landlord.key,
        name=call.name,
        phone=call.phone,
        language=call.language,
        interpreter_language=call.interpreter,
        about=call.about,
        may_leave_messages=call.may_leave_messages,
        slot_at=slot.begins,
        slot_ends_at=slot.ends,
        asked_at=asked_at,
        placed_at=asked_at,
        state=call.state,
        ended_at=ended_at,
        ended_by=email_of("kim.obrien", landlord.key) if ended_at and call.state != "cancelled" else None,
        key=secrets.token_urlsafe(KEY_BYTES),
    )
    db.session.add(call_back)
    if call.interpreter:
        db.session.flush()
        asked = ask_for_call(call_back.id, call.interpreter, landlord, slot.begins, asked_at)
        if call.state == "called":
            _was_there(asked, landlord, slot)


def _was_there(asked: InterpreterRequest, landlord: Landlord, slot: Slot) -> None:
    who = email_of("kim.obrien", landlord.key)
    firm = service_for(asked.language, landlord) or "Brook Interpreters"
    way = "video" if is_signed(asked.language) else "phone"
    book(asked, Booking(firm, "BK-2041", slot.begins, slot.ends, way, asked.purpose), asked.asked_at, who)
    met(asked, "", slot.ends, who)
