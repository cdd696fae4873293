"""Our answer to a complaint, at either stage: drafted, then written once as a letter whose words stay (Code 6.6–6.14).

Each act adds to the session and to the history; whoever asked for it commits, once. ``who`` is the colleague who acts.
"""

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.actions import add_event, take_part
from app.cases.casework_models import CaseAction
from app.cases.models import Case
from app.complaints.casework import UPHELD, file_as_it_is, file_of, language_of_words, standing_of
from app.complaints.models import ComplaintFile, ComplaintPoint, ComplaintStage, Remedy
from app.complaints.points import NoSuchDecision, refuse_if_not_independent
from app.complaints.stages import DECISIONS as DECISIONS
from app.complaints.stages import NotAllowed, Standing, reasons_against, refuse_unless
from app.extensions import db
from app.letters import drafts
from app.letters.actions import landlord_of, request_letter
from app.letters.lacks import LetterLacks as LetterLacks
from app.letters.models import Letter, LetterDraft
from app.letters.unsent import Unsent, as_it_would_be
from app.staff.models import StaffMember
from app.staff.roles import may

LETTERS = {1: "stage-1-response", 2: "stage-2-response"}
NOT_FITTING = "decision-does-not-fit"  # beside stages.AGAINST: one thing is upheld and the whole is not, or the reverse


class MayNotDecide(Exception):
    """Answers are given by colleagues whose role does (roles.MAY)."""


def draft_answer(
    case: Case, decision: str | None, findings: str, at: datetime, who: StaffMember, *, written_in: str | None = None
) -> None:
    """Keep what is written so far. Nobody outside sees it.

    Raises NotAllowed, NoSuchDecision; NotIndependent at stage 2 for somebody who took part in stage 1.
    """
    refuse_unless("answer_point", standing_of(case))
    refuse_if_not_independent(case, who)
    stage = _stage(case)
    stage.decision, stage.findings = _known(decision) if decision else None, findings.strip() or None
    stage.file.written_in = written_in or stage.file.written_in
    take_part(case, who, stage.number, "drafted the answer", at)
    add_event(case, "answer_drafted", at, who.email, stage=stage.number)


def against_answering(case: Case, decision: str | None) -> tuple[str, ...]:
    """What stands against answering with this decision now: keys of stages.AGAINST, or NOT_FITTING. Only reads."""
    points = _points(file_as_it_is(case), case.stage or 1)
    found = reasons_against("answer", _with_decision(standing_of(case), decision, points))
    if decision and points and (decision in UPHELD) != any(point.decision in UPHELD for point in points):
        found = (*found, NOT_FITTING)
    return found


def answer(case: Case, decision: str, findings: str, at: datetime, who: StaffMember) -> Letter:
    """Decide, and write the letter of this stage. Its words are fixed; it keeps the promise when it goes out.

    Raises NotAllowed, NoSuchDecision, MayNotDecide, LetterLacks; NotIndependent at stage 2 for somebody who took part
    in stage 1; drafts.NotApproved where the policy asks for an approval of exactly this answer.
    """
    if not may("answer_complaints", who):
        raise MayNotDecide
    if against := against_answering(case, _known(decision)):
        raise NotAllowed("answer", against)
    refuse_if_not_independent(case, who)
    stage = _stage(case)
    name, given = LETTERS[stage.number], given_for(case, decision, findings.strip())
    approved = drafts.refuse_unless_approved(case, name, landlord_of(case), given)
    letter = request_letter(case, name, at, given=given)
    db.session.flush()
    if approved is not None:
        drafts.mark_issued(approved, letter)
    stage.decision, stage.findings, stage.answered_at = decision, findings.strip(), at
    stage.decided_by, stage.letter_id = who, letter.id
    take_part(case, who, stage.number, "decided", at)
    add_event(case, "complaint_answered", at, who.email, stage=stage.number, decision=decision)
    return letter


def preview(case: Case, decision: str, findings: str, at: datetime) -> Unsent:
    """The letter as it would be written now. Only reads. Raises LetterLacks, NoSuchDecision."""
    given = given_for(case, _known(decision), findings.strip())
    return as_it_would_be(case, LETTERS[case.stage or 1], given, at)


def ask_for_approval(case: Case, decision: str, findings: str, at: datetime, who: StaffMember) -> LetterDraft:
    """A second colleague is asked about this answer as it is now. Nothing else changes.

    Raises NotAllowed, NoSuchDecision, LetterLacks; NotIndependent at stage 2 for somebody who took part in stage 1.
    """
    if against := against_answering(case, _known(decision)):
        raise NotAllowed("answer", against)
    refuse_if_not_independent(case, who)
    preview(case, decision, findings, at)  # one that lacks something is not worth a colleague's time
    name, given = LETTERS[case.stage or 1], given_for(case, decision, findings.strip())
    draft = drafts.open_draft(case, name)
    if draft is None:
        draft = drafts.start(case, name, given, given["written_in"], at, who)
    else:
        drafts.save(draft, given, given["written_in"], at, who, after=draft.number)
    drafts.ask_for_approval(draft, at, who)
    return draft


def given_for(case: Case, decision: str, findings: str) -> dict[str, Any]:
    """All that the answer's letter says beyond the case (Code 6.9, 6.14)."""
    file, number = file_as_it_is(case), case.stage or 1
    return {
        "stage": number,
        "complaint_definition": file.definition,
        "outcomes_sought": file.outcomes_sought,
        "decision": decision,
        "reasons": findings,
        "points": [_point(point) for point in _points(file, number)],
        "remedies": [_remedy(remedy) for remedy in file.remedies if remedy.stage == number],
        "actions": [_action(action) for action in _open_actions(case)],
        "learning": [learning.words for learning in file.learning],
        "written_in": language_of_words(file),
    }


def _points(file: ComplaintFile, number: int) -> list[ComplaintPoint]:
    return [point for point in file.points if point.stage == number]


def _point(point: ComplaintPoint) -> dict[str, Any]:
    return {"words": point.words, "decision": point.decision, "answer": point.answer, "basis": point.basis}


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {"kind": remedy.kind, "words": remedy.words, "pence": remedy.pence}


def _action(action: CaseAction) -> dict[str, Any]:
    owner = action.owner.name if action.owner else None
    return {"words": action.words, "owner": owner, "due_on": action.due_on.isoformat()}


def _open_actions(case: Case) -> list[CaseAction]:
    """Of every stage: what is still to be done, by its day."""
    wanted = select(CaseAction).where(CaseAction.case_id == case.id).order_by(CaseAction.due_on, CaseAction.id)
    return [action for action in db.session.scalars(wanted) if action.is_open]


def _stage(case: Case) -> ComplaintStage:
    file, number = file_of(case), case.stage or 1
    stage = file.stage(number)
    if stage is None:  # a complaint whose stage 2 began before files of complaints
        stage = ComplaintStage(number=number, began_at=case.received_at)
        file.stages.append(stage)
        db.session.flush()
    return stage


def _with_decision(standing: Standing, decision: str | None, points: list[ComplaintPoint]) -> Standing:
    """The decision of this answer, not that of an earlier draft."""
    upholds = decision in UPHELD or any(point.decision in UPHELD for point in points)
    return dataclasses.replace(standing, upholds=upholds)


def _known(decision: str) -> str:
    if decision not in DECISIONS:
        raise NoSuchDecision(decision)
    return decision
