"""The figures of whole months, counted by the worker and kept, so that a page costs the same however many cases.

Counted anew: what stands open, this month and the last after a minute, older months after ten; later where counting
takes long, so that it never takes more than a small share of a processor. A page counts a span itself where nobody has
yet, and where that is quick.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter

from sqlalchemy import delete, func, insert, select, text

from app.cases.models import Case
from app.extensions import db, start_writing
from app.measures.counted import MEASURES, NOW, counted, measures_of
from app.measures.models import CountedSpan, Figure
from app.measures.months import month_of, months_back, names_of, read_month

AT_ONCE = 50  # milliseconds: what is counted within them is counted for each page that is asked for
# Not sooner than so long after it was counted, nor than so many times as long as that took.
RECENT, OLDER = (timedelta(minutes=1), 60), (timedelta(minutes=10), 2000)
ENOUGH = 3.0  # seconds of counting in one minute's work
YEAR = 12  # months
_TURN = 0x4D454153  # PostgreSQL's advisory lock: one process counts at a time

Key = tuple[str, str, str]
Counts = Mapping[str, Counter[Key]]  # by measure


@dataclass(frozen=True)
class Figures:
    """``counts`` by span. ``counted_at``: the oldest of them."""

    counts: Mapping[str, Counts]
    counted_at: datetime

    def rows(self, measure: str, spans: Iterable[str] | None = None) -> Counter[Key]:
        """How many by a, b and c, over these spans; over all when left out."""
        found: Counter[Key] = Counter()
        for span in self.counts if spans is None else spans:
            found.update(self.counts.get(span, {}).get(measure, Counter()))
        return found


def count(span: str, now: datetime) -> Counts:
    """Count a span's figures from the cases themselves."""
    month = read_month(span)
    since, until = month.bounds() if month else (None, None)
    return {
        name: Counter({(a, b, c): number for a, b, c, number in db.session.execute(counted(name, since, until, now))})
        for name in measures_of(span)
    }


def figures(spans: Iterable[str], now: datetime, clock: Callable[[], float] = perf_counter) -> Figures:
    """The figures of these spans: as kept, or counted now where that is quick or has never been done. May commit."""
    wanted = tuple(dict.fromkeys(spans))
    known = _known(wanted)
    counts: dict[str, Counts] = {}
    missing = [span for span in wanted if span not in known]
    for span in missing:
        counts[span] = keep(span, now, clock)
    oldest = now
    for span in (span for span in wanted if span in known):
        if known[span].milliseconds <= AT_ONCE and _is_recent(span, now):
            counts[span] = count(span, now)
        else:
            oldest = min(oldest, known[span].counted_at)
    counts |= _kept([span for span in wanted if span not in counts])
    return Figures({span: counts[span] for span in wanted}, oldest)


def keep(span: str, now: datetime, clock: Callable[[], float] = perf_counter) -> Counts:
    """Count a span and keep its figures. Commits."""
    began = clock()
    found = count(span, now)
    milliseconds = round((clock() - began) * 1000)
    rows = [
        {"span": span, "measure": measure, "a": a, "b": b, "c": c, "number": number}
        for measure, counts in found.items()
        for (a, b, c), number in counts.items()
    ]
    start_writing()
    take_turn()
    db.session.execute(delete(Figure).where(Figure.span == span))
    db.session.execute(delete(CountedSpan).where(CountedSpan.span == span))
    if rows:
        db.session.execute(insert(Figure), rows)
    db.session.execute(insert(CountedSpan).values(span=span, counted_at=now, milliseconds=milliseconds))
    db.session.commit()
    return found


def sweep(now: datetime, clock: Callable[[], float] = perf_counter) -> None:
    """Count anew what has become old, the longest uncounted first, for a few seconds at most. Commits."""
    known, first = _known(()), db.session.scalar(select(func.min(Case.received_at)))
    db.session.rollback()
    if first is None:
        return
    year = months_back(month_of(now), YEAR + 1)
    wanted = (NOW, *names_of(month for month in year if month >= month_of(first)))
    due = [span for span in dict.fromkeys((*wanted, *known)) if span not in known or _is_old(known[span], now)]
    never = datetime.min.replace(tzinfo=now.tzinfo)
    until = clock() + ENOUGH
    for span in sorted(due, key=lambda span: known[span].counted_at if span in known else never):
        if clock() > until:
            return
        keep(span, now, clock)


def _is_old(span: CountedSpan, now: datetime) -> bool:
    least, times = RECENT if _is_recent(span.span, now) else OLDER
    return now - span.counted_at >= max(least, timedelta(milliseconds=span.milliseconds * times))


def _is_recent(span: str, now: datetime) -> bool:
    return span == NOW or span >= str(month_of(now).after(-1))


def _known(spans: Iterable[str]) -> dict[str, CountedSpan]:
    query = select(CountedSpan)
    if wanted := tuple(spans):
        query = query.where(CountedSpan.span.in_(wanted))
    return {one.span: one for one in db.session.scalars(query)}


def _kept(spans: Iterable[str]) -> dict[str, Counts]:
    wanted = tuple(spans)
    counts: dict[str, dict[str, Counter[Key]]] = {span: {name: Counter() for name in MEASURES} for span in wanted}
    if wanted:
        query = select(Figure.span, Figure.measure, Figure.a, Figure.b, Figure.c, Figure.number)
        for span, measure, a, b, c, number in db.session.execute(query.where(Figure.span.in_(wanted))):
            if measure in counts[span]:
                counts[span][measure][a, b, c] = number
    return dict(counts)


def take_turn() -> None:
    """Until the commit no other process writes figures. Begin with ``start_writing``."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
