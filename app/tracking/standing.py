"""Where a case stands. Pure: read from its promises and its history."""

from dataclasses import dataclass
from datetime import datetime

from app.cases.models import Case
from app.cases.promises import is_kept_by_acknowledging

RECEIVED, ACKNOWLEDGED, ANSWERED = "received", "acknowledged", "answered"
STAGE_2_ASKED, STAGE_2_ANSWERED, CLOSED = "stage-2-asked", "stage-2-answered", "closed"
STAGE_1_RESPONSE, STAGE_2_RESPONSE = "complaint.stage_1_response", "complaint.stage_2_response"
FIRST_ANSWER = "answer_"  # the last part of the keys of promises to answer a question


@dataclass(frozen=True)
class Reached:
    """One step on a case's way. ``at`` is None where nobody wrote down when."""

    step: str
    at: datetime | None


def where_it_stands(case: Case) -> tuple[Reached, ...]:
    """The steps reached so far, in the order in which they were reached. The last is where it stands."""
    steps = [
        Reached(ACKNOWLEDGED, _first_event(case, "acknowledged")),
        Reached(ANSWERED, answered_at(case)),
        Reached(STAGE_2_ASKED, _first_event(case, "stage_2_asked")),
        Reached(STAGE_2_ANSWERED, _kept(case, STAGE_2_RESPONSE)),
    ]
    found = [Reached(RECEIVED, case.received_at)]
    found += sorted((step for step in steps if step.at), key=lambda step: (step.at, steps.index(step)))
    if case.status == "closed":
        found.append(Reached(CLOSED, _last_event(case, "case_closed")))
    return tuple(found)


def answered_at(case: Case) -> datetime | None:
    """When we answered first: a complaint at stage 1, a question. None while we have not."""
    answers = {promise.standard for promise in case.promises if _is_answer(case.kind, promise.standard)}
    return min((at for standard in answers if (at := _kept(case, standard))), default=None)


def _is_answer(kind: str, standard: str) -> bool:
    act = standard.rpartition(".")[2]
    if standard == STAGE_1_RESPONSE:
        return True
    return kind == "enquiry" and act.startswith(FIRST_ANSWER) and not is_kept_by_acknowledging(kind, standard)


def _kept(case: Case, standard: str) -> datetime | None:
    moments = [promise.met_at for promise in case.promises if promise.standard == standard and promise.met_at]
    return min(moments, default=None)


def _first_event(case: Case, what: str) -> datetime | None:
    return next((event.at for event in case.events if event.what == what), None)


def _last_event(case: Case, what: str) -> datetime | None:
    return next((event.at for event in reversed(case.events) if event.what == what), None)
