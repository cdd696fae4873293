"""The promises of a case: made with their working, met in order, and the next one known."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app, has_app_context

from app.cases.clock import due
from app.cases.models import Case, Event, Promise
from app.cases.waiting import resume_promise
from app.landlords.shapes import TEAM, Landlord, Standard
from app.landlords.standards import current_landlord

LONDON = ZoneInfo("Europe/London")
ACKNOWLEDGE = "acknowledge"  # the last part of the key of a promise to acknowledge: complaint.acknowledge
HAZARD_EMERGENCY, HAZARD_INVESTIGATE = "hazard.emergency_make_safe", "hazard.investigate"
ANSWER = "answer"  # the letter's name, and how the last part of the keys of promises to answer begins
REPAIR_EMERGENCY = "repair.make_safe"
FIRST_ANSWER = "contact.answer_"  # to a web form, a comment on social media, a voicemail: contact.answer_web_form


class HandlerNotNamed(Exception):
    """An acknowledgement says who deals with the case: it cannot go out before somebody does (Code 6.2)."""


class NoSuchPromise(LookupError):
    """The case has no promise of this standard. The message names it."""


def make_first(case: Case, landlord: Landlord, channel: str, addressee: str = TEAM) -> None:
    """Make the promises that begin at receipt: the landlord's own, the Code's and the law's side by side."""
    on = case.received_at.astimezone(LONDON).date()
    _make(case, landlord, landlord.standards_for(case.kind, channel, on, addressee), case.received_at)
    if case.hazard:
        make_for_hazard(case, landlord, case.received_at)


def make_for_hazard(case: Case, landlord: Landlord, at: datetime) -> None:
    """Make the law's promises for a hazard, counted from the moment at which we knew of it (Awaab's Law).

    An emergency has its own, and beside it the landlord's promise to attend emergencies, where it makes one (L41); a
    significant hazard is investigated. Those made already stay as they are.
    """
    hazard = next((one for one in landlord.hazards if one.key == case.hazard), None)
    on = at.astimezone(LONDON).date()
    if hazard is None or not hazard.is_in_scope(on):
        return
    wanted = (HAZARD_EMERGENCY, REPAIR_EMERGENCY) if hazard.is_emergency else (HAZARD_INVESTIGATE,)
    found = (*landlord.standards_for("hazard", "", on), *landlord.standards_for("repair", "", on))
    _make(case, landlord, [standard for standard in found if standard.key in wanted], at)


def make_after(
    case: Case,
    landlord: Landlord,
    event: str,
    at: datetime,
    kind: str | None = None,
    besides: Collection[str] = (),
) -> None:
    """Make the promises that begin with a later event, such as ``acknowledged``; all but the keys in ``besides``.

    Those made already stay as they are. ``kind`` is whose promises: the case's own kind, or ``hazard`` or ``repair``.
    """
    on = at.astimezone(LONDON).date()
    found = landlord.standards_after(kind or case.kind, event, on)
    _make(case, landlord, [standard for standard in found if standard.key not in besides], at)


def meet_promise(case: Case, standard: str, at: datetime, who: str | None = None) -> None:
    """Mark the promise met, the landlord's and the Code's alike; the case's next due date moves on.

    Meeting it again changes nothing. Raises NoSuchPromise; HandlerNotNamed for an acknowledgement without a handler.
    """
    kept = [promise for promise in case.promises if promise.standard == standard]
    if not kept:
        raise NoSuchPromise(standard)
    if is_acknowledgement(standard) and case.handler is None and case.handler_id is None:
        raise HandlerNotNamed
    newly = [promise for promise in kept if promise.is_open]
    for promise in newly:
        if promise.paused_at is not None:
            resume_promise(promise, current_landlord(), at, who)
        promise.met_at = at
    if newly:
        in_time = {promise.regime: at <= promise.due_at for promise in newly}
        case.events.append(
            Event(what="promise_met", at=at, who=who, details={"standard": standard, "in_time": in_time})
        )
    set_next_due(case)


def is_acknowledgement(standard: str) -> bool:
    return standard.rpartition(".")[2] == ACKNOWLEDGE


def is_kept_by_acknowledging(kind: str, standard: str) -> bool:
    """An acknowledgement is also our first answer to a web form or an email; but not the answer to a question."""
    return is_acknowledgement(standard) or (kind != "enquiry" and standard.startswith(FIRST_ANSWER))


