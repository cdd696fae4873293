"""A complaint's second stage: asked for, begun, acknowledged. Nobody who took part in the first decides (Code 6.13).

Adds to the session; no commits. ``who`` is the colleague who acts, None where the tenant or the machine does.
"""

from datetime import datetime
from typing import Any

from app.cases import closing
from app.cases.actions import add_contact, add_event, name_handler, take_part
from app.cases.changes import ALL, end_promises
from app.cases.handlers import choose_for_stage_2
from app.cases.models import Case, Contact
from app.cases.promises import make_after, set_next_due
from app.complaints.answering import MayNotDecide
from app.complaints.casework import file_of, standing_of
from app.complaints.escalation import answered_at, window_of
from app.complaints.joining import joined_to
from app.complaints.models import ComplaintPoint, ComplaintStage
from app.complaints.stages import NotAllowed, refuse_unless
from app.extensions import db
from app.landlords.standards import Landlord
from app.letters.actions import landlord_of, request_letter
from app.letters.models import Letter
from app.staff.models import StaffMember
from app.staff.roles import may

STAGE_2_ASKED = "stage-2-asked"  # a contact's purpose
ACKNOWLEDGEMENT = "stage-2-acknowledgement"  # a letter
# Beside stages.AGAINST.
LATE_NOT_DECIDED, NOT_LATE, NOT_WAITING = "late-not-decided", "not-late", "not-waiting"
IS_JOINED = "is-joined"
MACHINE = "letterbox"  # who listed a point anew, where nobody did it by hand


def ask(
    case: Case,
    landlord: Landlord,
    at: datetime,
    *,
    reasons: str | None = None,
    who: StaffMember | None = None,
    channel: str = "web",
    language: str | None = None,
) -> Contact:
    """Write down that the tenant asks for stage 2, with or without reasons (Code 6.12), and begin it.

    Before the answer at stage 1 has gone out the request waits for it: ``begin_if_asked``. A late one is flagged and
    begins all the same (V10). Raises NotAllowed; also for a complaint that is dealt with in another.
    """
    refuse_unless("ask_for_stage_2", standing_of(case))
    if joined_to(case):
        raise NotAllowed("ask_for_stage_2", (IS_JOINED,))
    limits = window_of(case, landlord)
    contact = add_contact(
        case,
        purpose=STAGE_2_ASKED,
        channel=channel,
        received_at=at,
        answers={"stage_2_reasons": reasons} if reasons else {},
        language=language or case.language,
        recorded_by=who.email if who else None,
    )
    add_event(case, "stage_2_asked", at, _email(who), is_late=limits.is_late(at), is_answered=limits.is_answered)
    if limits.is_answered:
        begin(case, landlord, at, who)
    return contact


def request_of(case: Case) -> Contact | None:
    """The first request for stage 2."""
    return next((contact for contact in case.contacts if contact.purpose == STAGE_2_ASKED), None)


def is_waiting_for_stage_1(case: Case) -> bool:
    """Stage 2 was asked for before our answer at stage 1 went out, and has not begun."""
    return case.kind == "complaint" and case.stage == 1 and request_of(case) is not None


def begin_if_asked(case: Case, letter: str, at: datetime) -> None:
    """After a letter went out: where it was the answer at stage 1 and the tenant wanted stage 2 before, that begins."""
    if letter == "stage-1-response" and is_waiting_for_stage_1(case) and answered_at(case):
        begin(case, landlord_of(case), at, has_waited=True)


def begin(
    case: Case, landlord: Landlord, at: datetime, who: StaffMember | None = None, *, has_waited: bool = False
) -> ComplaintStage:
    """The complaint is at stage 2: another person is named, the clocks begin, what was raised is looked at again.

    Where nobody is free the case has no handler, and its history says so. Raises NotAllowed.
    """
    refuse_unless("ask_for_stage_2", standing_of(case))
    file = file_of(case)
    if case.status == "closed":
        closing.reopen(case, at, _email(who), "stage-2-asked")
    if case.handler is not None:
        take_part(case, case.handler, 1, "handled", at)
    end_promises(case, ALL, at, _email(who), "stage-2-begun")
    case.stage, case.handler = 2, None
    add_event(case, "stage_2_begun", at, _email(who), has_waited=has_waited)
    asked = request_of(case)
    is_late = window_of(case, landlord).is_late(asked.received_at if asked else at)
    stage = ComplaintStage(number=2, began_at=at, is_late=is_late)
    file.stages.append(stage)
    file.points += [_again(point, at, who) for point in file.points if point.stage == 1]
    db.session.flush()
    make_after(case, landlord, "stage_2_requested", at)
    set_next_due(case)
    find_somebody(case, landlord, at)
    if case.handler is not None and not is_late:
        acknowledge(case, at, who)
    return stage


def find_somebody(case: Case, landlord: Landlord, at: datetime) -> None:
    """Name whoever took no part in stage 1. Nobody free: the case waits for a colleague who names somebody."""
    chosen = choose_for_stage_2(case, landlord, at)
    if chosen is None:
        add_event(case, "stage_2_needs_somebody", at)
    else:
        name_handler(case, chosen, at)


def take_late_request(case: Case, at: datetime, who: StaffMember) -> None:
    """A person decides that a request after the last day is taken all the same. Raises NotAllowed, MayNotDecide."""
    if not may("answer_complaints", who):
        raise MayNotDecide
    refuse_unless("refuse_stage_2", standing_of(case))  # the other way to decide it: while one is open, so is this
    stage = _second(case)
    if not is_late_undecided(stage):
        raise NotAllowed("take_late_request", (NOT_LATE,))
    stage.late_taken_by = who.email
    add_event(case, "late_request_taken", at, who.email)
    if case.handler is not None:
        acknowledge(case, at, who)


def acknowledge(case: Case, at: datetime, who: StaffMember | None = None) -> Letter:
    """Write the acknowledgement of stage 2: who decides, and by when (Code 6.11). Again: a new version.

    Raises NotAllowed while nobody is named, and while a late request waits for a person's decision.
    """
    refuse_unless("acknowledge_stage_2", standing_of(case))
    if is_late_undecided(_second(case)):
        raise NotAllowed("acknowledge_stage_2", (LATE_NOT_DECIDED,))
    make_after(case, landlord_of(case), "stage_2_acknowledged", at)  # from its writing: the letter says the day
    return request_letter(case, ACKNOWLEDGEMENT, at, given=_told(case))


def is_late_undecided(stage: ComplaintStage | None) -> bool:
    return stage is not None and stage.number == 2 and stage.is_late and stage.late_taken_by is None


def _second(case: Case) -> ComplaintStage:
    stage = file_of(case).stage(2)
    if stage is None:  # a complaint whose stage 2 began before files of complaints
        stage = ComplaintStage(number=2, began_at=case.received_at)
        file_of(case).stages.append(stage)
        db.session.flush()
    return stage


def _told(case: Case) -> dict[str, Any]:
    asked = request_of(case)
    return {
        "asked_on": (asked.received_at if asked else _second(case).began_at).isoformat(),
        "reasons": asked.answers.get("stage_2_reasons") if asked else None,
        "language": asked.language if asked else case.language,
    }


def _again(point: ComplaintPoint, at: datetime, who: StaffMember | None) -> ComplaintPoint:
    """What was raised at stage 1, to be answered anew by somebody else."""
    return ComplaintPoint(stage=2, words=point.words, raised_at=at, raised_by=who.email if who else MACHINE)


def _email(who: StaffMember | None) -> str | None:
    return who.email if who else None
