"""Open or closed now, and until when. Pure: the moment and what is closed are handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.cases.clock import LONDON, moment_of
from app.landlords.standards import OpeningHours
from app.languages.times import clock_words, day_words
from app.languages.times import weekday_words as weekday_words
from app.notices.closures import Closure
from app.working_days import Calendar

DAYS_TOLD = 31  # ahead of which a closed day is told
_ONE_DAY = timedelta(days=1)
_AT_ANY_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Opening:
    """The state at one moment. ``changes_at`` is local: when it closes if open, when it opens next if closed.

    None: it is closed, and nobody knows yet until when.
    """

    is_open: bool
    changes_at: datetime | None
    is_today: bool


def opening_at(moment: datetime, hours: OpeningHours, calendar: Calendar, closures: Sequence[Closure] = ()) -> Opening:
    """Takes an aware moment. At opening time it is open; at closing time it is closed. ``closures`` come on top.

    Raises YearNotKnown where the calendar ends.
    """
    now = moment.astimezone(UTC)
    today = now.astimezone(LONDON).date()
    # From the beginning of one that nobody knows the end of, nothing opens.
    last = min((one.begins for one in closures if one.ends is None), default=_AT_ANY_TIME)
    day = today
    while moment_of(day, hours.opens) < max(last, now):
        for begins, ends in _open_on(day, hours, calendar, closures):
            if begins <= now < ends:
                return Opening(True, ends.astimezone(LONDON), True)
            if now < begins:
                return Opening(False, begins.astimezone(LONDON), day == today)
        day += _ONE_DAY
    return Opening(False, None, False)


def _open_on(
    day: date, hours: OpeningHours, calendar: Calendar, closures: Sequence[Closure]
) -> Iterator[tuple[datetime, datetime]]:
    """From when to when it is open on that day, in UTC: once, in pieces where it closes between, or not at all."""
    if day.isoweekday() not in hours.days or calendar.reason_closed(day) is not None:
        return
    begins, closes = moment_of(day, hours.opens), moment_of(day, hours.closes)
    for closure in sorted(closures, key=lambda one: one.begins):
        if not closure.touches(begins, closes):
            continue
        if begins < closure.begins:
            yield begins, closure.begins.astimezone(UTC)
        if closure.ends is None or closure.ends >= closes:
            return
        begins = max(begins, closure.ends.astimezone(UTC))
    yield begins, closes


def closed_days(
    moment: datetime, hours: OpeningHours, calendar: Calendar, closures: Sequence[Closure] = ()
) -> Iterator[tuple[date, str]]:
    """The bank holidays and closed days of the next weeks on which it would be open, each with why, in English.

    Those that lie within one of the ``closures`` are left out: they are told with it.
    """
    today = moment.astimezone(LONDON).date()
    for day in (today + timedelta(days=number) for number in range(DAYS_TOLD)):
        reason = calendar.reason_closed(day)
        begins, ends = moment_of(day, hours.opens), moment_of(day, hours.closes)
        is_within = any(one.begins <= begins and (one.ends is None or ends <= one.ends) for one in closures)
        if reason is not None and day.isoweekday() in hours.days and not is_within:
            yield day, reason


def opening_words(state: Opening, is_checked: bool = True) -> str:
    """The state in one sentence, in the language of the moment. Hours that nobody has confirmed are only usual ones."""
    if state.changes_at is None:
        return str(_("Closed. We do not know yet when we open again"))
    clock, day = clock_words(state.changes_at.time()), day_words(state.changes_at.date())
    if state.is_open:
        # Translators: the office; %(time)s is such as 5pm
        return str(_("Open until %(time)s", time=clock) if is_checked else _("Usually open until %(time)s", time=clock))
    if state.is_today:
        if is_checked:
            return str(_("Closed. Opens today at %(time)s", time=clock))
        return str(_("Closed. Usually opens today at %(time)s", time=clock))
    if is_checked:
        # Translators: %(day)s is a weekday and a date, such as Tuesday 29 December
        return str(_("Closed. Opens %(day)s at %(time)s", day=day, time=clock))
    return str(_("Closed. Usually opens %(day)s at %(time)s", day=day, time=clock))


def waiting_words(minutes: int) -> str:
    """How long callers wait now, as a colleague said it."""
    return str(
        ngettext(
            "Calls take about %(num)s minute to be answered now.",
            "Calls take about %(num)s minutes to be answered now.",
            minutes,
        )
    )
