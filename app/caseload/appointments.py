"""Visits that a tenant is told of by letter: made, moved, cancelled (L42, L43). Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.cases.actions import add_event
from app.cases.case_actions import CaseIsClosed
from app.cases.casework_models import Appointment
from app.cases.models import Case
from app.dispatch.actions import take_back
from app.extensions import db
from app.interpreters import asking, moving
from app.landlords.standards import current_landlord
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.reception.going_out import send_out, way_out
from app.tenants.models import WAYS, Tenant

LETTER, CANCELLED = "appointment", "appointment-cancelled"
NOT_SO = "visit-is-not-so"  # why a letter is not sent: what it says of a visit is over
NEXT = NEW_TIME, NOT_NEEDED = ("new-time", "not-needed")  # what a letter of cancelling says comes next
SHOWN_AHEAD = timedelta(days=14)
MOST_SHOWN = 200


class NotAhead(ValueError):
    """A visit is still to come, and ends after it begins."""


class AnotherThen(Exception):
    """We come to the same tenant at that time already."""


class NotRung(Exception):
    """Ringing ahead is not safe for this tenant, or we have no number."""


class NotAgreed(Exception):
    """The tenant ruled a way out: nobody comes to the door who was not agreed with them."""


class NotStanding(Exception):
    """It was cancelled, or is over."""


@dataclass(frozen=True)
class Visit:
    """``comes_for`` is a firm that works for us. ``is_agreed``: a colleague spoke with the tenant about it."""

    purpose: str
    words_language: str
    begins: datetime
    ends: datetime
    who_comes: str
    comes_for: str | None = None
    is_called_ahead: bool = False
    is_agreed: bool = False


def can_be_rung(tenant: Tenant) -> bool:
    return bool(tenant.phone) and tenant.needs.is_safe("phone")


def must_be_agreed(tenant: Tenant) -> bool:
    """Whoever says that some ways are not safe may not be safe at their door either."""
    ways = tenant.needs.safe_ways
    return ways is not None and set(ways) != set(WAYS)


def make(case: Case, visit: Visit, at: datetime, who: str) -> tuple[Appointment, str]:
    """Gives it, and how its letter goes. Raises CaseIsClosed, NotAhead, AnotherThen, NotRung, NotAgreed, NoWay."""
    _refuse(case, visit, at, None)
    made = _added(case, visit, at, who)
    add_event(case, "appointment_made", at, who, **_told(made))
    asking.ask_for_visit(made, current_landlord(), at, who)
    return made, send_out(request_letter(case, LETTER, at, given=_given(made)), at, who)


def move(appointment: Appointment, visit: Visit, at: datetime, who: str) -> tuple[Appointment, str]:
    """Another in its place; the letter names the day that falls away. Raises NotStanding, and what ``make`` raises."""
    case = appointment.case
    if not is_standing(appointment, at):
        raise NotStanding
    _refuse(case, visit, at, appointment)
    appointment.cancelled_at, appointment.cancelled_by = at, who
    made = _added(case, visit, at, who)
    before = appointment.begins_at.isoformat()
    _take_the_letter_back(case)
    add_event(case, "appointment_moved", at, who, before=before, **_told(made))
    moving.visit_moved(appointment, made, at, who)
    given = {**_given(made), "instead_of": before}
    return made, send_out(request_letter(case, LETTER, at, given=given), at, who)


def cancel(appointment: Appointment, then: str, reason: str, words_language: str, at: datetime, who: str) -> str:
    """``then`` is one of NEXT. Gives how the letter goes. Raises NotStanding, NoWay."""
    if not is_standing(appointment, at):
        raise NotStanding
    case = appointment.case
    way_out(case.tenant)
    appointment.cancelled_at, appointment.cancelled_by = at, who
    _take_the_letter_back(case)
    add_event(case, "appointment_cancelled", at, who, **_told(appointment), next=then)
    moving.visit_cancelled(appointment, at, who)
    given = {"begins": appointment.begins_at.isoformat(), "ends": appointment.ends_at.isoformat(), "next": then}
    if reason.strip():
        given |= {"reason": reason.strip(), "words_language": words_language}
    return send_out(request_letter(case, CANCELLED, at, given=given), at, who)


def is_standing(appointment: Appointment, at: datetime) -> bool:
    return appointment.cancelled_at is None and appointment.ends_at > at


def holds(letter: Letter) -> bool:
    """Whether we still come as the letter of a visit says. Of another letter: True."""
    if letter.name != LETTER or not letter.given:
        return True
    told = tuple(datetime.fromisoformat(letter.given[key]) for key in ("begins", "ends"))
    standing = (one for one in appointments_of(letter.case) if one.cancelled_at is None)
    return any((one.begins_at, one.ends_at) == told for one in standing)


def appointments_of(case: Case) -> list[Appointment]:
    """The newest first."""
    wanted = select(Appointment).where(Appointment.case_id == case.id)
    return list(db.session.scalars(wanted.order_by(Appointment.begins_at.desc(), Appointment.id.desc())))


def coming(at: datetime) -> Sequence[Appointment]:
    """The visits of the next days, of every case, the soonest first."""
    wanted = (
        select(Appointment)
        .join(Appointment.case)
        .where(Appointment.cancelled_at.is_(None), Appointment.ends_at > at)
        .where(Appointment.begins_at < at + SHOWN_AHEAD)
        .order_by(Appointment.begins_at, Appointment.id)
        .limit(MOST_SHOWN)
    )
    return db.session.scalars(wanted).all()


def _refuse(case: Case, visit: Visit, at: datetime, instead_of: Appointment | None) -> None:
    if case.status == "closed":
        raise CaseIsClosed
    if not at < visit.begins < visit.ends:
        raise NotAhead
    if visit.is_called_ahead and not can_be_rung(case.tenant):
        raise NotRung
    if must_be_agreed(case.tenant) and not visit.is_agreed:
        raise NotAgreed
    others = (one for one in appointments_of(case) if one is not instead_of and is_standing(one, at))
    if any(one.begins_at < visit.ends and visit.begins < one.ends_at for one in others):
        raise AnotherThen
    way_out(case.tenant)


def _added(case: Case, visit: Visit, at: datetime, who: str) -> Appointment:
    made = Appointment(
        case=case,
        purpose=visit.purpose.strip(),
        words_language=visit.words_language,
        begins_at=visit.begins,
        ends_at=visit.ends,
        who_comes=visit.who_comes,
        comes_for=visit.comes_for or None,
        is_called_ahead=visit.is_called_ahead,
        made_at=at,
        made_by=who,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _take_the_letter_back(case: Case) -> None:
    """What waits in the outbox would have the tenant at home for nobody, perhaps after the letter that we cancel."""
    db.session.flush()
    take_back(case, lambda letter, _message: not holds(letter), "the visit was moved or cancelled")


def _given(made: Appointment) -> dict[str, Any]:
    return {
        "purpose": made.purpose,
        "words_language": made.words_language,
        "begins": made.begins_at.isoformat(),
        "ends": made.ends_at.isoformat(),
        "who_comes": made.who_comes,
        "comes_for": made.comes_for,
        "is_called_ahead": made.is_called_ahead,
        "phone": made.case.tenant.phone if made.is_called_ahead else None,
    }


def _told(made: Appointment) -> dict[str, Any]:
    """What the history says: its words stay with the appointment."""
    return {"appointment": made.id, "begins": made.begins_at.isoformat(), "ends": made.ends_at.isoformat()}
