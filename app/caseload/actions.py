"""What staff do with a case. Nothing here commits."""

from datetime import datetime

from app.cases.actions import add_event, name_handler
from app.cases.duplicates import Likeness, possible_duplicates
from app.cases.hazards import BY_THEIR_OWN_ACT
from app.cases.models import Case, Promise
from app.cases.promises import meet_promise
from app.complaints.casework import understanding_of
from app.extensions import db
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.staff.models import StaffMember
from app.staff.roles import may_read_restricted, may_work_on_cases

ACKNOWLEDGEMENT = "acknowledgement"
# How the standards end that a letter keeps: complaint.acknowledge, complaint.stage_1_response.
KEPT_BY_LETTERS = ("acknowledge", "response", "extension")


class NotAHandler(Exception):
    """This colleague has left, or their role does not deal with cases."""


class NotMarkedByHand(Exception):
    """This promise is kept by a letter that goes out, or has been kept."""


def may_open(case: Case, staff_member: StaffMember) -> bool:
    """A restricted case opens to the roles that need it and to whoever handles it."""
    return not case.is_restricted or case.handler_id == staff_member.id or may_read_restricted(staff_member)


def duplicates_for(case: Case, staff_member: StaffMember) -> list[tuple[Case, Likeness]]:
    """Other cases that may be the same, of those that this colleague may open."""
    return [(other, found) for other, found in possible_duplicates(case) if may_open(other, staff_member)]


def give_to(case: Case, handler_id: int, at: datetime, who: str) -> StaffMember:
    """Name the colleague who deals with the case. Raises NotAHandler."""
    handler = db.session.get(StaffMember, handler_id)
    if handler is None or not handler.active or not may_work_on_cases(handler):
        raise NotAHandler
    if handler.id != case.handler_id:
        name_handler(case, handler, at, who)
    return handler


def can_be_marked(promise: Promise) -> bool:
    """Whether a colleague's word keeps it: a call back, an answer. A letter keeps the others, when it goes out."""
    step = promise.standard.rpartition(".")[2].rpartition("_")[2]
    return promise.is_open and step not in KEPT_BY_LETTERS and promise.standard not in BY_THEIR_OWN_ACT


def mark_kept(promise: Promise, at: datetime, who: str) -> None:
    """A colleague has done what was promised. Raises NotMarkedByHand."""
    if not can_be_marked(promise):
        raise NotMarkedByHand
    meet_promise(promise.case, promise.standard, at, who)


def write_again(case: Case, at: datetime) -> Letter:
    """A new version of the acknowledgement, from the case as it is now."""
    given = understanding_of(case) if case.kind == "complaint" else None
    return request_letter(case, ACKNOWLEDGEMENT, at, given=given)


def record_view(case: Case, at: datetime, who: str) -> None:
    """Write down who opened a restricted case."""
    add_event(case, "case_viewed", at, who)


def record_letter_view(letter: Letter, format_name: str, at: datetime, who: str) -> None:
    """Write down who took a letter of a restricted case."""
    add_event(letter.case, "letter_viewed", at, who, letter=letter.name, version=letter.version, format=format_name)
