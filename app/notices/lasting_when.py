"""When a notice is about, in words that stay true: for what is kept and read later, such as feeds and emails."""

from datetime import datetime

from flask_babel import format_date
from flask_babel import gettext as _

from app.cases.clock import LONDON
from app.languages.times import clock_words


def lasting_moment(moment: datetime) -> str:
    """Takes an aware moment: Thursday 31 December 2026 at 8am, local."""
    local = moment.astimezone(LONDON)
    # Translators: %(day)s is such as Tuesday 29 December, %(time)s such as 8am
    return str(_("%(day)s at %(time)s", day=_day(local), time=clock_words(local.time())))


def lasting_when(starts_at: datetime, ends_at: datetime | None) -> str:
    """From when to when, in one sentence. ``ends_at`` is None where nobody knows it yet."""
    begins = lasting_moment(starts_at)
    if ends_at is None:
        return str(_("From %(begins)s. We do not know yet when it ends.", begins=begins))
    first, last = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if first.date() == last.date():
        # Translators: a service notice: %(begins)s is a day and a time, %(ends)s a time on the same day
        return str(_("%(begins)s until %(ends)s", begins=begins, ends=clock_words(last.time())))
    # Translators: a service notice: both are a day and a time
    return str(_("From %(begins)s until %(ends)s", begins=begins, ends=lasting_moment(ends_at)))


def _day(local: datetime) -> str:
    return str(format_date(local.date(), "EEEE d MMMM y", rebase=False))
