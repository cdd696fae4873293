"""What somebody who follows a case can do: add to it, have it handled as a complaint, ask for stage two. No commits."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from app.cases.actions import add_contact, add_event, name_handler
from app.cases.handlers import choose_for_stage_2, choose_handler
from app.cases.models import Case, Contact
from app.complaints import stage_two
from app.complaints.actions import make_complaint
from app.complaints.arrivals import arrival_from
from app.complaints.casework import standing_of
from app.complaints.escalation import window_of as window_of
from app.complaints.joining import joined_to
from app.complaints.stage_one import SERVICE_REQUEST, take_as_complaint
from app.complaints.stage_two import request_of as stage_two_request
from app.complaints.stages import NotAllowed, reasons_against
from app.dispatch.actions import queue_words
from app.extensions import db, start_writing
from app.interpreters.asking import Wish, ask
from app.interpreters.models import CALL, FOLLOWING, IN_PERSON, MEETING
from app.landlords.standards import Landlord
from app.languages import speaking
from app.letters.actions import landlord_of
from app.letters.answers import told
from app.reception.actions import Arrival
from app.staff.models import StaffMember
from app.tracking.promises_shown import Group, shown

DIARY, MORE, COMPLAINT_ASKED, STAGE_2_ASKED = "diary", "more", "complaint-asked", "stage-2-asked"
OF_ANY_CASE = frozenset({"more", "interpreter_language"})  # answers that are no incident for a diary
WITH_DIARY = frozenset({"antisocial-behaviour"})  # kinds
LANGUAGE_OF_STAFF = "en"
PRESSED_AGAIN = timedelta(hours=1)  # the same words within this time are one press of the button, sent twice


def held(case_id: int) -> Case:
    """The case, to be written: nobody else writes it until this is committed. Begins writing."""
    start_writing()
    return db.session.get_one(Case, case_id, with_for_update=True, populate_existing=True)


def keeps_a_diary(case: Case) -> bool:
    return case.kind in WITH_DIARY


def add(case: Case, answers: Mapping[str, Any], language: str, at: datetime) -> Contact:
    """What somebody tells us later: an incident for the diary where the case has one. A button pressed twice adds once.

    A closed case takes it too; its history says that it came after closing.
    """
    purpose = DIARY if keeps_a_diary(case) and not OF_ANY_CASE & answers.keys() else MORE
    for earlier in case.contacts:
        is_same = (earlier.purpose, earlier.answers) == (purpose, dict(answers))
        if is_same and at - earlier.received_at < PRESSED_AGAIN:
            return earlier
    contact = add_contact(case, purpose=purpose, channel="web", received_at=at, answers=answers, language=language)
    if case.status == "closed":
        add_event(case, "came_after_closing", at, purpose=purpose)
    _tell_the_handler(case, at)
    return contact


def ask_for_interpreter(case: Case, answers: Mapping[str, Any], language: str, at: datetime) -> Contact:
    """For a talk about this case (L27). A button pressed twice asks once."""
    contact = add(case, answers, language, at)
    way = str(answers["interpreter_way"])
    wish = Wish(
        language=str(answers["interpreter_language"]),
        source=FOLLOWING,
        way=way,
        purpose=MEETING if way == IN_PERSON else CALL,
        wished_for=answers.get("interpreter_when"),
        prefers=answers.get("interpreter_prefers"),
    )
    ask(case, wish, landlord_of(case), at)
    return contact


def complaint_of(case: Case) -> Case | None:
    """The complaint that was made of this case."""
    asked = next((event for event in case.events if event.what == "asked_as_complaint"), None)
    if asked is None:
        return None
    return db.session.scalar(select(Case).where(Case.reference == asked.details["reference"]))


def can_become_a_complaint(case: Case) -> bool:
    """A case of another kind, or what was handled as a service request until now."""
    if case.kind != "complaint":
        return True
    standing = standing_of(case)
    return standing.triage == SERVICE_REQUEST and not reasons_against("take_as_complaint", standing)


def handle_as_complaint(
    case: Case,
    landlord: Landlord,
    language: str,
    at: datetime,
    *,
    channel: str = "web",
    recorded_by: str | None = None,
) -> Case:
    """Open a complaint of the case's own words, with no questions asked (V08). Asking again gives the same one.

    What came in as a complaint, and was handled as a service request since, is one again. ``recorded_by`` is the email
    of the colleague to whom the tenant said so.
    """
    asked: dict[str, Any] = {"purpose": COMPLAINT_ASKED, "channel": channel, "received_at": at, "language": language}
    if case.kind == "complaint":
        if can_become_a_complaint(case):
            add_contact(case, **asked, answers={}, recorded_by=recorded_by)
            take_as_complaint(case, at)
        return case
    if made := complaint_of(case):
        return made
    add_contact(case, **asked, answers={}, recorded_by=recorded_by)
    arrival = _arrival(case, landlord, at, channel, recorded_by)
    complaint = make_complaint(landlord, arrival, is_restricted=case.is_restricted)
    add_event(case, "asked_as_complaint", at, recorded_by, reference=complaint.reference)
    add_event(complaint, "complaint_from", at, recorded_by, reference=case.reference)
    return complaint


def _arrival(case: Case, landlord: Landlord, at: datetime, channel: str, recorded_by: str | None) -> Arrival:
    """As if the tenant had sent it now: their words, their data, their needs."""
    opening = next(contact for contact in case.contacts if contact.purpose == "opening")
    answers = {"what_happened": _words_of(case, landlord)}
    if service := opening.answers.get("service"):
        answers["service"] = service
    return arrival_from(case, answers, at, written_in=opening.language, channel=channel, recorded_by=recorded_by)


def _words_of(case: Case, landlord: Landlord) -> str:
    """All that the tenant wrote, each answer under its question; where it is one answer, that alone."""
    with speaking(case.language):
        answers = [answer for contact in case.contacts for answer in told(contact, landlord) if answer.is_own_words]
        if not answers:
            return _("This is about what was sent to us before, reference %(reference)s.", reference=case.reference)
    if len(answers) == 1:
        return answers[0].words
    return "\n\n".join(f"{answer.question}\n{answer.words}" for answer in answers)


def has_no_second_stage(case: Case) -> bool:
    """We did not take it, its tenant took it back, or it is dealt with in another complaint."""
    if joined_to(case):
        return True
    against = reasons_against("ask_for_stage_2", standing_of(case))
    return "is-refused" in against or "withdrawn" in against


def promises_of_stage_two(case: Case, landlord: Landlord, now: datetime) -> tuple[Group, ...]:
    labels = {standard.key: standard.label for standard in landlord.standards}
    return shown([one for one in case.promises if "stage_2" in one.standard], case.kind, labels, now)


def ask_for_stage_two(case: Case, landlord: Landlord, reasons: str | None, language: str, at: datetime) -> Contact:
    """Ask for stage two, whenever and with or without reasons (Code 6.12). Late requests are flagged (V10).

    Asking again begins nothing again; new words are added to the case. So are those of somebody whose complaint has no
    second stage, because we did not take it or they withdrew it: a person reads them. What we handle as a service
    request is a complaint as soon as its tenant says so (V08).
    """
    if earlier := stage_two_request(case):
        if reasons and earlier.answers.get("stage_2_reasons") != reasons:
            return add(case, {"more": reasons}, language, at)
        return earlier
    try:
        if case.kind == "complaint" and standing_of(case).triage == SERVICE_REQUEST:
            take_as_complaint(case, at)
        contact = stage_two.ask(case, landlord, at, reasons=reasons, language=language)
    except NotAllowed:
        return add(case, {"more": reasons or _("I would like you to look at this again (stage 2).")}, language, at)
    _tell_the_handler(case, at)
    return contact


def _tell_the_handler(case: Case, at: datetime) -> None:
    """By email, without a word of what it says: mail is read on phones, over shoulders."""
    handler = _handler_of(case, at)
    if handler is None:
        return
    with speaking(LANGUAGE_OF_STAFF):
        subject = _("Something new in one of your cases")
        words = _("The tenant has told us more, or has asked for something. Please look at the case:")
    address = f"{current_app.config['LETTERBOX'].public_url}/staff/cases/{case.reference}"
    queue_words(handler.email, subject, f"{words}\n\n{address}", LANGUAGE_OF_STAFF, at, case=case)


def _handler_of(case: Case, at: datetime) -> StaffMember | None:
    """Whoever deals with the case. Where nobody does, or they have left, somebody does from now on: the tenant was told
    that a person sees it."""
    if case.handler is not None and case.handler.active:
        return case.handler
    landlord = landlord_of(case)
    if case.stage == 2:
        found = choose_for_stage_2(case, landlord, at)
    else:
        found = choose_handler(case.kind, is_restricted=case.is_restricted, landlord=landlord, team=case.team, at=at)
    if found is not None:
        name_handler(case, found, at)
    return found
