"""The first days of a complaint: what it is, what it is about, talking with the tenant, putting right what can be.

Each act adds to the session and writes what happened into the history; whoever asked for it commits, once. Each
raises ``stages.NotAllowed`` where the procedure does not allow it now. ``who`` is the colleague who acts.
"""

from datetime import datetime

from app.cases import closing
from app.cases.actions import NotIndependent, add_event, meet_promise, take_part, took_part
from app.cases.casework_models import Conversation
from app.cases.changes import end_promises, keys_of
from app.cases.models import Case
from app.complaints.beginning_again import begin_again
from app.complaints.casework import STAGE_1_CONTACT, file_of, language_of_words, standing_of
from app.complaints.stages import refuse_unless
from app.extensions import db
from app.letters.actions import landlord_of, request_letter
from app.letters.models import Letter
from app.staff.models import StaffMember

COMPLAINT, SERVICE_REQUEST = "complaint", "service-request"
THERE_AND_THEN = "there-and-then"  # a letter
OURS = "complaint."  # how the promises of this kind begin


class NothingSaid(ValueError):
    """Words that this act cannot do without are missing. The message names them."""


def triage(
    case: Case, found: str, at: datetime, who: StaffMember, *, tenants_say: str, tenant_agrees: bool = False
) -> str:
    """Say whether this is a complaint or asks for a service, and what the tenant said to that. Gives what it is now.

    Without the tenant's yes a service request stays a complaint (Code 1.4, 1.5; V08). With it, what we promised a
    complaint falls away; the law's times for a danger at home go on. Raises NothingSaid without the tenant's words.
    """
    refuse_unless("triage", standing_of(case))
    tenants_say = needed(tenants_say, "tenants_say")
    if found == SERVICE_REQUEST and not tenant_agrees:
        found = COMPLAINT
    file = file_of(case)
    was_service_request = file.triage == SERVICE_REQUEST
    file.triage, file.tenants_say, file.triaged_at, file.triaged_by = found, tenants_say, at, who.email
    take_part(case, who, case.stage or 1, "triaged", at)
    add_event(case, "triaged", at, who.email, found=found)
    if found == SERVICE_REQUEST:
        keys = {promise.standard for promise in case.promises if promise.standard.startswith(OURS)}
        end_promises(case, keys, at, who.email, SERVICE_REQUEST)
    elif was_service_request:
        _begin_again(case, at, who.email)
    return found


def take_as_complaint(case: Case, at: datetime, who: StaffMember | None = None) -> None:
    """The tenant wants this handled as a complaint: it is one, with no questions asked (V08).

    Promises that had fallen away count again, from now; a closed case opens. ``who``: None where the tenant said so on
    their own page. Doing it again changes nothing.
    """
    refuse_unless("take_as_complaint", standing_of(case))
    file = file_of(case)
    if file.triage == COMPLAINT:
        return
    email = who.email if who else None
    was_service_request = file.triage == SERVICE_REQUEST
    file.triage, file.triaged_at, file.triaged_by = COMPLAINT, at, email
    add_event(case, "taken_as_complaint", at, email)
    if was_service_request:
        if case.status == "closed":
            closing.reopen(case, at, email, "tenant-came-back")
        _begin_again(case, at, email)


def define(
    case: Case,
    definition: str,
    at: datetime,
    who: StaffMember,
    *,
    outcomes_sought: str = "",
    is_agreed: bool = False,
    written_in: str | None = None,
    kind: str | None = None,
) -> None:
    """What the complaint is about and what would put it right, in our words (Code 6.2). Letters say both.

    ``kind`` is a key of the policy's kinds of complaint (V06), None where that is not clear. ``written_in`` is the tag
    of the language of these words, and of all that colleagues write in this file. Raises NothingSaid without a
    definition; NotIndependent at stage 2 for somebody who took part in stage 1.
    """
    refuse_unless("define", standing_of(case))
    if case.stage == 2 and took_part(case, who.id, 1):
        raise NotIndependent
    file = file_of(case)
    file.definition = needed(definition, "definition")
    file.outcomes_sought = outcomes_sought.strip() or None
    file.defined_at, file.defined_by, file.is_agreed = at, who.email, is_agreed
    file.written_in = written_in or file.written_in
    file.kind_of_complaint = kind
    take_part(case, who, case.stage or 1, "defined", at)
    add_event(case, "complaint_defined", at, who.email, is_agreed=is_agreed)


def record_contact(case: Case, channel: str, summary: str, at: datetime, who: StaffMember) -> Conversation:
    """A colleague has been in touch with the tenant, and this is what was said. The promise to do so is kept (V09)."""
    refuse_unless("record_contact", standing_of(case))
    talk = Conversation(case=case, at=at, channel=channel, who=who.email, summary=needed(summary, "summary"))
    db.session.add(talk)
    was_in_touch(case, channel, at, who)
    return talk


def was_in_touch(case: Case, channel: str, at: datetime, who: StaffMember) -> None:
    """The same for a talk that is written down elsewhere. Raises NotAllowed."""
    refuse_unless("record_contact", standing_of(case))
    number = case.stage or 1
    stage = file_of(case).stage(number)
    if stage is not None and stage.contacted_at is None:
        stage.contacted_at, stage.contacted_by = at, who.email
    take_part(case, who, number, "contacted", at)
    add_event(case, "tenant_contacted", at, who.email, channel=channel, stage=number)
    if number == 1 and any(one.is_open and one.standard == STAGE_1_CONTACT for one in case.promises):
        meet_promise(case, STAGE_1_CONTACT, at, who.email)


def record_there_and_then(
    case: Case, put_right: str, at: datetime, who: StaffMember, *, written_in: str | None = None
) -> Letter:
    """Something was put right at once (V07, L33). The complaint goes on: no answer that we promised is kept by it.

    The letter tells the tenant so, and how to say that this is enough. Raises NothingSaid.
    """
    refuse_unless("record_there_and_then", standing_of(case))
    file = file_of(case)
    file.there_and_then, file.there_and_then_at = needed(put_right, "put_right"), at
    file.written_in = written_in or file.written_in
    take_part(case, who, case.stage or 1, "put right", at)
    add_event(case, "put_right_at_once", at, who.email)
    given = {"put_right": file.there_and_then, "written_in": language_of_words(file)}
    return request_letter(case, THERE_AND_THEN, at, given=given)


def needed(words: str, what: str) -> str:
    if not words.strip():
        raise NothingSaid(what)
    return words.strip()


def _begin_again(case: Case, at: datetime, who: str | None) -> None:
    """Promises that had fallen away with the service request count again, from this moment."""
    again = begin_again(case, landlord_of(case), at, who, "taken-as-complaint", frozenset({SERVICE_REQUEST}))
    if again:
        add_event(case, "promises_began_again", at, who, standards=keys_of(again))
