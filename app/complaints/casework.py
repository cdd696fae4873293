"""A complaint's file, and how far the complaint is."""

from typing import Any

from app.cases.casework_models import CaseAction
from app.cases.models import Case
from app.complaints.models import ComplaintFile, ComplaintPoint, ComplaintStage
from app.complaints.stages import DECISIONS, Standing
from app.extensions import db

ACKNOWLEDGED = "acknowledged"  # an event
STAGE_1_CONTACT = "complaint.stage_1_contact"  # promises
STAGE_2_ACKNOWLEDGE = "complaint.stage_2_acknowledge"
RESPONSES = {1: "complaint.stage_1_response", 2: "complaint.stage_2_response"}
OUR_LANGUAGE = "en"  # colleagues write in it where they do not say another
UPHELD = DECISIONS[:2]


def file_of(case: Case) -> ComplaintFile:
    """The complaint's file with its first stage, made where it is missing. Adds to the session and flushes; no commit.

    For acts: begin writing first.
    """
    file: ComplaintFile | None = case.complaint_file  # type: ignore[attr-defined]  # ComplaintFile's backref
    if file is None:
        file = _new_file(case)
        case.complaint_file = file  # type: ignore[attr-defined]
    elif file.stage(1) is None:
        file.stages.insert(0, ComplaintStage(number=1, began_at=case.received_at))
    db.session.flush()
    return file


def file_as_it_is(case: Case) -> ComplaintFile:
    """The same for a page that only reads: one that is missing is an empty one, outside the session."""
    file: ComplaintFile | None = case.complaint_file  # type: ignore[attr-defined]
    return file or _new_file(case)


def _new_file(case: Case) -> ComplaintFile:
    return ComplaintFile(
        case_id=case.id, is_agreed=False, stages=[ComplaintStage(number=1, began_at=case.received_at, is_late=False)]
    )


def standing_of(case: Case) -> Standing:
    """How far the complaint is, as facts for ``stages``. Only reads."""
    file, number = file_as_it_is(case), case.stage or 1
    points = [point for point in file.points if point.stage == number]
    refused = {refusal.stage for refusal in file.refusals if refusal.withdrawn_at is None}
    return Standing(
        triage=file.triage,
        stage=number,
        is_closed=case.status == "closed",
        is_withdrawn=file.withdrawn_at is not None,
        is_refused=1 in refused,
        is_stage_2_refused=2 in refused,
        has_handler=case.handler is not None or case.handler_id is not None,
        is_defined=bool(file.definition),
        is_acknowledged=_is_acknowledged(case, number),
        is_contacted=any(stage.number == 1 and stage.contacted_at for stage in file.stages),
        must_be_contacted=_must_be_contacted(case),
        points=len(points),
        points_without_answer=sum(1 for point in points if not is_whole(point)),
        is_stage_1_answered=_is_answered(case, file, 1),
        is_stage_2_answered=_is_answered(case, file, 2),
        upholds=_upholds(file, number),
        remedies=sum(1 for remedy in file.remedies if remedy.stage == number),
        actions_open=sum(1 for action in _actions(case) if action.is_open),
    )


def language_of_words(file: ComplaintFile) -> str:
    """Of what colleagues write in this file: a tag."""
    return file.written_in or OUR_LANGUAGE


def understanding_of(case: Case) -> dict[str, Any] | None:
    """What the acknowledgement says of the complaint in our words (Code 6.2); None while nobody has defined it."""
    file = file_as_it_is(case)
    if not file.definition:
        return None
    return {
        "definition": file.definition,
        "outcomes_sought": file.outcomes_sought,
        "is_agreed": file.is_agreed,
        "written_in": language_of_words(file),
    }


def is_whole(point: ComplaintPoint) -> bool:
    """It has its decision, its answer, and what that rests on: policy, law or good practice (Code 6.7)."""
    return bool(point.decision and point.answer and point.basis)


def _actions(case: Case) -> list[CaseAction]:
    return list(case.actions)  # type: ignore[attr-defined]  # by CaseAction's backref


def _is_acknowledged(case: Case, number: int) -> bool:
    if number == 1:
        return any(event.what == ACKNOWLEDGED for event in case.events)
    return any(promise.standard == STAGE_2_ACKNOWLEDGE and promise.met_at for promise in case.promises)


def _must_be_contacted(case: Case) -> bool:
    """Whether the policy promises it (V09), and there is any way that puts the tenant in no danger."""
    is_promised = any(promise.standard == STAGE_1_CONTACT for promise in case.promises)
    return is_promised and case.tenant.needs.safe_ways != []


def _is_answered(case: Case, file: ComplaintFile, number: int) -> bool:
    """The answer is written. Of complaints from before files of complaints: it went out."""
    if any(stage.number == number and stage.answered_at for stage in file.stages):
        return True
    return any(promise.standard == RESPONSES[number] and promise.met_at for promise in case.promises)


def _upholds(file: ComplaintFile, number: int) -> bool:
    """The decision, or that on any point."""
    decisions = [stage.decision for stage in file.stages if stage.number == number]
    decisions += [point.decision for point in file.points if point.stage == number]
    return any(decision in UPHELD for decision in decisions)
