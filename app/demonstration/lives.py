"""What becomes of a case after its acknowledgement, by the real acts: answered, in time or late, and closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cases import closing
from app.cases.actions import add_event
from app.cases.models import Case
from app.cases.promises import letter_went_out, meet_promise, set_next_due
from app.complaints.casework import file_of
from app.complaints.models import ComplaintPoint, Remedy
from app.demonstration.stories import ACKNOWLEDGED, NEW
from app.landlords.standards import Landlord

DAY = timedelta(days=1)
TRULY = "not-upheld", "upheld", "partly-upheld"
MISSED = "The answer waited for a report from the contractor, who was late with it."
CLOSED_BECAUSE = {"antisocial-behaviour": "resolved"}  # others: answered


@dataclass(frozen=True)
class Life:
    """``answered`` and ``closed`` are days after receipt; None: not yet. ``progress``: of its acknowledgement.

    ``weights``: how often it is lived by cases younger than a day, than ``YOUNG`` days, and by all older ones.
    """

    name: str
    weights: tuple[int, int, int]
    progress: str = ACKNOWLEDGED
    acknowledged: float = 0.15  # days after receipt
    answered: float | None = None
    closed: float | None = None

    @property
    def days(self) -> float:
        """How old a case must be to have lived it."""
        return max(self.answered or 0, self.closed or 0, self.acknowledged if self.progress == ACKNOWLEDGED else 0)


YOUNG = 25  # days
LIVES = (
    Life("new", (60, 2, 0), progress=NEW),
    Life("acknowledged", (40, 60, 2)),
    Life("acknowledged late", (0, 8, 1), acknowledged=6.2),
    Life("answered", (0, 6, 1), answered=8.1),
    Life("closed", (0, 30, 60), answered=5.2, closed=6.1),
    Life("closed later", (0, 0, 25), answered=9.3, closed=14.2),
    Life("closed late", (0, 0, 11), answered=23.2, closed=24.1),
)


def live(case: Case, landlord: Landlord, life: Life, number: int) -> None:
    """Carry the case on from its acknowledgement. ``number`` varies what is decided. No commit."""
    who = case.handler.email if case.handler else None
    if life.answered is not None:
        at = case.received_at + life.answered * DAY
        _OTHERWISE.get(case.kind, _answer)(case, landlord, at, number)
        _say_why_late(case, at)
    if life.closed is not None:
        at = case.received_at + life.closed * DAY
        for promise in case.promises:
            if promise.is_open:
                promise.ended_at = at
        set_next_due(case)
        closing.close(case, CLOSED_BECAUSE.get(case.kind, "answered"), at, who)


def _answer(case: Case, landlord: Landlord, at: datetime, number: int) -> None:
    """Every promise that is open is kept; of some we know whether one contact was enough (L07)."""
    for standard in sorted({promise.standard for promise in case.promises if promise.is_open}):
        meet_promise(case, standard, at, case.handler.email if case.handler else None)
    if case.kind == "enquiry":
        case.solved_at_first_contact = number % 3 != 0


def _answer_complaint(case: Case, landlord: Landlord, at: datetime, number: int) -> None:
    file, who = file_of(case), case.handler.email if case.handler else "kim.obrien"
    soon = case.received_at + 0.4 * DAY
    file.triage, file.triaged_at, file.triaged_by = "complaint", soon, who
    file.definition, file.outcomes_sought = "What was promised was not done in time.", "That it is done, and when."
    file.defined_at, file.defined_by, file.is_agreed = soon, who, True
    stage, decision = file.stages[0], TRULY[number % 3]
    stage.contacted_at, stage.contacted_by = soon, who
    file.points.append(
        ComplaintPoint(
            stage=1, words="It was not done in time.", raised_at=soon, raised_by=who, decision=decision,
            answer="We looked at the dates of each visit.", basis="Our repairs policy, section 4.", answered_by=who,
        )
    )  # fmt: skip
    if decision != "not-upheld":
        file.remedies.append(
            Remedy(
                stage=1, kind="apology", words="We are sorry that it took so long.", offered_at=at, offered_by=who,
                done_at=at,
            )
        )  # fmt: skip
    stage.decision, stage.findings, stage.answered_at = decision, "The visits were late.", at
    stage.decided_by = case.handler
    add_event(case, "complaint_answered", at, who, stage=1, decision=decision)
    letter_went_out(case, landlord, "stage-1-response", at, who)


def _say_why_late(case: Case, at: datetime) -> None:
    for promise in case.promises:
        if promise.met_at == at and at > promise.due_at:
            promise.missed_reason = MISSED


_OTHERWISE: dict[str, Callable[[Case, Landlord, datetime, int], None]] = {"complaint": _answer_complaint}
