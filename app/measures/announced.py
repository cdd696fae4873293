"""Whether notices were announced as early as promised, by the month in which they were published."""

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import raiseload

from app.extensions import db
from app.measures.charts import bars
from app.measures.months import Month, Period
from app.measures.promises_kept import chart_words
from app.measures.tables import Cell, Line, Panel, Table, share_words
from app.measures.words import month_words
from app.notices.lists import LeadMonth, lead_times
from app.notices.models import Notice

MOST_LATE = 100  # listed one by one


def announced_in_time(period: Period) -> Panel:
    """Chart and table: kept, missed, and the share of both that was kept."""
    found = lead_times(period.first.first_day, period.last.last_day)
    title = _("Notices announced in time")
    drawn = [
        (f"{_name(one)} · {share_words(one.kept, one.kept + one.missed)}", (one.kept, one.missed)) for one in found
    ]
    whole = LeadMonth(period.first.first_day, sum(one.kept for one in found), sum(one.missed for one in found))
    lines = [Line(_name(one), _cells(one)) for one in found]
    return Panel(
        "announced",
        title,
        (
            _("Of the kinds of notices for which a lead time is promised, by the month in which they were published."),
            _("A notice that was cancelled later counts too."),
        ),
        (
            Table(
                _("%(title)s, by month", title=title),
                (_("Month"), _("Share kept"), _("In time"), _("Too late")),
                (*lines, Line(_("All months"), _cells(whole), is_sum=True)),
            ),
        ),
        bars("announced", chart_words(title), [_("In time"), _("Too late")], drawn, as_shares=True),
    )


def announced_late(period: Period) -> list[Notice]:
    """Those that were published later than promised, the newest first, at most MOST_LATE."""
    first, after = period.bounds()
    wanted = (
        select(Notice)
        .where(Notice.lead_is_kept.is_(False), Notice.published_at >= first, Notice.published_at < after)
        .order_by(Notice.published_at.desc(), Notice.id)
        .limit(MOST_LATE)
    )
    return list(db.session.scalars(wanted.options(raiseload(Notice.updates), raiseload(Notice.events))))


def _cells(found: LeadMonth) -> tuple[Cell, ...]:
    numbers = (Cell(str(format_decimal(number))) for number in (found.kept, found.missed))
    return (Cell(_share(found)), *numbers)


def _share(found: LeadMonth) -> str:
    return share_words(found.kept, found.kept + found.missed)


def _name(found: LeadMonth) -> str:
    return month_words(Month(found.month.year, found.month.month))
