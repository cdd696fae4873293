"""What stands on pages about interpreters: ways, reasons, where a request stands; and the sentences of the history."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.words import DueWords, due_words, moment_words, short_day
from app.cases.clock import LONDON
from app.interpreters.booking import may_be_met
from app.interpreters.models import ASKED, BOOKED, IncomingTranslation, InterpreterRequest
from app.landlords.shapes import InterpreterBooking
from app.languages.times import clock_words

Details = Mapping[str, Any]
WAYS = {
    "any": _l("Any way"),
    "phone": _l("On the phone"),
    "video": _l("By video"),
    "in-person": _l("In person"),
}
PURPOSES = {"call": _l("A call"), "visit": _l("A visit"), "meeting": _l("A meeting")}
PREFERENCES = {"woman": _l("A woman"), "man": _l("A man")}
SOURCES = {
    "form": _l("The tenant, in a form"),
    "following": _l("The tenant, on the page of their case"),
    "call-back": _l("The tenant, with a request for a call"),
    "colleague": _l("A colleague"),
    "visit": _l("Asked for by itself, with the visit"),
}
STATES = {
    "asked": _l("To be booked"),
    "booked": _l("Booked"),
    "met": _l("The interpreter was there"),
    "failed": _l("There was no interpreter"),
    "withdrawn": _l("Not needed"),
}
FAILURES = {
    "nobody-free": _l("Nobody was free"),
    "did-not-come": _l("The interpreter did not come"),
    "tenant-not-there": _l("The tenant was not there"),
    "not-understood": _l("They did not understand each other: another dialect or signs"),
    "technical-trouble": _l("The line or the picture failed"),
    "not-booked": _l("We did not book one"),
    "other": _l("Something else"),
}
WITHDRAWALS = {
    "not-needed": _l("No talk takes place"),
    "tenant-declined": _l("The tenant wants none"),
    "in-writing": _l("We write instead"),
    "asked-twice": _l("It was asked for twice"),
}
BECAUSE = {
    **FAILURES,
    **WITHDRAWALS,
    "visit-cancelled": _l("The visit was cancelled"),
    "call-cancelled": _l("The call was cancelled"),
}
TRANSLATION_STATES = {"wanted": _l("Wanted"), "done": _l("Done"), "dropped": _l("Not translated")}


def state_mark(request: InterpreterRequest, now: datetime) -> DueWords:
    """Where it stands, in a glance: a late booking, a talk that is over and of which nobody said how it went."""
    if request.state == ASKED:
        return due_words(request.late_from, now)
    if may_be_met(request, now):
        return DueWords(_("Was the interpreter there?"), "soon")
    return DueWords(str(STATES[request.state]), "later" if request.state == BOOKED else "nothing")


def target_words(target: InterpreterBooking) -> str:
    """By when one is booked, and that it is no promise where it is none."""
    days = _("%(amount)s hours", amount=target.amount)
    if target.unit != "hours":
        days = _("%(amount)s working days", amount=target.amount)
    if target.is_promised:
        return _("We promise to book within %(days)s.", days=days)
    return _("Our own target is to book within %(days)s. It is not a promise: do not tell it to tenants.", days=days)


def time_words(request: InterpreterRequest) -> str:
    """Tue 24 Nov 2026, 9am to 10am."""
    if request.begins_at is None or request.ends_at is None:
        return ""
    ends = clock_words(request.ends_at.astimezone(LONDON).time())
    return _("%(moment)s to %(ends)s", moment=moment_words(request.begins_at), ends=ends)


def because_words(request: InterpreterRequest) -> str:
    return str(BECAUSE.get(request.because or "", request.because or ""))


def asked_words(wanted: IncomingTranslation) -> str:
    return short_day(wanted.asked_at.astimezone(LONDON).date())


def _when(details: Details) -> str:
    return moment_words(datetime.fromisoformat(str(details.get("begins"))))


def _why(details: Details) -> str:
    key = str(details.get("because"))
    return str(BECAUSE.get(key, key))


def _asked(details: Details) -> str:
    if details.get("words"):
        return _("An interpreter was asked for: %(language)s.", language=details["words"])
    return _("An interpreter was asked for.")


def _withdrawn(details: Details) -> str:
    if details.get("was_booked"):
        return _("The interpreter is not needed: %(why)s. Cancel the booking with the firm.", why=_why(details))
    return _("The interpreter is not needed: %(why)s.", why=_why(details))


def _translated(details: Details) -> str:
    if details.get("note"):  # under a key that goes with the words when the case's time is over
        return _("What came in was translated into English by %(name)s.", name=details["note"])
    return _("What came in was translated into English.")


SENTENCES: Mapping[str, Callable[[Details], str]] = {
    "interpreter_asked": _asked,
    "interpreter_for_visit": lambda d: _("The interpreter is for the visit: %(when)s.", when=_when(d)),
    "interpreter_booked": lambda d: _("An interpreter was booked: %(when)s.", when=_when(d)),
    "interpreter_moved": lambda d: _(
        "The visit was moved: the interpreter has to be booked anew for %(when)s.", when=_when(d)
    ),
    "interpreter_met": lambda d: _("The interpreter was there."),
    "interpreter_failed": lambda d: _("There was no interpreter: %(why)s.", why=_why(d)),
    "interpreter_withdrawn": _withdrawn,
    "translation_into_english_wanted": lambda d: _("A translation into English was asked for."),
    "translation_into_english_done": _translated,
    "translation_into_english_dropped": lambda d: _("What came in is not translated into English after all."),
}
