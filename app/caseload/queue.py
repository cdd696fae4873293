"""The queue: the cases that a colleague chose, a page at a time, and how many there are of each choice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.caseload.choices import SHOWN, Choices, wanted
from app.caseload.queue_rows import Line, lines_of, next_promises
from app.cases.lists import Place, caseload, count_cases
from app.cases.models import Event, Promise
from app.extensions import db
from app.staff.models import StaffMember

MOST_COUNTED = 1000  # cases: beyond that the number helps nobody, and counting a million would be slow


@dataclass(frozen=True)
class Queue:
    """``counts`` has one number for each choice of what to show; more than MOST_COUNTED is "and more".

    ``promises`` are the next ones, by the number of the case; ``looks_automatic``: the numbers of marked cases.
    """

    cases: tuple[Line, ...]
    next_place: Place | None
    counts: dict[str, int]
    promises: dict[int, Promise] = field(default_factory=dict)
    looks_automatic: frozenset[int] = frozenset()


def queue(
    choices: Choices, colleague: StaffMember, now: datetime, usual_language: str, after: Place | None = None
) -> Queue:
    """The cases chosen, of those that this colleague may see. The counts are of each choice without filters."""
    page = caseload(wanted(choices, colleague, now, usual_language), choices.sort, after)
    counts = {show: count_cases(wanted(Choices(show), colleague, now, usual_language), MOST_COUNTED) for show in SHOWN}
    return Queue(
        lines_of(page.case_ids, with_needs=True),
        page.next_place,
        counts,
        next_promises(page.case_ids),
        those_that_look_automatic(page.case_ids),
    )


def those_that_look_automatic(case_ids: Sequence[int]) -> frozenset[int]:
    if not case_ids:
        return frozenset()
    wanted_events = select(Event.case_id).where(Event.case_id.in_(case_ids), Event.what == "looks_automatic")
    return frozenset(db.session.scalars(wanted_events))
