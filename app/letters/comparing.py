"""A translation beside its source: what a translator should look at again. Pure; it may all be right."""

import re
import unicodedata
from dataclasses import dataclass

# What reads the same in every language: addresses, references, numbers.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+[^\s.,;:!?)]|[^\s@(<]+@[^\s@]+\.[A-Za-z]+")
_REFERENCE = re.compile(r"\b(?=[A-Z]*[0-9])[A-Z0-9]{4}-[A-Z0-9]{4}\b")
_PHONE = re.compile(r"(?:\+44 ?|\b0)[1-9](?: ?[0-9]){8,9}(?![0-9])")
_NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
_LIST_LINE = re.compile(r"^\s*(?:[-*•]|[0-9]{1,2}[.)])\s+\S", re.MULTILINE)
_HEADING = re.compile(r"^\s*#{1,6}\s+\S", re.MULTILINE)
# Languages differ in length by a third either way; three times is another text.
SHORTEST, LONGEST = 1 / 3, 3
ENOUGH = 60  # characters of a source, below which a length says nothing


@dataclass(frozen=True)
class Compared:
    """``missing``: what stands in the source and not here; ``added`` the other way round. Both as they were typed.

    ``lists`` and ``headings``: how many lines of each the source has, and the translation, where they differ.
    """

    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    is_short: bool = False
    is_long: bool = False
    lists: tuple[int, int] | None = None
    headings: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        return self != Compared()


def compare(source: str, words: str) -> Compared:
    """What a second look should be given to."""
    there, here = (_by_what_it_is(kept_as_they_are(text)) for text in (source, words))
    counts = {name: (len(line.findall(source)), len(line.findall(words))) for name, line in _LINES.items()}
    is_long_enough = len(source) >= ENOUGH
    return Compared(
        missing=_more_in(there, here),
        added=_more_in(here, there),
        is_short=is_long_enough and len(words) < len(source) * SHORTEST,
        is_long=is_long_enough and len(words) > len(source) * LONGEST,
        **{name: found for name, found in counts.items() if found[0] != found[1]},
    )


def _by_what_it_is(found: list[str]) -> dict[str, list[str]]:
    """A phone number is the same wherever it has its spaces."""
    by_key: dict[str, list[str]] = {}
    for words in found:
        by_key.setdefault(words.replace(" ", ""), []).append(words)
    return by_key


def _more_in(one: dict[str, list[str]], other: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(words for key, found in one.items() for words in found[len(other.get(key, ())) :])


_LINES = {"lists": _LIST_LINE, "headings": _HEADING}


def kept_as_they_are(text: str) -> list[str]:
    """Addresses, references and numbers, in the order in which they stand; digits of any script as 0 to 9."""
    text = "".join(_ascii_digit(character) for character in text)
    found = []
    for pattern in (_ADDRESS, _REFERENCE, _PHONE, _NUMBER):
        found += [(match.start(), match[0]) for match in pattern.finditer(text)]
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return [words for _place, words in sorted(found)]


def _ascii_digit(character: str) -> str:
    digit = unicodedata.digit(character, None) if unicodedata.category(character) == "Nd" else None
    return character if digit is None else str(digit)
