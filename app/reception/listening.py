"""Hearing in somebody's words what they did not choose from a list: that they are unhappy, or that a home is dangerous.

The words are data, by language, in ``app/reception/words``. A star at the end stands for any ending. Case, accents,
punctuation and line ends make no difference; a word is only heard where a word begins.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from app.languages.folding import folded

WORDS = Path(__file__).parent / "words"
_WORD = re.compile(r"\w+")
DISSATISFACTION, HAZARDS = "dissatisfaction", "hazards"


def heard(about: str, words: str | None) -> tuple[str, ...]:
    """The entries of the list that stand in these words, in the order of the list. ``about``: a list's name."""
    if not words:
        return ()
    said = f" {plain(words)} "
    return tuple(entry.rstrip("*") for entry, sounds in _entries(about) if any(sound in said for sound in sounds))


def plain(words: str) -> str:
    """Small letters without accents, one space between words."""
    return " ".join(_WORD.findall(folded(words)))


@cache
def _entries(about: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each entry with what it sounds like: as it is, and after the small words that its language joins to a word."""
    languages = tomllib.loads((WORDS / f"{about}.toml").read_text(encoding="utf-8"))
    return tuple(
        (entry, tuple(_sound(entry, before) for before in ("", *language.get("joined", ()))))
        for language in languages.values()
        for entry in language["words"]
    )


def _sound(entry: str, before: str) -> str:
    end = "" if entry.endswith("*") else " "
    return f" {plain(before + entry)}{end}"
