"""Staff page: what is planned, in a month's table."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from app.caseload.notice_calendar import bounds, month_from, month_of, next_month, weeks
from app.caseload.notice_desk_routes import notice_desk, now
from app.cases.clock import LONDON
from app.landlords.standards import current_landlord
from app.notices.lists import PLANNED, between
from app.working_days import YearNotKnown


@notice_desk.get("/calendar")
def see_the_calendar() -> ResponseReturnValue:
    """``month``: 2026-12; this one without it."""
    at = now()
    first = month_from(request.args.get("month")) or month_of(at)
    found = weeks(first, between(*bounds(first), PLANNED), _why_closed, at.astimezone(LONDON).date())
    return render_template(
        "caseload/notice_calendar.html",
        weeks=found,
        month=_month_words(first),
        neighbours=[(f"{one:%Y-%m}", _month_words(one)) for one in (next_month(first, -1), next_month(first))],
        now=at,
        weekday=lambda day: format_date(day, "EEEE", rebase=False),
        has_any=any(day.shown or day.more for week in found for day in week),
    )


def _month_words(first: date) -> str:
    return str(format_date(first, "LLLL y", rebase=False))


def _why_closed(day: date) -> str | None:
    """A bank holiday's name; nothing for a weekend, which everybody sees, nor where the calendar ends."""
    if day.weekday() >= 5:
        return None
    try:
        reason = current_landlord().calendar.reason_closed(day)
    except YearNotKnown:
        return None
    return _(reason) if reason else None
