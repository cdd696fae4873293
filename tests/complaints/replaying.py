"""A complaint's history read from its beginning: where it must stand now, if history is whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.cases.models import Case, Event
from app.complaints.casework import file_as_it_is, is_whole


@dataclass
class Replayed:
    stage: int = 1
    status: str = "open"
    triage: str | None = None
    handler: str | None = None
    is_defined: bool = False
    is_withdrawn: bool = False
    decisions: dict[int, str] = field(default_factory=dict)  # of the answers, by stage
    refused: set[int] = field(default_factory=set)  # stages
    answered_points: set[int] = field(default_factory=set)
    points: set[int] = field(default_factory=set)  # of stage 1, and those listed at stage 2 by hand
    actions: set[int] = field(default_factory=set)  # open

    def read(self, event: Event) -> None:
        read = getattr(self, f"_{event.what}", None)
        if read is not None:
            read(event.details)

    def _triaged(self, details: dict[str, Any]) -> None:
        self.triage = details["found"]

    def _taken_as_complaint(self, details: dict[str, Any]) -> None:
        self.triage = "complaint"

    def _handler_named(self, details: dict[str, Any]) -> None:
        self.handler = details["handler"]

    def _complaint_defined(self, details: dict[str, Any]) -> None:
        self.is_defined = True

    def _complaint_answered(self, details: dict[str, Any]) -> None:
        self.decisions[details["stage"]] = details["decision"]

    def _complaint_refused(self, details: dict[str, Any]) -> None:
        self.refused.add(1)

    def _stage_2_refused(self, details: dict[str, Any]) -> None:
        self.refused.add(2)

    def _taken_after_all(self, details: dict[str, Any]) -> None:
        self.refused.discard(1)

    def _complaint_withdrawn(self, details: dict[str, Any]) -> None:
        self.is_withdrawn = True

    def _complaint_goes_on(self, details: dict[str, Any]) -> None:
        self.is_withdrawn = False

    def _stage_2_begun(self, details: dict[str, Any]) -> None:
        self.stage, self.handler = 2, None

    def _stage_2_needs_somebody(self, details: dict[str, Any]) -> None:
        self.handler = None

    def _case_closed(self, details: dict[str, Any]) -> None:
        self.status = "closed"

    def _case_reopened(self, details: dict[str, Any]) -> None:
        self.status = "open"

    def _point_listed(self, details: dict[str, Any]) -> None:
        self.points.add(details["point"])

    def _point_taken_off(self, details: dict[str, Any]) -> None:
        self.points.discard(details["point"])
        self.answered_points.discard(details["point"])

    def _point_answered(self, details: dict[str, Any]) -> None:
        self.answered_points.add(details["point"])

    def _action_agreed(self, details: dict[str, Any]) -> None:
        self.actions.add(details["action"])

    def _action_done(self, details: dict[str, Any]) -> None:
        self.actions.discard(details["action"])

    _action_dropped = _action_done


def replayed(events: Iterable[Event]) -> Replayed:
    found = Replayed()
    for event in events:
        found.read(event)
    return found


def as_it_stands(case: Case) -> Replayed:
    """The same, read from the tables."""
    file = file_as_it_is(case)
    by_hand = {point.id for point in file.points if point.raised_by != "letterbox"}
    return Replayed(
        stage=case.stage or 1,
        status=case.status,
        triage=file.triage,
        handler=case.handler.email if case.handler else None,
        is_defined=bool(file.definition),
        is_withdrawn=file.withdrawn_at is not None,
        decisions={stage.number: stage.decision for stage in file.stages if stage.answered_at and stage.decision},
        refused={refusal.stage for refusal in file.refusals if refusal.withdrawn_at is None},
        answered_points={point.id for point in file.points if is_whole(point)},
        points=by_hand,
        actions={action.id for action in case.actions if action.is_open},  # type: ignore[attr-defined]
    )
