"""Where a case stands. Pure: read from its promises and its history."""

from dataclasses import dataclass
from datetime import datetime

from app.cases.models import Case
from app.cases.promises import is_kept_by_acknowledging

RECEIVED, ACKNOWLEDGED, ANSWERED = "received", "acknowledged", "answered"
TOLD = "told"  # answered in a talk
STAGE_2_ASKED, STAGE_2_ANSWERED, CLOSED = "stage-2-asked", "stage-2-answered", "closed"
REFUSED, WITHDRAWN, STAGE_2_REFUSED = "refused", "withdrawn", "stage-2-refused"
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
        Reached(TOLD if _was_told(case) else ANSWERED, answered_at(case)),
        Reached(REFUSED, _unless_since(case, "complaint_refused", "taken_after_all")),
        Reached(WITHDRAWN, _unless_since(case, "complaint_withdrawn", "complaint_goes_on")),
        # Asked for before our answer at stage 1, it begins when that has gone out.
        Reached(STAGE_2_ASKED, _first_event(case, "stage_2_begun") or _first_event(case, "stage_2_asked")),
        Reached(STAGE_2_REFUSED, _unless_since(case, "stage_2_refused", "stage_2_taken_after_all")),
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
    moments = [_kept(case, standard) for standard in answers]
    if case.kind != "complaint":
        moments.append(_first_event(case, "answered"))  # where nobody had promised by when
    return min((at for at in moments if at), default=None)


def _was_told(case: Case) -> bool:
    """Whether the first answer was given in a talk."""
    first = next((event for event in case.events if event.what == "answered"), None)
    return first is not None and first.details.get("channel") != "letter"


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


def _unless_since(case: Case, what: str, undone_by: str) -> datetime | None:
    """When it last happened; None where something has undone it since."""
    last = next((event for event in reversed(case.events) if event.what in (what, undone_by)), None)
    return last.at if last is not None and last.what == what else None