def acknowledge(case: Case, landlord: Landlord, at: datetime, who: str | None = None) -> None:
    """The acknowledgement has gone out: what it promised is kept, and what counts from it begins (Code 6.3).

    Doing it again changes nothing. Raises HandlerNotNamed where a promise to acknowledge is open and nobody is named.
    """
    for standard in sorted({promise.standard for promise in case.promises}):
        if is_kept_by_acknowledging(case.kind, standard):
            meet_promise(case, standard, at, who)
    if _fell_away(case, is_acknowledgement):
        return  # refused or withdrawn meanwhile: nothing more begins
    if not any(event.what == "acknowledged" for event in case.events):
        case.events.append(Event(what="acknowledged", at=at, who=who, details={}))
        make_after(case, landlord, "acknowledged", at)


def _fell_away(case: Case, is_meant: Callable[[str], bool]) -> bool:
    """Whether what these letters were to keep is owed no more: the case was refused, withdrawn, or is at an end."""
    meant = [promise for promise in case.promises if is_meant(promise.standard)]
    return bool(meant) and all(promise.ended_at is not None and promise.met_at is None for promise in meant)


# By letter: the promises that it keeps when it goes out, and the event from which others count then.
KEPT_BY_LETTER = {
    "stage-1-response": ("complaint.stage_1_response", "complaint.stage_1_extension"),
    "stage-2-acknowledgement": ("complaint.stage_2_acknowledge",),
    "stage-2-response": ("complaint.stage_2_response", "complaint.stage_2_extension"),
    "hazard-summary": ("hazard.summary",),
}
AFTER_LETTERS = "after_letters"
BEGUN_BY_LETTER = {"stage-2-acknowledgement": "stage_2_acknowledged"}


def letter_went_out(case: Case, landlord: Landlord, letter: str, at: datetime, who: str | None = None) -> None:
    """What a letter promised to keep is kept, and what counts from it begins. Doing it again changes nothing.

    Raises HandlerNotNamed where an acknowledgement names nobody.
    """
    if letter == "acknowledgement":
        acknowledge(case, landlord, at, who)
        return
    if letter == ANSWER:
        answered(case, at, who, "letter")
    known = {promise.standard for promise in case.promises if promise.is_open}
    for standard in KEPT_BY_LETTER.get(letter, ()):
        if standard in known:
            meet_promise(case, standard, at, who)
    begun = BEGUN_BY_LETTER.get(letter)
    if begun and not _fell_away(case, KEPT_BY_LETTER[letter].__contains__):
        make_after(case, landlord, begun, at)
    for follows in current_app.extensions.get(AFTER_LETTERS, ()) if has_app_context() else ():
        follows(case, letter, at)


def after_letters(app: Flask, follows: Callable[[Case, str, datetime], None]) -> None:
    """Have a room above told of each letter that went out, by its name: what it asked for before may begin now."""
    app.extensions.setdefault(AFTER_LETTERS, []).append(follows)


def answered(case: Case, at: datetime, who: str | None, channel: str) -> None:
    """We have answered: every promise to answer is kept. ``channel``: letter (in any format), phone, visit…

    Doing it again changes nothing but the history.
    """
    for standard in sorted({one.standard for one in case.promises if one.is_open and is_answer(one.standard)}):
        meet_promise(case, standard, at, who)
    case.events.append(Event(what="answered", at=at, who=who, details={"channel": channel}))


def is_answer(standard: str) -> bool:
    """Whether this promises to answer: enquiry.answer_email, contact.answer_web_form."""
    return standard.rpartition(".")[2].startswith(ANSWER + "_")


def set_next_due(case: Case) -> None:
    """The earliest promise still open that waits for nobody; none once the case is closed.

    Where all that is open waits, the case waits for the tenant since the last of it began to.
    """
    still_open = [promise for promise in case.promises if promise.is_open] if case.status == "open" else []
    case.next_due_at = min((one.due_at for one in still_open if one.paused_at is None), default=None)
    waiting = [one.paused_at for one in still_open if one.paused_at is not None]
    case.waiting_since_at = max(waiting) if waiting and len(waiting) == len(still_open) else None


def _make(case: Case, landlord: Landlord, standards: Iterable[Standard], at: datetime) -> None:
    known = {(promise.standard, promise.regime) for promise in case.promises}
    for standard in standards:
        if (standard.key, standard.regime) not in known:
            case.promises.append(_promise(landlord, standard, at))
    set_next_due(case)


def _promise(landlord: Landlord, standard: Standard, at: datetime) -> Promise:
    counted = due(at, standard, landlord.calendar, landlord.hours)
    return Promise(
        standard=standard.key,
        regime=standard.regime,
        amount=standard.amount,
        unit=standard.unit,
        counted_from_at=counted.counted_from,
        due_at=counted.at,
        working=counted.rows(),
        source=standard.source,
    )
