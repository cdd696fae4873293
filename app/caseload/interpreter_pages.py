"""What the pages of a case's interpreters and of a call's share: forms that become acts, and the words for refusals."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload import interpreter_words, interpreters
from app.caseload.appointments import NotRung
from app.caseload.interpreter_forms import FAILED, MET, BookForm, OutcomeForm
from app.interpreters import booking
from app.interpreters.models import InterpreterRequest
from app.landlords.standards import current_landlord
from app.reception.going_out import EMAIL, PAGE, POST
from app.staff.doors import acting_staff_member
from app.staff.roles import may

# What a page says after a booking, by how the tenant is told.
TOLD: Mapping[str | None, str] = {
    EMAIL: _l("Recorded. The letter will go out by email in a moment."),
    POST: _l("Recorded. The letter is written: print it, post it, and mark it as posted on the page of the case."),
    PAGE: _l("Recorded. The tenant can read the letter now, with their code."),
    interpreters.BY_PHONE: _l("Recorded. We have no address that is safe for a letter: tell the tenant on the phone."),
    None: _l("Recorded. The tenant sees it on the page of their call."),
}


def names(now: datetime) -> dict[str, Any]:
    """What pages outside of a case need besides their rows."""
    colleague = acting_staff_member()
    return {
        "now": now,
        "spoken": interpreter_words,
        "may_work": may("book_interpreters", colleague),
        "target": interpreter_words.target_words(current_landlord().interpreter_booking),
    }


def booked(one: InterpreterRequest, form: BookForm, at: datetime, who: str) -> str | None:
    """Book as the form says; what is wrong stands in its errors. Gives how the tenant is told. Raises NotOpen."""
    if not form.validate():
        return None
    try:
        return interpreters.book(one, form.booking, at, who)
    except booking.NotAhead:
        form.day.errors = [_("Enter a time that is still to come")]
    except NotRung:
        form.way.errors = [_("Choose another way: ringing this tenant is not safe, or we have no number")]
    except booking.NotOfTheTalk:
        form.begins.errors = [_("Enter a time at which the talk begins: the interpreter has to be there then")]
    return None


def ended(one: InterpreterRequest, form: OutcomeForm, at: datetime, who: str) -> str | None:
    """The same for what came of it. None where no letter goes out."""
    if not form.validate():
        return None
    note = form.note.data or ""
    if form.what.data == MET:
        try:
            booking.met(one, note, at, who)
        except booking.NotBooked:
            form.what.errors = [_("Choose this after the time for which the interpreter was booked")]
    elif form.what.data == FAILED:
        again = form.again.data == "yes"
        return interpreters.failed(one, form.failure.data, note, current_landlord(), at, who, again=again)
    else:
        return interpreters.withdraw(one, form.withdrawal.data, note, at, who)
    return None


def seen(one: InterpreterRequest) -> str:
    """What a page shows of it, so that a press can tell whether somebody else has changed it since."""
    return f"{one.id} {one.state} {one.begins_at or ''} {one.booking or ''}"
