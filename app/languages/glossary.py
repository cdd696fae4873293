"""The terms that translations keep to: ``translations/glossary.toml``. What is found is for a person to look at.

A term is looked for by the beginnings of its words, for most languages change the ends of words; in Welsh by its
mutations too, and in Arabic after the letters that are written on to a word.
"""

import math
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from app.config import PROJECT

GLOSSARY = PROJECT / "translations" / "glossary.toml"
# The beginnings that a Welsh word has after another: cwyn, gwyn, nghwyn, chwyn.
MUTATIONS = {
    "cy": {
        "ll": ("l",), "rh": ("r",), "c": ("g", "ngh", "ch"), "p": ("b", "mh", "ph"), "t": ("d", "nh", "th"),
        "g": ("", "ng"), "b": ("f", "m"), "d": ("dd", "n"), "m": ("f",),
        **{vowel: (f"h{vowel}",) for vowel in "aeiouwy"},
    }
}  # fmt: skip
JOINED_IN_FRONT = {"ar": 4, "ur": 0}  # letters at most: wa, bi, al…
STEM = 0.6  # of a word, that stays the same in its other forms
SHORTEST_STEM = 3  # letters; shorter words, such as articles, are not looked for
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


class WrongGlossary(ValueError):
    """The glossary cannot be read. The message names the language and the term."""


@dataclass(frozen=True)
class Term:
    """``english``: as it stands in the glossary; ``words``: what it may be, the first the usual one."""

    english: str
    words: tuple[str, ...]

    @property
    def is_checked(self) -> bool:
        """One with an explanation is for people only: “report (of antisocial behaviour)” cannot be told from others."""
        return "(" not in self.english and not self.english.startswith("to ")


@dataclass(frozen=True)
class Glossary:
    """Of one language. ``notes``: how readers are spoken to, for translators; in English."""

    terms: tuple[Term, ...]
    notes: Mapping[str, str]


@cache
def glossaries(path: Path = GLOSSARY) -> Mapping[str, Glossary]:
    """By language. Raises WrongGlossary."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise WrongGlossary(f"{path.name}: {wrong}") from None
    return {tag: _glossary(tag, table) for tag, table in tables.items()}


def glossary_of(tag: str) -> Glossary:
    """The language's own; an empty one where there is none yet. Raises WrongGlossary."""
    return glossaries().get(tag, Glossary((), {}))


def _glossary(tag: str, table: Mapping[str, object]) -> Glossary:
    terms, notes = table.get("terms", {}), table.get("notes", {})
    if set(table) - {"terms", "notes"} or not isinstance(terms, dict) or not isinstance(notes, dict):
        raise WrongGlossary(f"{tag}: a language has [{tag}.terms] and [{tag}.notes]")
    found = []
    for english, given in terms.items():
        words = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list) else ()
        if not words or not all(isinstance(one, str) and one.strip() for one in words):
            raise WrongGlossary(f"{tag}: {english} must be words, or a list of words")
        found.append(Term(english, words))
    return Glossary(tuple(found), {name: str(note) for name, note in notes.items()})


def terms_in(sources: Sequence[str], glossary: Glossary) -> tuple[Term, ...]:
    """The terms that stand in the English. A longer one hides those in it: “Housing Ombudsman Service”."""
    rest, found = _PLACEHOLDER.sub(" ", " ".join(sources)).casefold(), []
    for term in sorted((one for one in glossary.terms if one.is_checked), key=lambda one: -len(one.english)):
        without, times = _pattern(term.english.casefold()).subn(" ", rest)
        if times:
            rest = without
            found.append(term)
    return tuple(found)


@lru_cache(maxsize=1024)
def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(english)}(?:s|es)?\b")


def terms_missed(sources: Sequence[str], words: Sequence[str], tag: str) -> tuple[Term, ...]:
    """Terms of the English for which no form of the translation has any of the glossary's words."""
    if not any(words):
        return ()
    tokens = _tokens(_PLACEHOLDER.sub(" ", " ".join(words)))
    found = terms_in(sources, glossary_of(tag))
    return tuple(term for term in found if not any(_stands(one, tokens, tag) for one in term.words))


def _stands(words: str, tokens: frozenset[str], tag: str) -> bool:
    return all(
        any(_is_form_of(token, beginning, tag) for token in tokens for beginning in _beginnings(word, tag))
        for word in _tokens(words)
        if len(word) >= SHORTEST_STEM
    )


def _is_form_of(token: str, beginning: str, tag: str) -> bool:
    place = token.find(beginning)
    return 0 <= place <= JOINED_IN_FRONT.get(tag, 0)


def _beginnings(word: str, tag: str) -> Iterator[str]:
    if tag == "ar":  # in Urdu the same letters begin words of their own: الارم
        word = word.removeprefix("ال")
    length = max(SHORTEST_STEM, math.ceil(len(word) * STEM))
    yield word[:length]
    table = MUTATIONS.get(tag, {})
    first = next((one for one in sorted(table, key=len, reverse=True) if word.startswith(one)), None)
    if first is not None:
        yield from (changed + word[len(first) : length] for changed in table[first])


def _tokens(text: str) -> frozenset[str]:
    """Words without accents and vowel signs, in small letters."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return frozenset(re.findall(r"\w+", bare.casefold()))
