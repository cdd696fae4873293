"""Issues that belong together: a new one joins a complaint that is not answered yet, another becomes one of its own.

Adds to the session; no commits. Nothing is deleted: the joined case stays, closed, and its words are read from the
main one.
"""

from datetime import datetime

from sqlalchemy import or_, select

from app.cases import closing
from app.cases.actions import add_event, take_part
from app.cases.casework_models import CaseLink, Participation
from app.cases.changes import ALL, LAW, end_promises
from app.cases.duplicates import traits_of
from app.cases.models import Case, Promise
from app.cases.promises import set_next_due
from app.cases.waiting import RECOUNTED, write_change
from app.complaints.actions import make_complaint
from app.complaints.arrivals import arrival_from
from app.complaints.casework import file_of, standing_of
from app.complaints.models import ComplaintPoint
from app.complaints.stages import AGAINST, NotAllowed, refuse_unless
from app.extensions import db
from app.interpreters.moving import go_over
from app.landlords.standards import Landlord
from app.staff.models import StaffMember

# Beside stages.AGAINST.
SAME_CASE, NOT_THE_SAME_TENANT, NOT_A_COMPLAINT = "same-case", "not-the-same-tenant", "not-a-complaint"
MAIN_IS_ANSWERED, LAST_POINT = "main-is-answered", "last-point"
_MADE_AS = ("standard", "regime", "amount", "unit", "source")
_COUNTED_AS = ("counted_from_at", "due_at", "working")
SAME_PERSON = ("email", "phone", "home")  # with the name, one of them


def links_of(case: Case) -> list[CaseLink]:
    """Every link from it or to it, the oldest first."""
    wanted = select(CaseLink).where(or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id))
    return list(db.session.scalars(wanted.order_by(CaseLink.id)))


def joined_to(case: Case) -> Case | None:
    """The case that this one is dealt with in."""
    return next((link.other for link in links_of(case) if link.how == "joined" and link.case_id == case.id), None)


def joined_in(case: Case) -> list[Case]:
    """Cases that are dealt with in this one: their words are read from here."""
    return [link.case for link in links_of(case) if link.how == "joined" and link.other_id == case.id]


def is_of_the_same_tenant(case: Case, other: Case) -> bool:
    """One record of the person, or the same name with the same email address, phone number or home."""
    if case.tenant_id == other.tenant_id:
        return True
    mine, theirs = traits_of(case), traits_of(other)
    same = {key for key in ("name", *SAME_PERSON) if getattr(mine, key) and getattr(mine, key) == getattr(theirs, key)}
    return "name" in same and any(key in same for key in SAME_PERSON)


def join(case: Case, main: Case, at: datetime, who: StaffMember) -> None:
    """The case is dealt with in ``main`` from now on: its points stand there, and it closes.

    Only while no answer has gone out in either (the Code's 6.8). Its promises fall away; those of the law for a danger
    at home go over, from the day on which we knew of it, and so do open actions. Raises NotAllowed.
    """
    refuse_unless("join", standing_of(case))
    if why_not := _against_joining(case, main):
        raise NotAllowed("join", why_not)
    for words in _issues(case):
        file_of(main).points.append(
            ComplaintPoint(stage=main.stage or 1, words=words, raised_at=at, raised_by=who.email)
        )
    _take_over_the_laws(case, main, at, who)
    _take_over_who_took_part(case, main, at)
    for action in [one for one in case.actions if one.is_open]:  # type: ignore[attr-defined]  # CaseAction's backref
        action.case = main
    go_over(case, main, at, who.email)
    main.is_restricted = main.is_restricted or case.is_restricted
    end_promises(case, ALL, at, who.email, "joined")
    _link(case, main, "joined", at, who)
    add_event(case, "case_joined", at, who.email, reference=main.reference)
    add_event(main, "case_joined_here", at, who.email, reference=case.reference)
    _close_as_joined(case, at, who)


