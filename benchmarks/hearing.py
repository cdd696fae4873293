"""What was heard against what was said: words lost, and whether the facts that matter came through."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.formats.speech.names import CODE_WORDS, DIGITS
from app.formats.speech.plain import one_by_one

# What a recogniser writes otherwise and hears right.
_SHORT = {"re": " are", "ve": " have", "ll": " will"}
_AMERICAN = {"harbor": "harbour", "neighbor": "neighbour", "color": "colour", "percent": "per cent"}


def words_in(text: str) -> list[str]:
    """Words in small letters, without marks and signs."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    text = "".join(character for character in text if not unicodedata.combining(character))
    # The letters that Arabic writers, and recognisers, put for each other.
    text = re.sub("[أإآٱ]", "ا", text).replace("ى", "ي").replace("ة", "ه").replace("ـ", "")
    text = re.sub("'(re|ve|ll)\\b", lambda found: _SHORT[found[1]], text)
    words = re.findall(r"[^\W_]+(?:'[^\W\d_]+)?", text)
    return [_AMERICAN.get(word, word) for word in words]


_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_COUNTED = frozenset({*_TENS, *_TEENS, "hundred", "thousand", "million", "oh", "double", "triple"})
_CODE_WORDS = {re.sub(r"\W", "", word.casefold()): letter for letter, word in CODE_WORDS.items()}
_NAMED = frozenset(words_in(name)[0] for names in DIGITS.values() for name in names)
# How a recogniser writes them too.
_CODE_WORDS |= {"alfa": "A", "juliett": "J", "whisky": "W", "xray": "X"}


def counted(text: str, language: str) -> list[str]:
    """The words by which hearing is judged: without numbers, single letters and spelling words, which are facts."""
    named = {words_in(name)[0] for name in DIGITS[language]} | _COUNTED | set(_CODE_WORDS)
    return [word for word in words_in(text) if len(word) > 1 and not re.search(r"\d", word) and word not in named]


def error_rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Words put in, left out or mistaken (Levenshtein), as a part of the words said."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1] / len(said)


@dataclass(frozen=True)
class KeyFact:
    """``kind``: "reference", "phone" or "date"; ``value``: K7M4-QX9T, 0300 111 3000, or the date as it is said."""

    kind: str
    value: str

    def said(self, language: str) -> str:
        """As it stands in a sentence of the script."""
        return self.value if self.kind == "date" else one_by_one(self.value, language)

    def is_in(self, heard: str, language: str) -> bool:
        match self.kind:
            case "phone":
                return re.sub(r"\D", "", self.value) in digits_in(heard, language)
            case "reference":
                return re.sub(r"\W", "", self.value) in characters_in(heard, language)
            case _:
                return "".join(words_in(self.value)) in _with_figures(heard, language).replace(" ", "")


def digits_in(heard: str, language: str) -> str:
    """All digits in the order in which they were heard, as figures or as words."""
    return re.sub(r"\D", "", _with_figures(heard, language))


def characters_in(heard: str, language: str) -> str:
    """Letters and digits as they stand alone or in a reference, or as their spelling words tell: K Kilo 7 M Mike → K7M.

    A word ends the row of them. A letter before its spelling word is that letter, whatever it was taken for.
    """
    found = ""
    for word in words_in(_with_figures(heard, language)):
        letter = _CODE_WORDS.get(word)
        if letter:
            found = (found[:-1] if found[-1:].isalpha() else found) + letter
        elif len(word) == 1 or re.search(r"\d", word):
            found += word.upper()
        else:
            found += " "
    return found


def is_a_fact(text: str) -> bool:
    """Whether a sentence is said to be written down: it has digits, or letters or figures that stand alone."""
    words = words_in(text)
    return any(re.search(r"\d", word) or (len(word) == 1 and word not in "ai") or word in _NAMED for word in words)


def _with_figures(text: str, language: str) -> str:
    """Words parted by one space, digits as figures: "the 29th, two, zero" → "the 29 2 0"."""
    figures = {words_in(name)[0]: str(digit) for digit, name in enumerate(DIGITS[language])} | {"oh": "0"}
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", re.sub(r"(?i)\bx[- ]ray", "xray", text))
    return " ".join(figures.get(word, word) for word in words_in(text))


def mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
