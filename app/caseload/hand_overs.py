"""A case goes to a named colleague, who gets in touch by a way and at a time that suit the tenant (L08, L13)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.call_backs.slots import Slot, slots_from
from app.cases.actions import add_event, name_handler
from app.cases.casework_models import HandOver
from app.cases.clock import LONDON
from app.cases.models import Case
from app.dispatch.actions import queue_words
from app.extensions import db
from app.landlords.shapes import CallBackTimes, Landlord
from app.languages import STAFF_LANGUAGES, speaking
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.notices.closures import closures_of
from app.notices.lists import front
from app.reception.going_out import send_out, way_out
from app.staff.absences import away_at
from app.staff.models import StaffMember
from app.tenants.models import WAYS, Tenant

PHONE, EMAIL, LETTER, VISIT = CHANNELS = ("phone", "email", "letter", "visit")
SPOKEN = (PHONE, VISIT)  # at a time of the day; what is written comes by the end of a day
TIMES = CallBackTimes(slot_minutes=60, calls_per_slot=1, days_ahead=10, soonest_minutes=60)


class NotThisWay(Exception):
    """The way is not safe for this tenant, or we have no address for it."""


class NotThisTime(Exception):
    """We are closed then, or it is too soon or too far away."""


class AwayThen(Exception):
    """The colleague is away on that day (L14)."""


class NotInTouch(Exception):
    """There is no hand-over that waits for this."""


@dataclass(frozen=True)
class Wanted:
    """``begins`` is the moment at which the slot begins; of what is written only its day counts."""

    colleague: StaffMember
    channel: str
    begins: datetime
    note: str = ""


def channels_for(tenant: Tenant) -> tuple[str, ...]:
    """The ways that are safe, and for which there is an address; the one that they prefer first.

    A visit is a way that nobody is asked about: it is offered only to those who ruled no way out.
    """
    needs = tenant.needs
    has_address = bool(tenant.address)
    there = {EMAIL: bool(tenant.email), PHONE: bool(tenant.phone), LETTER: has_address}
    found = [way for way in WAYS if there[way] and needs.is_safe(way)]
    found.sort(key=lambda way: way != needs.contact_channel)
    if has_address and (needs.safe_ways is None or set(needs.safe_ways) == set(WAYS)):
        found.append(VISIT)
    return tuple(found)


def times_for(landlord: Landlord, at: datetime) -> tuple[Slot, ...]:
    """When a colleague can get in touch: hours of opening, on the next ten days that have any."""
    return slots_from(at, TIMES, landlord.hours, landlord.calendar, closures_of(front(at).notices))


def hand_over(case: Case, landlord: Landlord, wanted: Wanted, at: datetime, who: str) -> tuple[HandOver, str]:
    """Name the colleague, tell them by mail and the tenant by letter. Gives it, and how the letter goes.

    No commit. Raises NotThisWay, NotThisTime, AwayThen, NotIndependent, NoWay.
    """
    if wanted.channel not in channels_for(case.tenant):
        raise NotThisWay
    slot = _slot(landlord, wanted, at)
    if wanted.colleague.id in away_at(slot.begins):
        raise AwayThen
    way_out(case.tenant)  # before anything is written
    if case.handler_id != wanted.colleague.id:
        name_handler(case, wanted.colleague, at, who)
    made = HandOver(
        case=case,
        at=at,
        who=who,
        colleague=wanted.colleague,
        channel=wanted.channel,
        slot_at=slot.begins,
        slot_ends_at=slot.ends,
        note=wanted.note,
    )
    db.session.add(made)
    add_event(
        case,
        "handed_over",
        at,
        who,
        name=wanted.colleague.name,
        channel=wanted.channel,
        begins=slot.begins.isoformat(),
        ends=slot.ends.isoformat(),
    )
    _tell(made, landlord, at)
    letter: Letter = request_letter(case, "hand-over", at, given=_given(made))
    return made, send_out(letter, at, who)


def in_touch(case: Case, at: datetime, who: str) -> HandOver:
    """The colleague has been in touch with the tenant. No commit. Raises NotInTouch."""
    found = waiting(case)
    if found is None:
        raise NotInTouch
    in_time = not is_overdue(found, at)
    found.in_touch_at = at
    add_event(case, "been_in_touch", at, who, channel=found.channel, in_time=in_time)
    return found


def newest(case: Case) -> HandOver | None:
    """The one that holds: a later one takes the place of those before."""
    wanted = select(HandOver).where(HandOver.case_id == case.id).order_by(HandOver.id.desc()).limit(1)
    return db.session.scalar(wanted)


def waiting(case: Case) -> HandOver | None:
    """The newest, while nobody has been in touch."""
    found = newest(case)
    return found if found and found.in_touch_at is None else None


def to_do(colleague: StaffMember | None) -> Sequence[HandOver]:
    """Open cases' hand-overs after which nobody has been in touch, what is due first at the top; None: everybody's."""
    newest_ones = select(func.max(HandOver.id)).group_by(HandOver.case_id)
    wanted = (
        select(HandOver)
        .join(HandOver.case)
        .where(HandOver.id.in_(newest_ones), HandOver.in_touch_at.is_(None), Case.status == "open")
        .order_by(HandOver.slot_ends_at, HandOver.id)
    )
    if colleague is not None:
        wanted = wanted.where(HandOver.colleague_id == colleague.id)
    return db.session.scalars(wanted).all()


def end_of_day(slot: Slot, landlord: Landlord) -> Slot:
    """From this slot to closing time: what is written comes by then."""
    return replace(slot, ends=datetime.combine(slot.day, landlord.hours.closes, LONDON))


def days_of(times: Sequence[Slot]) -> list[date]:
    return list(dict.fromkeys(slot.day for slot in times))


def _slot(landlord: Landlord, wanted: Wanted, at: datetime) -> Slot:
    times = times_for(landlord, at)
    if wanted.channel in SPOKEN:
        found = next((slot for slot in times if slot.begins == wanted.begins), None)
    else:
        day = wanted.begins.astimezone(LONDON).date()
        found = next((end_of_day(slot, landlord) for slot in times if slot.day == day), None)
    if found is None:
        raise NotThisTime
    return found


def _given(made: HandOver) -> dict[str, Any]:
    colleague = made.colleague
    assert made.slot_at
    assert made.slot_ends_at
    return {
        "colleague": colleague.name,
        "phone": colleague.phone,
        "email": colleague.email,
        "team": colleague.team.name if colleague.team else None,
        "channel": made.channel,
        "begins": made.slot_at.isoformat(),
        "ends": made.slot_ends_at.isoformat(),
    }


def _tell(made: HandOver, landlord: Landlord, at: datetime) -> None:
    """By mail, without a word of what it is about: mail is read on phones, over shoulders."""
    colleague, case = made.colleague, made.case
    language = colleague.language if colleague.language in STAFF_LANGUAGES else landlord.languages[0]
    with speaking(language):
        subject = _("A case for you")
        words = _("A colleague has handed a case over to you, and the tenant knows when to expect you. It is here:")
    address = f"{current_app.config['LETTERBOX'].public_url}/staff/cases/{case.reference}/hand-over"
    queue_words(colleague.email, subject, f"{words}\n\n{address}", language, at, case=case)


def is_overdue(made: HandOver, now: datetime) -> bool:
    return made.in_touch_at is None and made.slot_ends_at is not None and made.slot_ends_at < now
