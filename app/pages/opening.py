"""Open or closed now, and until when. Pure: the moment is handed in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.lists import format_list
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from app.landlords.standards import OpeningHours
from app.languages.times import clock_words, day_words
from app.working_days import Calendar

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Opening:
    """The state at one moment. ``changes_at`` is local: when it closes if open, when it opens next if closed."""

    is_open: bool
    changes_at: datetime
    is_today: bool


def opening_at(moment: datetime, hours: OpeningHours, calendar: Calendar) -> Opening:
    """Takes an aware moment. At opening time it is open; at closing time it is closed.

    Raises YearNotKnown where the calendar ends.
    """
    now = moment.astimezone(LONDON)
    today = now.date()
    if _is_open_on(today, hours, calendar):
        if now.time() < hours.opens:
            return Opening(False, _at(today, hours.opens), True)
        if now.time() < hours.closes:
            return Opening(True, _at(today, hours.closes), True)
    day = today + timedelta(days=1)
    while not _is_open_on(day, hours, calendar):
        day += timedelta(days=1)
    return Opening(False, _at(day, hours.opens), False)


def _is_open_on(day: date, hours: OpeningHours, calendar: Calendar) -> bool:
    return day.isoweekday() in hours.days and calendar.reason_closed(day) is None


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON)


def opening_words(state: Opening, is_checked: bool = True) -> str:
    """The state in one sentence, in the language of the moment. Hours that nobody has confirmed are only usual ones."""
    clock, day = clock_words(state.changes_at.time()), day_words(state.changes_at.date())
    if state.is_open:
        return str(
            _("Open now, until %(time)s", time=clock) if is_checked else _("Usually open until %(time)s", time=clock)
        )
    if state.is_today:
        if is_checked:
            return str(_("Closed now. Opens today at %(time)s", time=clock))
        return str(_("Closed now. Usually opens today at %(time)s", time=clock))
    if is_checked:
        # Translators: %(day)s is a weekday and a date, such as Tuesday 29 December
        return str(_("Closed now. Opens %(day)s at %(time)s", day=day, time=clock))
    return str(_("Closed now. Usually opens %(day)s at %(time)s", day=day, time=clock))


def weekday_words(days: tuple[int, ...]) -> str:
    """ISO weekdays → “Monday to Friday” when they follow each other, else a list of them."""
    names = [format_date(date(2024, 1, day), "EEEE", rebase=False) for day in days]  # 1 January 2024 was a Monday
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        # Translators: two weekdays: Monday to Friday
        return str(_("%(first)s to %(last)s", first=names[0], last=names[-1]))
    return format_list(names, locale=get_locale())
