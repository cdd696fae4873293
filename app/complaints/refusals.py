"""A complaint, or its second stage, that is not taken: on its merits, for a ground of the list, with evidence (Code 2).

Adds to the session; no commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.cases import closing
from app.cases.actions import NotIndependent, add_event, take_part, took_part
from app.cases.changes import ALL, end_promises
from app.cases.models import Case
from app.complaints.answering import MayNotDecide
from app.complaints.beginning_again import begin_again
from app.complaints.casework import file_as_it_is, file_of, standing_of
from app.complaints.models import Refusal
from app.complaints.stage_two import is_late_undecided
from app.complaints.stages import NotAllowed, refuse_unless
from app.extensions import db
from app.landlords.standards import Landlord
from app.letters.actions import request_letter
from app.staff.models import StaffMember
from app.staff.roles import may
from app.working_days.nations import N_

LETTERS = {1: "refusal", 2: "escalation-refusal"}
ASKED_LATE = "asked-late"
STAGE_2_NOT_REFUSED = "stage-2-not-refused"  # beside stages.AGAINST
# Grounds of landlords' own policies, for stage 2, in the tenant's words. None of them is a ground of the Code.
OWN_GROUNDS: Mapping[str, str] = {
    "policy-followed": N_("We kept to our policy in all that you complained about."),
    "law-followed": N_("We kept to the law in all that you complained about."),
    ASKED_LATE: N_("You asked after the last day to ask, and we found no good reason to take it."),
}


class NoSuchGround(LookupError):
    """It is not refused for this reason. The message names it."""


class Unfounded(ValueError):
    """A refusal needs evidence, and reasons that the tenant can read."""


@dataclass(frozen=True)
class Ground:
    """``code``: the Code's paragraph; empty where the Code has no such ground. ``instead`` may be empty."""

    key: str
    label: str
    instead: str
    code: str


def grounds_of_complaint(landlord: Landlord) -> tuple[Ground, ...]:
    """The policy's exclusions (L36)."""
    return tuple(Ground(one.key, one.label, one.instead, one.code) for one in landlord.exclusions)


def grounds_of_stage_2(case: Case, landlord: Landlord) -> tuple[Ground, ...]:
    """The Code's own, those of the landlord's policy, and that it was asked for late, where it was."""
    own = [*landlord.escalation.refusal_grounds]
    if is_late_undecided(file_as_it_is(case).stage(2)):
        own.append(ASKED_LATE)
    from_code = (ground for ground in grounds_of_complaint(landlord) if ground.code)
    return (*from_code, *(Ground(key, OWN_GROUNDS[key], "", "") for key in own))


def refuse(
    case: Case, landlord: Landlord, ground: str, evidence: str, reasons: str, at: datetime, who: StaffMember
) -> Refusal:
    """The complaint is not taken. ``evidence`` is for us, ``reasons`` are what the letter says (L36, Code 2.3).

    Its promises fall away, those of the law for a danger at home go on. Raises NotAllowed, NoSuchGround, Unfounded,
    MayNotDecide.
    """
    _refuse_unless_may_decide(who)
    refuse_unless("refuse", standing_of(case))
    found = _ground(ground, grounds_of_complaint(landlord))
    refusal = _refuse(case, landlord, 1, found, evidence, reasons, at, who)
    take_part(case, who, 1, "refused", at)  # taken after all, it may come to stage 2
    return refusal


def refuse_stage_2(
    case: Case, landlord: Landlord, ground: str, evidence: str, reasons: str, at: datetime, who: StaffMember
) -> Refusal:
    """The complaint is not looked at again; the letter gives the Ombudsman's route (Code 6.13).

    Raises NotAllowed, NoSuchGround, Unfounded, MayNotDecide; NotIndependent for who took part in stage 1.
    """
    _refuse_unless_may_decide(who)
    refuse_unless("refuse_stage_2", standing_of(case))
    found = _ground(ground, grounds_of_stage_2(case, landlord))
    if took_part(case, who.id, 1):
        raise NotIndependent
    refusal = _refuse(case, landlord, 2, found, evidence, reasons, at, who)
    take_part(case, who, 2, "refused", at)
    return refusal


def take_after_all(case: Case, landlord: Landlord, at: datetime, who: StaffMember) -> None:
    """We take the complaint that we refused: its clocks begin afresh from now. Raises NotAllowed, MayNotDecide."""
    _refuse_unless_may_decide(who)
    refuse_unless("take_after_all", standing_of(case))
    for refusal in file_of(case).refusals:
        if refusal.stage == 1 and refusal.withdrawn_at is None:
            refusal.withdrawn_at = at
    if case.status == "closed":
        closing.reopen(case, at, who.email, "taken-after-all")
    begin_again(case, landlord, at, who.email, "taken-after-all")
    add_event(case, "taken_after_all", at, who.email)


def take_stage_2_after_all(case: Case, landlord: Landlord, at: datetime, who: StaffMember) -> None:
    """We look again after all, as the Ombudsman may tell us to: the clocks of stage 2 begin afresh from now.

    Raises NotAllowed, MayNotDecide.
    """
    _refuse_unless_may_decide(who)
    refusal = standing_refusal(case, 2)
    if refusal is None:
        raise NotAllowed("take_stage_2_after_all", (STAGE_2_NOT_REFUSED,))
    refusal.withdrawn_at = at
    if case.status == "closed":
        closing.reopen(case, at, who.email, "taken-after-all")
    begin_again(case, landlord, at, who.email, "taken-after-all")
    add_event(case, "stage_2_taken_after_all", at, who.email)


def standing_refusal(case: Case, stage: int) -> Refusal | None:
    """The refusal that holds."""
    held = [one for one in file_as_it_is(case).refusals if one.stage == stage and one.withdrawn_at is None]
    return held[-1] if held else None


def _refuse_unless_may_decide(who: StaffMember) -> None:
    if not may("answer_complaints", who):
        raise MayNotDecide


def _ground(key: str, grounds: tuple[Ground, ...]) -> Ground:
    found = next((ground for ground in grounds if ground.key == key), None)
    if found is None:
        raise NoSuchGround(key)
    return found


def _refuse(
    case: Case,
    landlord: Landlord,
    stage: int,
    ground: Ground,
    evidence: str,
    reasons: str,
    at: datetime,
    who: StaffMember,
) -> Refusal:
    if not evidence.strip() or not reasons.strip():
        raise Unfounded
    file = file_of(case)
    language = file.written_in or landlord.languages[0]
    given = {"label": ground.label, "instead": ground.instead, "reasons": reasons, "language": language}
    refusal = Refusal(stage=stage, ground=ground.key, evidence=evidence, reasons=reasons, at=at, who=who.email)
    file.refusals.append(refusal)
    end_promises(case, ALL, at, who.email, "refused")
    letter = request_letter(case, LETTERS[stage], at, given=given)
    db.session.flush()
    refusal.letter_id = letter.id
    add_event(case, "complaint_refused" if stage == 1 else "stage_2_refused", at, who.email, ground=ground.key)
    return refusal
