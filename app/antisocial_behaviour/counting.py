"""Which reports count as a new case (NM01): a further report on an open case does not, one after closure does.

The rule is pure; the figure reads the cases. Counted are the reports that came within a span of time, apart from those
that were joined to a case that was open when they came. A case counts among those with a hate incident where its own
report names one, or any further report that was joined to it: as perceived by the victim or anybody else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from app.antisocial_behaviour.models import Report
from app.cases.casework_models import CaseLink
from app.cases.models import Case, Event
from app.extensions import db

KIND = "antisocial-behaviour"
JOINED = "joined"
_Joined = aliased(Report)
CLOSED, REOPENED = "case_closed", "case_reopened"


@dataclass(frozen=True)
class Period:
    """A case was open from ``begins`` up to ``ends``; None: it still is. Aware moments."""

    begins: datetime
    ends: datetime | None = None

    def has(self, at: datetime) -> bool:
        return self.begins <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True)
class Opened:
    """``by_strand`` counts a case once for each strand of hate that it names."""

    cases: int
    with_hate: int
    by_strand: Mapping[str, int] = field(default_factory=dict)


def open_periods(received_at: datetime, changes: Iterable[tuple[datetime, str]]) -> tuple[Period, ...]:
    """``changes``: when it was closed and opened again, in order, as the events of a case name it."""
    found: list[Period] = []
    begins: datetime | None = received_at
    for at, what in changes:
        if what == CLOSED and begins is not None:
            found.append(Period(begins, at))
            begins = None
        elif what == REOPENED and begins is None:
            begins = at
    if begins is not None:
        found.append(Period(begins))
    return tuple(found)


def counts_as_new(came_at: datetime, joined_to: Iterable[Sequence[Period]]) -> bool:
    """Unless it was joined to a case that was open when it came. ``joined_to``: the open periods of each such case."""
    return not any(period.has(came_at) for periods in joined_to for period in periods)


def cases_opened(landlord: str, since: datetime, until: datetime) -> Opened:
    """Of the landlord with this key, from ``since`` up to ``until``: aware moments."""
    here = and_(Case.landlord == landlord, Case.kind == KIND, Case.received_at >= since, Case.received_at < until)
    reports = db.session.scalar(select(func.count()).where(here)) or 0
    further = further_reports(here)
    hate = _strands_by_case(here, further)
    by_strand = Counter(strand for strands in hate.values() for strand in strands)
    return Opened(reports - len(further), len(hate), dict(sorted(by_strand.items())))


def further_reports(which: ColumnElement[bool]) -> frozenset[int]:
    """The ids of those among these cases that count as no new case."""
    joined = select(CaseLink.case_id, CaseLink.other_id, Case.received_at).join(Case, Case.id == CaseLink.case_id)
    rows = db.session.execute(joined.where(which, CaseLink.how == JOINED)).all()
    periods = _periods_of({row.other_id for row in rows})
    return frozenset(row.case_id for row in rows if not counts_as_new(row.received_at, [periods[row.other_id]]))


def names_hate() -> ColumnElement[bool]:
    """Whether a case of the query names hate: its own report, which the query has joined, or a further one."""
    further = further_reports(Case.kind == KIND)
    joined = (
        select(CaseLink.id)
        .join(_Joined, _Joined.case_id == CaseLink.case_id)
        .where(CaseLink.other_id == Report.case_id, CaseLink.case_id.in_(further), _is_hate(_Joined))
    )
    return or_(_is_hate(Report), joined.exists())


def _is_hate(report: Any) -> ColumnElement[bool]:
    return cast(report.hate_strands, String).not_in(("[]", "null"))


def _periods_of(case_ids: set[int]) -> dict[int, tuple[Period, ...]]:
    received = db.session.execute(select(Case.id, Case.received_at).where(Case.id.in_(case_ids)))
    events = select(Event.case_id, Event.at, Event.what).where(
        Event.case_id.in_(case_ids), Event.what.in_((CLOSED, REOPENED))
    )
    changes: dict[int, list[tuple[datetime, str]]] = {}
    for row in db.session.execute(events.order_by(Event.id)):
        changes.setdefault(row.case_id, []).append((row.at, row.what))
    return {row.id: open_periods(row.received_at, changes.get(row.id, ())) for row in received}


def _strands_by_case(which: ColumnElement[bool], further: frozenset[int]) -> dict[int, set[str]]:
    """The strands of hate that each counted case names, itself or by a report that was joined to it."""
    own = select(Report.case_id, Report.hate_strands).join(Case, Case.id == Report.case_id)
    own = own.where(which, _is_hate(Report))
    found = {row.case_id: set(row.hate_strands) for row in db.session.execute(own) if row.case_id not in further}
    joined = (
        select(CaseLink.other_id, CaseLink.case_id, Report.hate_strands)
        .join(Report, Report.case_id == CaseLink.case_id)
        .join(Case, Case.id == CaseLink.other_id)
        .where(which, CaseLink.how == JOINED, _is_hate(Report))
    )
    rows = db.session.execute(joined).all()
    no_case_of_their_own = further_reports(Case.id.in_({row.case_id for row in rows}))
    for row in rows:
        if row.other_id not in further and row.case_id in no_case_of_their_own:
            found.setdefault(row.other_id, set()).update(row.hate_strands)
    return found
