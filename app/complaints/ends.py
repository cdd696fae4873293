"""How a complaint goes on or ends besides answers: withdrawn, referred to the Ombudsman, learned from, closed.

Adds to the session; no commits. ``who`` is the colleague who acts.
"""

from datetime import date, datetime

from app.cases import closing
from app.cases.actions import add_contact, add_event
from app.cases.changes import ALL, end_promises
from app.cases.models import Case
from app.complaints.beginning_again import begin_again
from app.complaints.casework import file_as_it_is, file_of, standing_of
from app.complaints.joining import joined_to
from app.complaints.models import ComplaintFile, Learning, OmbudsmanReferral, Refusal
from app.complaints.stages import NotAllowed, reasons_against, refuse_unless
from app.extensions import db
from app.landlords.standards import Landlord
from app.letters.models import Letter
from app.staff.models import StaffMember

# Beside stages.AGAINST: what stands against closing for the reason that was chosen.
LETTER_NOT_SENT, NOT_WITHDRAWN, NOT_REFUSED = "refusal-letter-not-sent", "not-withdrawn", "not-refused"
NOT_A_SERVICE_REQUEST, NOT_JOINED, NOT_ANSWERED = "not-a-service-request", "not-joined", "not-answered-yet"
WAITS_FOR_STAGE_2 = "stage-2-asked-for"


def withdraw(case: Case, words: str, channel: str, at: datetime, who: StaffMember) -> None:
    """The tenant does not want to go on with it: their words are kept, what was promised falls away, the case closes.

    Where something is still owed (an action, the law's clock for a danger at home) the case stays open for that.
    Raises NotAllowed.
    """
    refuse_unless("withdraw", standing_of(case))
    add_contact(
        case,
        purpose="more",
        channel=channel,
        received_at=at,
        answers={"more": words},
        language=case.language,
        recorded_by=who.email,
    )
    file_of(case).withdrawn_at = at
    end_promises(case, ALL, at, who.email, "withdrawn")
    add_event(case, "complaint_withdrawn", at, who.email)
    if not closing.what_is_owed(case, closing.WITHDRAWN):
        closing.close(case, closing.WITHDRAWN, at, who.email)


def go_on_after_all(case: Case, landlord: Landlord, at: datetime, who: StaffMember) -> None:
    """The tenant withdrew it and wants to go on: its clocks begin afresh from now. Raises NotAllowed."""
    file = file_of(case)
    if file.withdrawn_at is None:
        raise NotAllowed("go_on_after_all", (NOT_WITHDRAWN,))
    file.withdrawn_at = None
    if case.status == "closed":
        closing.reopen(case, at, who.email, "tenant-came-back")
    begin_again(case, landlord, at, who.email, "tenant-goes-on")
    add_event(case, "complaint_goes_on", at, who.email)


def refer_to_ombudsman(
    case: Case, referred_on: date, their_reference: str | None, evidence_due_on: date | None, at: datetime,
    who: StaffMember,
) -> OmbudsmanReferral:  # fmt: skip
    """The Ombudsman looks at the complaint, or was asked to (L37). Raises NotAllowed."""
    refuse_unless("refer_to_ombudsman", standing_of(case))
    referral = OmbudsmanReferral(
        referred_on=referred_on,
        their_reference=their_reference or None,
        evidence_due_on=evidence_due_on,
        recorded_at=at,
        recorded_by=who.email,
    )
    file_of(case).referrals.append(referral)
    add_event(case, "referred_to_ombudsman", at, who.email)
    return referral


def record_ombudsmans_decision(
    referral: OmbudsmanReferral, decision: str, decided_on: date, at: datetime, who: StaffMember
) -> None:
    referral.decision, referral.decided_on = decision, decided_on
    add_event(referral.file.case, "ombudsman_decided", at, who.email)


def record_learning(
    case: Case, words: str, service: str | None, may_be_published: bool, at: datetime, who: StaffMember
) -> Learning:
    """What we change so that it does not happen again (L35): at any time, of a closed complaint too."""
    refuse_unless("record_learning", standing_of(case))
    learning = Learning(
        words=words,
        service=service or None,
        may_be_published=may_be_published,
        recorded_at=at,
        recorded_by=who.email,
    )
    file_of(case).learning.append(learning)
    add_event(case, "learning_recorded", at, who.email)
    return learning


def learning_made(learning: Learning, changed_on: date, at: datetime, who: StaffMember) -> None:
    """The change was made on that day."""
    learning.changed_on = changed_on
    add_event(learning.file.case, "learning_made", at, who.email)


def owed(case: Case, because: str | None) -> tuple[str, ...]:
    """What the procedure has against closing a complaint, for this reason: see ``closing.ask_before_closing``."""
    if because == closing.JOINED:
        return () if joined_to(case) else (NOT_JOINED,)
    standing = standing_of(case)
    found = [reason for reason in reasons_against("close", standing) if reason != closing.CLOSED_ALREADY]
    file = file_as_it_is(case)
    if case.stage == 1 and _has_asked_for_stage_2(case) and standing.is_answered and because != closing.WITHDRAWN:
        found.append(WAITS_FOR_STAGE_2)
    if not all(_has_gone(refusal) for refusal in file.refusals if refusal.withdrawn_at is None):
        found.append(LETTER_NOT_SENT)
    wrong = {
        closing.ANSWERED: (not standing.is_answered, NOT_ANSWERED),
        closing.REFUSED: (not _is_refused(file, case.stage or 1), NOT_REFUSED),
        closing.WITHDRAWN: (file.withdrawn_at is None, NOT_WITHDRAWN),
        "service-request-done": (file.triage != "service-request", NOT_A_SERVICE_REQUEST),
    }.get(because or "", (False, ""))
    return (*found, wrong[1]) if wrong[0] else tuple(found)


def _is_refused(file: ComplaintFile, stage: int) -> bool:
    return any(one.stage == stage and one.withdrawn_at is None for one in file.refusals)


def _has_asked_for_stage_2(case: Case) -> bool:
    return any(contact.purpose == "stage-2-asked" for contact in case.contacts)


def _has_gone(refusal: Refusal) -> bool:
    letter = db.session.get(Letter, refusal.letter_id) if refusal.letter_id else None
    return letter is not None and letter.sent_at is not None
