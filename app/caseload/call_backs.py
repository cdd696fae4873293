"""The queue of calls that tenants asked for: who is next, how late, and how long people have waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

import phonenumbers
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.call_backs.models import CallBack
from app.call_backs.slots import Slot
from app.call_backs.words import time_words
from app.caseload.words import DueWords, due_words, short_day
from app.cases.clock import LONDON
from app.extensions import db
from app.journeys.checks import HOME_COUNTRY
from app.languages.times import clock_words
from app.notices.closures import closures_of, is_closed_between
from app.notices.lists import front

MEASURED = timedelta(days=30)
LATELY = 10  # calls
OUTCOMES = {"called": _l("Called"), "missed": _l("Nobody answered"), "cancelled": _l("Cancelled")}
# What stands in a call's own history.
HAPPENED = {
    **OUTCOMES,
    "again": _l("To be tried again"),
    "moved": _l("Moved to another time"),
    "taken_back": _l("A wrong press, taken back"),
    "letter": _l("A letter about it was written"),
}
BUTTONS = {"called": _l("Called"), "missed": _l("No answer"), "cancelled": _l("Cancel")}


@dataclass(frozen=True)
class Waits:
    """Of the calls that ended within ``MEASURED``. ``half_waited`` is the median from asking to the call."""

    called: int
    half_waited: timedelta | None
    called_late: int  # after the time that was chosen
    missed: int
    cancelled: int


def waiting() -> list[tuple[CallBack, int]]:
    """Who waits, what is due first at the top, each with its place among those of the same time."""
    found = db.session.scalars(
        select(CallBack).where(CallBack.state == "waiting").order_by(CallBack.slot_at, CallBack.placed_at, CallBack.id)
    )
    places: dict[datetime, int] = {}
    rows = []
    for call_back in found:
        places[call_back.slot_at] = places.get(call_back.slot_at, 0) + 1
        rows.append((call_back, places[call_back.slot_at]))
    return rows


def closed_then(rows: list[tuple[CallBack, int]], now: datetime) -> frozenset[int]:
    """Of those who wait, the numbers of the calls whose time lies in a closure that was published later."""
    closures = closures_of(front(now).notices)
    return frozenset(one.id for one, _place in rows if is_closed_between(closures, one.slot_at, one.slot_ends_at))


def lately_ended() -> list[CallBack]:
    ended = select(CallBack).where(CallBack.state != "waiting").order_by(CallBack.ended_at.desc()).limit(LATELY)
    return list(db.session.scalars(ended))


def to_end(reference: str) -> CallBack | None:
    """To be written: held until the commit."""
    return db.session.scalar(select(CallBack).where(CallBack.reference == reference).with_for_update())


def with_reference(reference: str) -> CallBack | None:
    return db.session.scalar(select(CallBack).where(CallBack.reference == reference))


def slot_words(slot: Slot) -> str:
    """Tue 24 Nov 2026, 9am to 10am."""
    return _("%(day)s, %(times)s", day=short_day(slot.day), times=time_words(slot))


def waits(now: datetime) -> Waits:
    ended = select(CallBack.state, CallBack.asked_at, CallBack.slot_ends_at, CallBack.ended_at)
    rows = db.session.execute(ended.where(CallBack.state != "waiting", CallBack.ended_at > now - MEASURED)).all()
    called = [row for row in rows if row.state == "called"]
    return Waits(
        called=len(called),
        half_waited=median(row.ended_at - row.asked_at for row in called) if called else None,
        called_late=sum(row.ended_at > row.slot_ends_at for row in called),
        missed=sum(row.state == "missed" for row in rows),
        cancelled=sum(row.state == "cancelled" for row in rows),
    )


def when_words(call_back: CallBack, now: datetime) -> DueWords:
    """When to call, as a colleague would say it: now, until 10am · late since 10am · Tue 24 Nov, 9am to 10am."""
    if now > call_back.slot_ends_at:
        return due_words(call_back.slot_ends_at, now)
    if now >= call_back.slot_at:
        until = clock_words(call_back.slot_ends_at.astimezone(LONDON).time())
        # Translators: a call to make at once; %(time)s is a time of day, such as 10am
        return DueWords(_("now, until %(time)s", time=until), "today")
    slot, today = Slot(call_back.slot_at, call_back.slot_ends_at), now.astimezone(LONDON).date()
    if slot.day == today:
        # Translators: a call to make later today; %(times)s is such as 9am to 10am
        return DueWords(_("today, %(times)s", times=time_words(slot)), "soon")
    # Translators: a call on another day, as in Tue 24 Nov, 9am to 10am
    return DueWords(_("%(day)s, %(times)s", day=short_day(slot.day, today), times=time_words(slot)), "later")


def wait_words(wait: timedelta) -> str:
    return str(format_timedelta(wait, granularity="minute"))


def dialled(phone: str) -> str:
    """The number as a telephone takes it, with its country; as it was typed where it is none."""
    try:
        number = phonenumbers.parse(phone, HOME_COUNTRY)
    except phonenumbers.NumberParseException:
        return phone.replace(" ", "")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
