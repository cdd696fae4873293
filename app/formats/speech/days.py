"""Days as a voice says them. Data and its joining: what Babel writes is for the eye.

Polish and Ukrainian say the day of the month as an ordinal in the genitive, which figures do not tell the voice
("29 grudnia" would be "twenty-nine of December"), and "р." for "року" would be a letter. Portuguese joins day and month
by "de". The genitive is that of "on" and of "by", which stand before nearly every date of a letter.
"""

from datetime import date

from babel.dates import format_date

from app.languages import LANGUAGES

_POLISH = (
    *("pierwszego", "drugiego", "trzeciego", "czwartego", "piątego", "szóstego", "siódmego", "ósmego", "dziewiątego"),
    *("dziesiątego", "jedenastego", "dwunastego", "trzynastego", "czternastego", "piętnastego", "szesnastego"),
    *("siedemnastego", "osiemnastego", "dziewiętnastego", "dwudziestego"),
)
_UKRAINIAN = (
    *("першого", "другого", "третього", "четвертого", "п'ятого", "шостого", "сьомого", "восьмого", "дев'ятого"),
    *("десятого", "одинадцятого", "дванадцятого", "тринадцятого", "чотирнадцятого", "п'ятнадцятого", "шістнадцятого"),
    *("сімнадцятого", "вісімнадцятого", "дев'ятнадцятого", "двадцятого"),
)
# From 1 to 31, as they stand before the month.
ORDINALS: dict[str, tuple[str, ...]] = {
    "pl": (
        *_POLISH,
        *(f"dwudziestego {unit}" for unit in _POLISH[:9]),
        "trzydziestego",
        "trzydziestego pierwszego",
    ),
    "uk": (
        *_UKRAINIAN,
        *(f"двадцять {unit}" for unit in _UKRAINIAN[:9]),
        "тридцятого",
        "тридцять першого",
    ),
}
_YEAR = {"pl": "roku", "uk": "року"}
_DAY_AND_MONTH = {"pt": "d 'de' MMMM"}


def in_full(day: date, language: str) -> str:
    """With its weekday: "Tuesday, 29 December 2026"."""
    if language not in ORDINALS:
        return str(format_date(day, "full", locale=LANGUAGES[language].locale))
    return f"{weekday(day, language)}, {day_and_month(day, language)} {day.year} {_YEAR[language]}"


def day_and_month(day: date, language: str) -> str:
    locale = LANGUAGES[language].locale
    if language not in ORDINALS:
        return str(format_date(day, _DAY_AND_MONTH.get(language, "d MMMM"), locale=locale))
    return f"{ORDINALS[language][day.day - 1]} {format_date(day, 'MMMM', locale=locale)}"


def weekday(day: date, language: str) -> str:
    return str(format_date(day, "EEEE", locale=LANGUAGES[language].locale))
