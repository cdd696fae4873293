"""Times of day as a voice says them. Data and its joining: "10:30" is for the eye.

A voice says "9:00" as "nine zero zero", in Urdu with the name of the colon, and the Arabic and Welsh marks of morning
and afternoon as letters. Polish and Ukrainian say the hour as an ordinal whose ending goes by the word before it;
Romanian and Portuguese say two of their hours in the feminine.
"""

import re
from collections.abc import Callable

from app.formats.speech import words

_POLISH = (
    *("0", "pierwsza", "druga", "trzecia", "czwarta", "piąta", "szósta", "siódma", "ósma", "dziewiąta", "dziesiąta"),
    *("jedenasta", "dwunasta", "trzynasta", "czternasta", "piętnasta", "szesnasta", "siedemnasta", "osiemnasta"),
    *("dziewiętnasta", "dwudziesta", "dwudziesta pierwsza", "dwudziesta druga", "dwudziesta trzecia"),
)
_UKRAINIAN = (
    *("0", "перша", "друга", "третя", "четверта", "п'ята", "шоста", "сьома", "восьма", "дев'ята", "десята"),
    *("одинадцята", "дванадцята", "тринадцята", "чотирнадцята", "п'ятнадцята", "шістнадцята", "сімнадцята"),
    *("вісімнадцята", "дев'ятнадцята", "двадцята", "двадцять перша", "двадцять друга", "двадцять третя"),
)
# By language: the hours that are not said as their figures, from 0 to 23.
HOURS: dict[str, dict[int, str]] = {
    "pl": dict(enumerate(_POLISH)),
    "uk": dict(enumerate(_UKRAINIAN)),
    "ro": {2: "două", 12: "douăsprezece", 22: "douăzeci și două"},
    "pt": {1: "uma", 2: "duas", 21: "vinte e uma", 22: "vinte e duas"},
}
# The ending of the hour behind these words; it is in the nominative behind others.
_ENDINGS: dict[str, tuple[tuple[frozenset[str], str], ...]] = {
    "pl": (
        (frozenset({"od", "do", "o", "po", "około", "ok"}), "ej"),
        (frozenset({"między", "pomiędzy", "a", "przed", "na", "za"}), "ą"),
    ),
    "uk": (
        (frozenset({"з", "із", "до", "від", "після", "близько"}), "ої"),
        (frozenset({"о", "об", "по"}), "ій"),
        (frozenset({"між", "та", "перед"}), "ою"),
        (frozenset({"на"}), "у"),
    ),
}
_FEMININE = "a\u0430\u044f"  # the last letters of a nominative, Latin and Cyrillic
_IRREGULAR = {"drugej": "drugiej", "третої": "третьої", "третою": "третьою", "трету": "третю"}
# Between the hour and the minutes.
_AND = {"ro": " și ", "pt": " e ", "ar": " و"}
# Until this hour the night lasts, and how an hour of it is said; {time} is the hour on the clock's face, with minutes.
_NIGHT: dict[str, tuple[int, str]] = {
    "en": (1, "{time} at night"),
    "cy": (1, "{minute} munud wedi hanner nos"),
    "pl": (4, "godzina {time} w nocy"),
    "ro": (4, "ora {time} noaptea"),
    "uk": (4, "{time} ночі"),
    "ar": (3, "الساعة {time} بعد منتصف الليل"),
    "ur": (4, "رات {time} بجے"),
    "pt": (1, "meia-noite e {minute}"),
}
_WITH_COLON = re.compile(r"(?:(\w+)\.? )?(?<![\d:.,])\b([01]?\d|2[0-3]):([0-5]\d)(?![\d:]|[.,]\d)")
_ARABIC = re.compile(r"(?<![\d:.])(1[0-2]|0?\d):([0-5]\d) ([صم])(?!\w)")
_WELSH = re.compile(r"(?<![\d:.,])\b(1[0-2]|[1-9])(?::([0-5]\d))? ?(am|pm)\b")


def time_of_day(hour: int, minute: int, language: str) -> str:
    """24-hour in, said as people say it, in the language of the moment."""
    if minute == 0 and hour in (0, 12):
        return words.midnight() if hour == 0 else words.midday()
    shown = on_the_face(hour % 12 or 12, minute, language)
    until, at_night = _NIGHT.get(language, (0, ""))  # a new language says no night of its own yet
    if hour < until:
        return at_night.format(time=shown, minute=minute)
    return words.part_of_day(hour, shown)


def on_the_face(hour: int, minute: int, language: str) -> str:
    """The hour, and the minutes if there are any, without the part of the day: "9 30"."""
    said = HOURS.get(language, {}).get(hour, str(hour))
    if minute == 0 and hour:
        return said
    if language == "ur" and minute == 30:
        return {1: "ڈیڑھ", 2: "ڈھائی"}.get(hour, f"ساڑھے {hour}")
    return f"{said}{_AND.get(language, ' ')}{minute:02}{' دقيقة' if language == 'ar' else ''}"


def with_times(text: str, language: str) -> str:
    """The times of day that stand in plain words, said as this language says them; English ones are said well as is."""
    return _IN_WORDS[language](text) if language in _IN_WORDS else text


def _by_the_clock(language: str) -> Callable[[str], str]:
    def said(found: re.Match[str]) -> str:
        before, hour, minute = found[1], int(found[2]), int(found[3])
        time = on_the_face(hour, minute, language)
        if language in _ENDINGS and before:
            time = _inflected(before.lower(), HOURS[language][hour], time, language)
        return f"{found[0][: found.start(2) - found.start()]}{time}{' بجے' if language == 'ur' else ''}"

    return lambda text: _WITH_COLON.sub(said, text)


def _inflected(before: str, hour: str, time: str, language: str) -> str:
    for behind, ending in _ENDINGS[language]:
        if before in behind:
            # Polish inflects both words of an hour, Ukrainian the last one.
            said = " ".join(f"{part[:-1]}{ending}" if part[-1] in _FEMININE else part for part in hour.split())
            for wrong, right in _IRREGULAR.items():
                said = said.replace(wrong, right)
            return said + time[len(hour) :]
    return time


def _arabic(text: str) -> str:
    def said(found: re.Match[str]) -> str:
        hour, minute, is_morning = int(found[1]), int(found[2]), found[3] == "ص"
        time = on_the_face(hour, minute, "ar")
        if hour == 12:
            return f"{time} {'بعد منتصف الليل' if is_morning else 'ظهرًا'}"
        return f"{time} {'صباحًا' if is_morning else 'مساءً'}"

    return _ARABIC.sub(said, text)


def _welsh(text: str) -> str:
    def said(found: re.Match[str]) -> str:
        hour, minute, is_morning = int(found[1]), int(found[2] or 0), found[3] == "am"
        if hour == 12 and minute == 0:
            return "hanner nos" if is_morning else "canol dydd"
        part = "y bore" if is_morning else "y prynhawn" if hour % 12 < 6 else "yr hwyr"
        return f"{on_the_face(hour, minute, 'cy')} {part}"

    return _WELSH.sub(said, text)


_IN_WORDS: dict[str, Callable[[str], str]] = {
    **{language: _by_the_clock(language) for language in ("pl", "ro", "uk", "ur", "pt")},
    "ar": _arabic,
    "cy": _welsh,
}
