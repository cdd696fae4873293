"""Numbers that change with the noun behind them: "2 lire" is "două lire", and a voice says "doi". Data and its joining.

Only the last part of a number changes (in Portuguese the hundreds too), so the figures of the others stay.
Nouns are those of our own sentences.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gender:
    """``nouns``: a pattern. ``alone``: whole numbers; ``last``: the last figure of others, behind ``joined``."""

    nouns: str
    alone: dict[int, str]
    last: dict[int, str] = field(default_factory=dict)
    joined: str = " "


_TWO_RO = {2: "două", 12: "douăsprezece"}
_HUNDREDS_PT = {
    1: "cento",  # before another number; 100 alone is "cem", which the voice says itself
    2: "duzentas",
    3: "trezentas",
    4: "quatrocentas",
    5: "quinhentas",
    6: "seiscentas",
    7: "setecentas",
    8: "oitocentas",
    9: "novecentas",
}
GENDERS: dict[str, tuple[Gender, ...]] = {
    "cy": (
        Gender("[pbf]unt|phunt|[cg]einiog|cheiniog", {1: "un", 2: "dwy", 3: "tair", 4: "pedair"}),
    ),
    "pl": (
        Gender("minuty|godziny|części", {2: "dwie"}, {2: "dwie"}),
        Gender("minuta|godzina|część", {1: "jedna"}),
        Gender("minutę|godzinę", {1: "jedną"}),
    ),
    "ro": (
        Gender(
            "(?:de )?(?:lir[ăe]|or[ăe]|zile?|săptămân[ăi]|părți|parte)",
            {1: "o", **_TWO_RO},
            {1: "una", 2: "două"},
            " și ",
        ),
        Gender("(?:de )?(?:minute?|lucru(?:ri)?|rând(?:uri)?|puncte?)", {1: "un", **_TWO_RO}, {2: "două"}, " și "),
    ),
    "uk": (
        Gender("хвилин[аи]|годин[аи]|частин[аи]", {1: "одна", 2: "дві"}, {1: "одна", 2: "дві"}),
        Gender("хвилину|годину|частину", {1: "одну"}, {1: "одну"}),
        Gender("пункту|рядка", {1: "одного"}, {1: "одного"}),
    ),
    "pt": (
        Gender("libras?|semanas?|horas?|partes?|linhas?", {1: "uma", 2: "duas"}, {1: "uma", 2: "duas"}, " e "),
    ),
}  # fmt: skip
# Ukrainian "із" asks for the genitive of what follows.
_GENITIVE_UK = ("", "одного", "двох", "трьох", "чотирьох", "п'яти", "шести", "семи", "восьми", "дев'яти", "десяти")

_BEHIND_IZ = re.compile(r"(?<=\bіз )(10|[1-9])(?= (?:пункт|рядк|частин))")
# The Ukrainian voice says the sign in English.
_PERCENT = re.compile(r"(\d+)([.,]\d+)? ?%")


def agreed(text: str, language: str) -> str:
    """Each number before a noun of the language in the form that goes with it."""
    if language == "uk":
        text = _PERCENT.sub(_percent_in_ukrainian, text)
        text = re.sub(
            r"(?<=\bіз )(10|[1-9])(?= (?:пункт|рядк|частин))", lambda found: _GENITIVE_UK[int(found[1])], text
        )
    for gender in GENDERS.get(language, ()):
        text = re.sub(rf"(?<![\w.,:])(\d+)(?= (?:{gender.nouns})(?!\w))", _said(gender, language), text)
    return text


def _said(gender: Gender, language: str) -> Callable[[re.Match[str]], str]:
    def said(found: re.Match[str]) -> str:
        number = int(found[1])
        if language == "pt" and number % 1000 > 100:
            return _with_hundreds(number, gender)
        return _last_part(number, gender)

    return said


def _last_part(number: int, gender: Gender) -> str:
    if number in gender.alone:
        return gender.alone[number]
    rest = number % 100
    if rest in gender.alone and number > 100 and (rest != 1 or gender.joined == " e "):
        # "202": the hundred, then the number as it is alone.
        return f"{number - rest}{gender.joined if gender.joined == ' e ' else ' '}{gender.alone[rest]}"
    unit = number % 10
    if unit in gender.last and rest > 20:
        return f"{number - unit}{gender.joined}{gender.last[unit]}"
    return str(number)


def _with_hundreds(number: int, gender: Gender) -> str:
    """Portuguese hundreds have a gender: "mil duzentas e cinquenta libras"."""
    thousands, hundreds, rest = number // 1000, number % 1000 // 100, number % 100
    parts = [str(thousands * 1000)] * bool(thousands) + [_HUNDREDS_PT[hundreds]]
    said = " ".join(parts)
    return f"{said} e {_last_part(rest, gender)}" if rest else said


def _percent_in_ukrainian(found: re.Match[str]) -> str:
    number = int(found[1])
    if found[2]:
        return f"{found[1]}{found[2]} відсотка"
    is_teen = 10 < number % 100 < 20
    one, few = number % 10 == 1 and not is_teen, number % 10 in (2, 3, 4) and not is_teen
    return f"{number} {'відсоток' if one else 'відсотки' if few else 'відсотків'}"
