"""When a notice is about, in words that stay true: for what is kept and read later, such as feeds and emails.

Each moment is a letter's ``time``: it keeps its order from right to left, and a machine can read it.
"""

from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup

from app.cases.clock import LONDON
from app.languages.times import clock_words, dated


def lasting_moment(moment: datetime) -> Markup:
    """Takes an aware moment: Thursday 31 December 2026 at 8am, local."""
    local = moment.astimezone(LONDON)
    day = dated(local.date(), "EEEE d MMMM y")
    # Translators: %(day)s is such as Tuesday 29 December, %(time)s such as 8am
    return _time(local, _("%(day)s at %(time)s", day=day, time=clock_words(local.time())))


def lasting_when(starts_at: datetime, ends_at: datetime | None) -> Markup:
    """From when to when, in one sentence. ``ends_at`` is None where nobody knows it yet."""
    begins = lasting_moment(starts_at)
    if ends_at is None:
        return _sentence(_("From %(begins)s. We do not know yet when it ends."), begins=begins)
    first, last = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if first.date() == last.date():
        # Translators: a service notice: %(begins)s is a day and a time, %(ends)s a time on the same day
        return _sentence(_("%(begins)s until %(ends)s"), begins=begins, ends=_time(last, clock_words(last.time())))
    # Translators: a service notice: both are a day and a time
    return _sentence(_("From %(begins)s until %(ends)s"), begins=begins, ends=lasting_moment(ends_at))


def _time(local: datetime, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(local.strftime("%Y-%m-%dT%H:%M"), words)


def _sentence(words: str, **times: Markup) -> Markup:
    return Markup(words) % times  # noqa: S704  # a sentence of ours; what it holds is escaped above
