"""Some of the stories go further, by the same acts as real ones: looked into, answered, at stage 2."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cases.models import Case
from app.complaints import answering, points, stage_one, stage_two
from app.dispatch.actions import queue_message, way_to
from app.dispatch.sending import record_sent
from app.landlords.standards import Landlord
from app.letters.models import Letter
from app.staff.models import StaffMember

Moments = Callable[[float], datetime]  # a part of the time since the acknowledgement
LOOKED_INTO, ANSWERED, AT_STAGE_2 = 1, 2, 3


@dataclass(frozen=True)
class Further:
    """``points``: what was raised, what we found, and what that rests on. All are upheld but the last, in part."""

    until: int
    definition: str
    points: tuple[tuple[str, str, str], ...]
    action: str
    findings: str = ""


FURTHER: Mapping[str, Further] = {
    "Colin Evans": Further(
        LOOKED_INTO,
        "The door entry has not worked since the storm, so that strangers could come in.",
        (
            (
                "The door lets anybody in.",
                "The lock was reported the day after.",
                "Repairs policy, part 4",
            ),
            ("A bicycle was stolen.", "The police have it on record. The door was open that night.", "Good practice"),
        ),
        "We fit a new lock.",
    ),
    "Blessing Osei": Further(
        ANSWERED,
        "The service charge went up by £412.56, and nobody could say what it is for.",
        (
            (
                "Nobody could say what it is for.",
                "Three of us were asked, and none had the account.",
                "Our charter",
            ),
            (
                "It went up by £412.56.",
                "Most is for the lift. £96.20 was charged twice.",
                "Landlord and Tenant Act",
            ),
        ),
        "We send an account that shows each cost.",
        "We looked at the account of your block for two years.\n\n- Most of the rise is for the lift.\n"
        "- One bill was charged twice, and that is our mistake.",
    ),
    "Ibrahim Begum": Further(
        AT_STAGE_2,
        "An engineer left after ten minutes and wrote that nobody was in.",
        (
            ("I was in.", "The engineer rang the wrong bell.", "Good practice"),
            ("The record says that I was not.", "The record was wrong, and is put right.", "Data Protection Act"),
        ),
        "We send another engineer.",
        "We spoke with the engineer and looked at the times of the visit. You were in.",
    ),
}


def go_further(case: Case, landlord: Landlord, now: datetime) -> None:
    """No commit. Most stories go no further."""
    told = FURTHER.get(case.tenant.name)
    began_at = next((event.at for event in case.events if event.what == "acknowledged"), None)
    if told is None or began_at is None or case.handler is None:
        return
    who = case.handler

    def at(part: float) -> datetime:
        return began_at + part * (now - began_at)

    _look_into(case, told, at, who)
    if told.until >= ANSWERED:
        _answer(case, told, at, who)
    if told.until >= AT_STAGE_2:
        stage_two.ask(case, landlord, at(0.8), reasons="The new engineer has not come either.")


def _look_into(case: Case, told: Further, at: Moments, who: StaffMember) -> None:
    """Defined and agreed, points listed, the first answered, an action agreed."""
    sought = str(case.contacts[0].answers.get("outcome_sought") or "")
    stage_one.triage(case, "complaint", at(0.05), who, tenants_say="Yes, this is a complaint.")
    stage_one.record_contact(case, "phone", "We went through what happened.", at(0.1), who)
    stage_one.define(case, told.definition, at(0.15), who, outcomes_sought=sought, is_agreed=True)
    listed = [points.list_point(case, raised, at(0.2), who) for raised, _found, _basis in told.points]
    _raised, found, basis = told.points[0]
    points.answer_point(case, listed[0], "upheld", found, basis, at(0.3), who)
    points.agree_action(case, told.action, who, (at(1) + timedelta(days=6)).date(), at(0.35), who)


def _answer(case: Case, told: Further, at: Moments, who: StaffMember) -> None:
    for point, (_raised, found, basis) in zip(case.complaint_file.points, told.points, strict=True):  # type: ignore[attr-defined]
        if not point.decision:
            points.answer_point(case, point, "partly-upheld", found, basis, at(0.4), who)
    points.offer_remedy(case, "apology", "We are sorry that you had to ask us for this.", at(0.45), who)
    points.offer_remedy(case, "money", "For your time and trouble.", at(0.45), who, pence=5000)
    _send(answering.answer(case, "upheld", told.findings, at(0.5), who), at(0.55), who)


def _send(letter: Letter, at: datetime, who: StaffMember) -> None:
    way = way_to(letter.case.tenant)
    if way:
        record_sent(queue_message(letter, *way, at), at, who.email if way[0] == "post" else None)
