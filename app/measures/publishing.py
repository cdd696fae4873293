"""What the website says of how promises were kept: counted once a day, by the same queries as the dashboard.

Of the twelve months up to yesterday. A promise counts on the day on which it falls due; what waits for the tenant, or
fell away in time, is left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select

from app.cases.clock import LONDON
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.measures.counted import KEPT, LATE, MISSED, counted
from app.measures.figures import Key, take_turn
from app.measures.months import start_of
from app.measures.tables import those, total
from app.notices.models import Notice
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


@dataclass(frozen=True)
class Year:
    """London's days of which is counted, both within."""

    first_day: date
    last_day: date

    def bounds(self) -> tuple[datetime, datetime]:
        return start_of(self.first_day), start_of(self.last_day + timedelta(days=1))


def year_of(now: datetime) -> Year:
    """The twelve months up to yesterday."""
    today = now.astimezone(LONDON).date()
    is_leap_day = (today.month, today.day) == (2, 29)
    return Year(today.replace(year=today.year - 1, day=28 if is_leap_day else today.day), today - timedelta(days=1))


def publish(now: datetime) -> tuple[Counted, ...]:
    """Count, and let the website say it from now on, instead of what it said before. Commits.

    Where nothing has been promised yet nothing is published.
    """
    year = year_of(now)
    found = tuple(_counted(year, now))
    if not any(one.counted for one in found):
        return ()
    db.session.rollback()
    start_writing()
    take_turn()
    db.session.execute(delete(PublishedFigure))
    db.session.add_all(
        PublishedFigure(
            standard=one.standard,
            regime=one.regime,
            first_day=year.first_day,
            last_day=year.last_day,
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


def _counted(year: Year, now: datetime) -> Iterator[Counted]:
    yield from _promises(_rows("promises", year, now))
    yield from _lead_times(year)
    code, decided, refused = (_rows(name, year, now) for name in ("code", "decisions", "refusals"))
    for stage in STAGES:
        yield from _complaints(stage, code, decided, refused)


def _rows(measure: str, year: Year, now: datetime) -> Counter[Key]:
    rows = db.session.execute(counted(measure, *year.bounds(), now))
    return Counter({(a, b, c): number for a, b, c, number in rows})


def _promises(rows: Counter[Key]) -> Iterator[Counted]:
    for standard, regime in sorted({key[:2] for key in rows}):
        kept, whole = (total(rows, those(standard, regime, states)) for states in ((KEPT,), COUNTED))
        if whole:
            yield Counted(standard, regime, kept, whole)


def _lead_times(year: Year) -> Iterator[Counted]:
    """How often what was planned was announced in time, by the day on which that was published."""
    since, until = year.bounds()
    judged = (
        select(Notice.kind, Notice.lead_is_kept, func.count())
        .where(Notice.lead_is_kept.is_not(None), Notice.published_at >= since, Notice.published_at < until)
        .group_by(Notice.kind, Notice.lead_is_kept)
    )
    numbers: Counter[tuple[str, bool]] = Counter()
    for kind, is_kept, number in db.session.execute(judged):
        numbers[LEAD_TIMES.get(kind, ""), bool(is_kept)] += number
    for promise in {one.key: None for one in current_landlord().lead_times}:
        kept, missed = numbers[promise, True], numbers[promise, False]
        if kept + missed:
            yield Counted(promise, "landlord", kept, kept + missed)


def _complaints(stage: str, code: Counter[Key], decided: Counter[Key], refused: Counter[Key]) -> Iterator[Counted]:
    """Of one stage. In time is the Code's CH02: of those whose answer came or should have come."""
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
