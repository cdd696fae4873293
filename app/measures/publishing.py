"""What the website says of how promises were kept: counted once a day, from the figures of the dashboard.

Of the last twelve whole months, so that whoever asks finds the same figures in the dashboard. A promise counts in the
month in which it falls due; what waits for the tenant, is still to come or fell away in time is left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.measures.counted import KEPT, LATE, MISSED
from app.measures.figures import YEAR, Figures, Key, figures, take_turn
from app.measures.months import Period, month_of, months_back, names_of
from app.measures.tables import those, total
from app.notices.lists import lead_times
from app.notices.shapes import LEAD_TIMES
from app.pages.models import PublishedFigure
from app.pages.published import FIGURE, IN_TIME, MADE, REFUSED, STAGES, UPHELD, figure_of_stage

COUNTED = (KEPT, LATE, MISSED)
AGREED = ("upheld", "partly-upheld")


@dataclass(frozen=True)
class Counted:
    """``kept`` of ``counted``, under a key and a regime: never more than all."""

    standard: str
    regime: str
    kept: int
    counted: int


def period_of(now: datetime) -> Period:
    """The twelve whole months before the one in which ``now`` lies."""
    return months_back(month_of(now).after(-1), YEAR)


def publish(now: datetime) -> tuple[Counted, ...]:
    """Count, and let the website say it from now on. Commits. What was published of earlier months stays.

    Where the first contact came later than those months there is nothing to say yet: nothing is published.
    """
    period = period_of(now)
    first = db.session.scalar(select(func.min(Case.received_at)))
    db.session.rollback()
    if first is None or first >= period.bounds()[1]:
        return ()
    found = tuple(_counted(figures(names_of(period), now), period))
    start_writing()
    take_turn()
    first_day, last_day = period.first.first_day, period.last.last_day
    db.session.execute(delete(PublishedFigure).where(PublishedFigure.last_day == last_day))
    db.session.add_all(
        PublishedFigure(
            standard=one.standard,
            regime=one.regime,
            first_day=first_day,
            last_day=last_day,
            counted=one.counted,
            kept=one.kept,
            counted_at=now,
        )
        for one in found
    )
    db.session.commit()
    return found


def sweep(now: datetime) -> None:
    """Once on each of London's days. Commits."""
    newest = db.session.scalar(select(func.max(PublishedFigure.counted_at)))
    db.session.rollback()
    if newest is None or newest.astimezone(LONDON).date() < now.astimezone(LONDON).date():
        publish(now)


def _counted(found: Figures, period: Period) -> Iterator[Counted]:
    yield from _promises(found.rows("promises"))
    yield from _lead_times(period)
    for stage in STAGES:
        yield from _complaints(found, stage)


def _promises(rows: Counter[Key]) -> Iterator[Counted]:
    for standard, regime in sorted({key[:2] for key in rows}):
        kept, counted = (total(rows, those(standard, regime, states)) for states in ((KEPT,), COUNTED))
        if counted:
            yield Counted(standard, regime, kept, counted)


def _lead_times(period: Period) -> Iterator[Counted]:
    """How often what was planned was announced in time."""
    months = lead_times(period.first.first_day, period.last.last_day)
    kept, missed = sum(one.kept for one in months), sum(one.missed for one in months)
    promised = {one.key for one in current_landlord().lead_times} & set(LEAD_TIMES.values())
    if kept + missed and len(promised) == 1:
        yield Counted(promised.pop(), "landlord", kept, kept + missed)


def _complaints(found: Figures, stage: str) -> Iterator[Counted]:
    """Of one stage. In time is the Code's CH02: of those whose answer came or should have come."""
    code, decided, refused = (found.rows(name) for name in ("code", "decisions", "refusals"))
    made, not_taken = total(code, those(a=stage)), total(refused, those(a=stage))
    kept, answered = (sum(code[stage, state, ""] for state in states) for states in ((KEPT,), COUNTED))
    agreed = sum(decided[stage, decision, ""] for decision in AGREED)
    for name, part, whole in (
        (MADE, made, made),
        (IN_TIME, kept, answered),
        (UPHELD, agreed, total(decided, those(a=stage))),
        (REFUSED, not_taken, not_taken),
    ):
        yield Counted(figure_of_stage(name, stage), FIGURE, part, whole)