def split(case: Case, point: ComplaintPoint, landlord: Landlord, at: datetime, who: StaffMember) -> Case:
    """One point becomes a complaint of its own, with its receipt and acknowledgement as always; it moves there.

    Raises NotAllowed; also where it is the only point that the complaint has.
    """
    refuse_unless("split", standing_of(case))
    file = file_of(case)
    if len([one for one in file.points if one.stage == point.stage]) < 2:
        raise NotAllowed("split", (LAST_POINT,))
    answers = {"what_happened": point.words}
    if service := case.contacts[0].answers.get("service"):
        answers["service"] = service
    language = file.written_in or landlord.languages[0]
    channel = case.contacts[0].channel
    arrival = arrival_from(case, answers, at, written_in=language, channel=channel, recorded_by=who.email)
    made = make_complaint(landlord, arrival, is_restricted=case.is_restricted)
    db.session.flush()
    new_file = file_of(made)
    point.file, point.stage = new_file, 1
    _link(made, case, "split", at, who)
    add_event(case, "point_split", at, who.email, reference=made.reference)
    add_event(made, "split_from", at, who.email, reference=case.reference)
    db.session.flush()
    return made


def _against_joining(case: Case, main: Case) -> tuple[str, ...]:
    if case.id == main.id:
        return (SAME_CASE,)
    if main.kind != "complaint" or main.landlord != case.landlord:
        return (NOT_A_COMPLAINT,)
    standing = standing_of(main)
    found = [] if is_of_the_same_tenant(case, main) else [NOT_THE_SAME_TENANT]
    if AGAINST["stage-1-answered-already"](standing):
        found.append(MAIN_IS_ANSWERED)
    found += [key for key in ("case-is-closed", "withdrawn", "refused", "service-request") if AGAINST[key](standing)]
    if _is_another_danger(case, main):
        found.append(closing.PROMISES_OPEN)
    return tuple(found)


def _is_another_danger(case: Case, main: Case) -> bool:
    """The law's clock of each would be lost in the other's: one clock of a kind runs in a case."""
    there = {promise.standard: promise for promise in main.promises if promise.regime == LAW}
    both = [one for one in _open_laws(case) if one.standard in there]
    return any(case.hazard != main.hazard or not there[one.standard].is_open for one in both)


def _issues(case: Case) -> list[str]:
    """What the case raised: its points, or the tenant's own words where none is listed yet."""
    points = [point.words for point in file_of(case).points if point.stage == case.stage]
    return points or [str(case.contacts[0].answers.get("what_happened") or "").strip() or case.reference]


def _take_over_the_laws(case: Case, main: Case, at: datetime, who: StaffMember) -> None:
    """Where the law's clock runs in both, the earlier holds: that is when we knew."""
    known = {promise.standard: promise for promise in main.promises if promise.regime == LAW}
    for promise in _open_laws(case):
        there = known.get(promise.standard)
        if there is None:
            main.promises.append(Promise(**{name: getattr(promise, name) for name in (*_MADE_AS, *_COUNTED_AS)}))
        elif promise.due_at < there.due_at:
            write_change(there, RECOUNTED, at, who.email, "joined", promise.due_at)
            there.counted_from_at, there.working = promise.counted_from_at, promise.working
        main.hazard = main.hazard or case.hazard
    set_next_due(main)


def _open_laws(case: Case) -> list[Promise]:
    return [one for one in case.promises if one.regime == LAW and one.is_open]


def _take_over_who_took_part(case: Case, main: Case, at: datetime) -> None:
    """Whoever dealt with what the main complaint answers now cannot decide its stage 2 (Code 6.13)."""
    took_part = select(StaffMember).join(Participation, Participation.staff_member_id == StaffMember.id)
    for colleague in db.session.scalars(took_part.where(Participation.case_id == case.id, Participation.stage == 1)):
        take_part(main, colleague, 1, "took part in a joined case", at)


def _link(case: Case, other: Case, how: str, at: datetime, who: StaffMember) -> None:
    db.session.add(CaseLink(case=case, other=other, how=how, at=at, who=who.email))
    db.session.flush()


def _close_as_joined(case: Case, at: datetime, who: StaffMember) -> None:
    """What the law promises lives on in the main case."""
    laws = {promise.standard for promise in case.promises if promise.regime == LAW and promise.is_open}
    end_promises(case, laws, at, who.email, "joined")
    closing.close(case, closing.JOINED, at, who.email)
