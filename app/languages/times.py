"""Times and days as people write them, in the language of the moment."""

from datetime import date, time

from flask_babel import format_date, format_time

from app.languages import current_language

# Languages in which people write 5pm; the others have the short time of their own.
WITH_AM_AND_PM = ("en", "cy")


def clock_words(clock: time) -> str:
    """A time as people write it: 5pm, 8:30am; in languages without am and pm, 17:00."""
    if current_language().tag not in WITH_AM_AND_PM:
        return str(format_time(clock, "short", rebase=False))
    hour = clock.hour % 12 or 12
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{hour}{minutes}{'am' if clock.hour < 12 else 'pm'}"


def day_words(day: date) -> str:
    """Weekday, day and month in words: Tuesday 29 December."""
    return str(format_date(day, "EEEE d MMMM", rebase=False))
