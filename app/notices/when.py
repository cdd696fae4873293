"""When a notice holds, in one sentence for tenants. Pure: the moment is handed in."""

from datetime import datetime

from flask_babel import gettext as _

from app.cases.clock import LONDON
from app.languages.times import clock_words, dated, day_words
from app.notices.models import Notice
from app.notices.showing import over_at, stage_at


def moment_words(when: datetime, now: datetime) -> str:
    """Day and local time; the year too, where it is another than that of now."""
    local = when.astimezone(LONDON)
    is_this_year = local.year == now.astimezone(LONDON).year
    day = day_words(local.date()) if is_this_year else dated(local.date(), "EEEE d MMMM y")
    # Translators: %(day)s is such as Tuesday 29 December, %(time)s such as 8am
    return str(_("%(day)s at %(time)s", day=day, time=clock_words(local.time())))


def when_words(notice: Notice, now: datetime) -> str:
    """From when until when: “Now, until Tuesday 29 December at 5pm”; of one that is over, since when."""
    stage = stage_at(notice, now)
    if stage == "over":
        return _since_when_it_is_over(notice, now)
    begins = moment_words(notice.starts_at, now)
    if notice.ends_at is None:
        # Translators: a service notice of which nobody knows the end: %(begins)s is a day and a time
        return str(
            _("Now, since %(begins)s", begins=begins) if stage == "live" else _("From %(begins)s", begins=begins)
        )
    if stage == "live":
        # Translators: a service notice: %(ends)s is a day and a time
        return str(_("Now, until %(ends)s", ends=moment_words(notice.ends_at, now)))
    local_start, local_end = notice.starts_at.astimezone(LONDON), notice.ends_at.astimezone(LONDON)
    if local_start.date() == local_end.date():
        # Translators: a service notice: %(begins)s is a day and a time, %(ends)s a time on the same day
        return str(_("%(begins)s until %(ends)s", begins=begins, ends=clock_words(local_end.time())))
    # Translators: a service notice: both are a day and a time
    return str(_("From %(begins)s until %(ends)s", begins=begins, ends=moment_words(notice.ends_at, now)))


def _since_when_it_is_over(notice: Notice, now: datetime) -> str:
    ended = moment_words(over_at(notice) or now, now)
    if notice.cancelled_at is not None:
        return str(_("Cancelled on %(when)s", when=ended))
    if notice.resolved_at is not None and notice.resolved_at == over_at(notice):
        return str(_("Solved on %(when)s", when=ended))
    return str(_("Ended on %(when)s", when=ended))
