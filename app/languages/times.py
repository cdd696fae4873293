"""Times and days as people write them, in the language of the moment."""

from datetime import date, time

from flask_babel import format_date, format_time
from flask_babel import gettext as _

from app.languages import current_language
from app.languages.lists import listed

# Languages in which people write 5pm; the others have the short time of their own.
WITH_AM_AND_PM = ("en", "cy")
# CLDR's Urdu has AM and PM in Latin letters, which would stand on the wrong side. CLDR's parts of the day do not.
_SHORT_TIME = {"ur": "B h:mm"}
# What stands between the weekday and the day: nothing in the languages that are not here.
_AFTER_WEEKDAY = {"pl": ",", "ro": ",", "uk": ",", "ur": "،", "pt": ","}


def clock_words(clock: time) -> str:
    """A time as people write it: 5pm, 8:30am; in languages without am and pm, 17:00."""
    if current_language().tag not in WITH_AM_AND_PM:
        return short_time(clock)
    hour = clock.hour % 12 or 12
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{hour}{minutes}{'am' if clock.hour < 12 else 'pm'}"


def short_time(clock: time) -> str:
    """Hours and minutes, as CLDR has them for the language."""
    return str(format_time(clock, _SHORT_TIME.get(current_language().tag, "short"), rebase=False))


def day_words(day: date) -> str:
    """Weekday, day and month in words: Tuesday 29 December."""
    return dated(day, "EEEE d MMMM")


def dated(day: date, pattern: str) -> str:
    """The day by a pattern as Babel has them for English, with the signs and small words that CLDR's long dates have in
    the language of the moment: “29 de dezembro de 2026”.

    A month without its day is named as one that stands alone: “grudzień 2026”, not “grudnia”.
    """
    tag = current_language().tag
    if "d" not in pattern:
        pattern = pattern.replace("MMMM", "LLLL")
    pattern = pattern.replace("EEEE d", f"EEEE{_AFTER_WEEKDAY.get(tag, '')} d")
    if tag == "pt":
        for before, after in (("d", "MMMM"), ("MMMM", "y"), ("LLLL", "y")):
            pattern = pattern.replace(f"{before} {after}", f"{before} 'de' {after}")
    return str(format_date(day, pattern, rebase=False))


def weekday_words(days: tuple[int, ...]) -> str:
    """ISO weekdays → “Monday to Friday” when they follow each other, else a list of them."""
    names = [format_date(date(2024, 1, day), "EEEE", rebase=False) for day in days]  # 1 January 2024 was a Monday
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        # Translators: two weekdays: Monday to Friday
        return str(_("%(first)s to %(last)s", first=names[0], last=names[-1]))
    return listed(names)
