"""The whole dashboard: its parts in their order, for a period."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from app.cases.models import Case
from app.extensions import db
from app.landlords.standards import Landlord
from app.measures import promises_kept, work_done
from app.measures.counted import NOW
from app.measures.figures import YEAR, Figures, figures
from app.measures.interpreters import interpreters
from app.measures.months import Month, Period, month_of, names_of, read_month
from app.measures.tables import Panel

REGIMES = ("landlord", "code", "law")
OFFERED = 60  # months to choose from, at most
LONGEST = 24  # months in one period


def months_to_choose(now: datetime) -> list[Month]:
    """The newest first, back to the month of the first case, and a year at least."""
    first = db.session.scalar(select(func.min(Case.received_at)))
    last = month_of(now)
    earliest = max(last.after(1 - OFFERED), min(month_of(first) if first else last, last.after(1 - YEAR)))
    return list(Period(earliest, last))[::-1]


def chosen_period(first: str | None, last: str | None, now: datetime) -> Period:
    """The last twelve months where nothing, or nothing that can be, was chosen; never more than ``LONGEST``."""
    newest = month_of(now)
    until = min(read_month(last) or newest, newest)
    since = read_month(first) or until.after(1 - YEAR)
    if since > until:
        since, until = until, min(since, newest)
    return Period(max(since, until.after(1 - LONGEST)), until)


def counted_for(period: Period, now: datetime) -> Figures:
    """May commit: see ``figures.figures``."""
    return figures((NOW, *names_of(period)), now)


def panels(found: Figures, period: Period, landlord: Landlord) -> Iterator[Panel]:
    yield promises_kept.due(found)
    for regime in REGIMES:
        if panel := promises_kept.promises(found, period, landlord, regime):
            yield panel
    yield promises_kept.in_the_codes_time(found, period)
    yield work_done.complaints(found, period)
    yield work_done.first_contact(found, period)
    if landlord.calls.has_call_back:
        yield work_done.call_backs(found, period)
    yield work_done.complaint_themes(found, period, landlord)
    yield work_done.other_themes(found, period, landlord)
    yield work_done.needs(found, period)
    yield interpreters(found, period, landlord)
