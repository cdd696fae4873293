"""Words that a voice would say wrongly, said as people say them. Data by language, and by landlord for its letters.

``pronunciations/en.toml`` counts for every letter in English and for English words in others;
``pronunciations/landlords/livewest.toml`` only for letters whose ``sender`` it names, before what the language says.
Kinds of entry, each matched as it is written, capitals and all, and as a whole word:

- ``letters``: said letter by letter
- ``words``: in place of the word or words
- ``before_a_number``: only where a number follows
- ``before_a_name``, ``after_a_name``: only where a word with a capital follows, or stands before; what is of both kinds
  comes after a name where none follows, or behind the number of a house ("12 High St Exeter")
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.formats.speech.plain import one_by_one

FOLDER = Path(__file__).with_name("pronunciations")
_KINDS = frozenset({"letters", "words", "before_a_number", "before_a_name", "after_a_name"})
_NAME = r"[^\W\d_a-zà-þ][\w’'-]*"
_AFTER = rf"({_NAME} )"
_HOUSE = rf"\b\d+[A-Za-z]?,? (?:{_NAME} ){{1,2}}"


class WrongPronunciation(Exception):
    """A file of pronunciations holds something else. Names the file and what is wrong."""


@dataclass(frozen=True)
class Dictionary:
    """Of one language, in the letters of one landlord."""

    words: Mapping[str, str] = field(default_factory=dict)
    before_a_number: Mapping[str, str] = field(default_factory=dict)
    before_a_name: Mapping[str, str] = field(default_factory=dict)
    after_a_name: Mapping[str, str] = field(default_factory=dict)

    def said(self, text: str) -> str:
        """The text with each entry in place of what it is for."""
        text = _replaced(self.before_a_number, text, after=r"(?= ?\d)")
        either = {word: said for word, said in self.after_a_name.items() if word in self.before_a_name}
        text = _replaced({word: self.after_a_name[word] for word in set(self.after_a_name) - set(either)}, text, _AFTER)
        text = _replaced(either, text, before=rf"({_HOUSE})")
        text = _replaced(either, text, _AFTER, after=rf"(?!\.? {_NAME})")
        text = _replaced(self.before_a_name, text, after=rf"(?= {_NAME})")
        return _replaced(self.words, text)


def pronounced(text: str, language: str, sender: str) -> str:
    """``text`` in ``language`` as the voice shall be given it, in a letter from ``sender``."""
    return dictionary_for(language, sender).said(text)


@lru_cache
def dictionary_for(language: str, sender: str) -> Dictionary:
    """Raises WrongPronunciation."""
    of_language = _dictionary(f"{language}.toml", _read(FOLDER / f"{language}.toml"), language)
    for path in sorted((FOLDER / "landlords").glob("*.toml")):
        table = _read(path)
        if table.get("sender") == sender:
            own = _dictionary(path.name, table.get(language, {}), language)
            return Dictionary(**{kind: {**vars(of_language)[kind], **vars(own)[kind]} for kind in vars(own)})
    return of_language


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _dictionary(name: str, table: Mapping[str, Any], language: str) -> Dictionary:
    if unknown := set(table) - _KINDS:
        raise WrongPronunciation(f"{name}: {', '.join(sorted(unknown))} is none of {', '.join(sorted(_KINDS))}")
    spelled = {word: one_by_one(word, language) for word in table.get("letters", ())}
    kinds = {kind: dict(table.get(kind, {})) for kind in _KINDS - {"letters"}}
    return Dictionary(**{**kinds, "words": {**spelled, **kinds["words"]}})


def _replaced(entries: Mapping[str, str], text: str, before: str = "()", after: str = "") -> str:
    if not entries:
        return text
    return _pattern(tuple(entries), before, after).sub(lambda found: found[1] + entries[found[2]], text)


@lru_cache
def _pattern(entries: tuple[str, ...], before: str, after: str) -> re.Pattern[str]:
    """The longest entry first: "1 WD" is not "1" and "WD"."""
    words = "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))
    return re.compile(rf"(?<!\w){before}(?<!\w)({words})(?!\w){after}")
