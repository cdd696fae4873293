"""English where another language is meant: what a voice would read with the wrong sounds, and many could not read.

``English(names)``   says of a text in a language which English stands in it, or which words of the page around it

It knows the words of each language from its catalogue and its pages: a word that English has there and the language
has not is English, and so is a whole sentence of the catalogue that the language says otherwise, however short. Where
a language has other letters than English, every Latin word is strange that its translators did not keep.
"""

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from app.config import PROJECT
from app.landlords.shapes import Landlord
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import path_of
from app.languages.po_files import forms_of_message
from tests.laws.pieces import Piece, pieces, pieces_of

__all__ = ["NAMES", "English", "Piece", "english_in", "names_of", "pieces", "pieces_of", "said_otherwise"]

LATIN = re.compile(r"[A-Za-z][A-Za-z’'.-]*[A-Za-z]")
LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z’' .-]*[A-Za-z]|[A-Za-z]")
OTHER_LETTERS = re.compile("[\u0370-\u06ff]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ADDRESSES = re.compile(r"\{+[^{}]*\}+|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b(?:/\S*)?")
# Postcodes; references and the codes of tracking.
CODES = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[0-9A-Z]{3,5}(?:[-\u2010\u2011][0-9A-Z]{3,5})+\b")
ENGLISH_CLOCK = re.compile(r"\b[AP]M\b|\d ?[ap]\.?m\b")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^<>]*>|\{+[^{}]*\}+|&#?\w+;")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
IS_LONG = os.environ.get("LETTERBOX_SOAK") == "1"
MET: defaultdict[str, set[str]] = defaultdict(set)  # by language
LONGEST_NAME = 2  # words that a language and English may share as a whole, as in "Email"
# Called the same in every language.
NAMES = (
    "SignVideo", "Language Line", "Relay UK", "Facebook", "Twitter", "Instagram", "LinkedIn", "YouTube", "WhatsApp",
    "X", "BRF", "PEF", "DAISY", "EPUB", "MP3", "PDF", "CD", "HTML", "WAV", "SMS",
    # Offices of this country, which people have to look for under their names.
    "National Gas Emergency Service", "Department for Work and Pensions", "Equality and Human Rights Commission",
    "Equality Advisory and Support Service", "Information Commissioner", "AbilityNet", "Gas Safe", "Galop",
    "Live Fear Free",
)  # fmt: skip


def names_of(landlord: Landlord) -> set[str]:
    """What a policy names and nobody translates."""
    ombudsman = landlord.ombudsman
    return {
        landlord.name, landlord.team, *landlord.address, ombudsman.name, ombudsman.postcode, *ombudsman.address,
        *(language.own_name for language in LANGUAGES.values()), *NAMES,
    }  # fmt: skip


@dataclass(frozen=True)
class _Known:
    """``whole``: the English that is said otherwise in the language; ``kept``: English that its translators kept,
    such as the name of an office in brackets, or a word that people here know it by; ``words``: all of its own."""

    whole: frozenset[str]
    kept: frozenset[str]
    words: frozenset[str]


def _in_words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in WORD.findall(text)]


def _bare(text: str) -> str:
    return " ".join(text.split())


def _words_in(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _in_words(PLACEHOLDER.sub(" ", text)))


@cache
def _entries(language: Language) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Of its catalogue: the English forms and the words, which may be none."""
    with path_of(language).open("rb") as file:
        return tuple(forms_of_message(message) for message in read_po(file) if message.id)


@cache
def _of_english() -> frozenset[str]:
    """The words of every sentence that translators get, and of the English pages."""
    a_catalogue = next(language for language in LANGUAGES.values() if language != DEFAULT)
    return _words_in([one for sources, _words in _entries(a_catalogue) for one in sources]) | _words_in(
        _lines_of_pages(DEFAULT)
    )


@cache
def _of_catalogue(language: Language) -> _Known:
    english = {_bare(one) for sources, _words in _entries(language) for one in sources}
    said = {_bare(one) for _sources, words in _entries(language) for one in words if one}
    is_shared = {one for one in said & english if len(one.split()) <= LONGEST_NAME}
    sentences = [*(said - english), *is_shared, *_lines_of_pages(language)]
    kept = {piece.strip() for sentence in sentences for piece in _kept_in(PLACEHOLDER.sub("|", sentence), language)}
    names = Locale.parse(language.locale)
    dates = [
        word for kind in (names.months, names.days) for width in kind["format"].values() for word in width.values()
    ]
    own = [IN_BRACKETS.sub(" ", one) if _is_latin(language) else one for one in sentences]
    return _Known(frozenset(english - is_shared), frozenset(kept), _words_in([*own, *dates]))


def _lines_of_pages(language: Language) -> Iterator[str]:
    for path in sorted((PROJECT / "content").glob(f"*/{language.tag}/*.md")):
        yield from path.read_text("utf-8").splitlines()


def _kept_in(sentence: str, language: Language) -> Iterator[str]:
    """Between letters of the language, or in brackets where it has the same as English."""
    if _is_latin(language):
        yield from IN_BRACKETS.findall(sentence)
    elif OTHER_LETTERS.search(sentence):
        yield from LATIN_RUN.findall(sentence)


def _one_of(words: Collection[str]) -> re.Pattern[str]:
    """Any of them, as whole words. The longest is tried first; what there is none of is found nowhere."""
    longest_first = sorted((one.strip() for one in words if one.strip()), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first) or r"(?!)")


@cache
def said_otherwise(language: Language) -> tuple[str, ...]:
    """Every English sentence that the language has other words for, each form of a plural alone."""
    known = _of_catalogue(language)
    return tuple(
        one for sources, words in _entries(language) if any(words) for one in sources if _bare(one) in known.whole
    )


def not_met(tags: Iterable[str]) -> list[str]:
    """English sentences of the catalogues, after the file that says them, that were read in none of the languages."""
    found: set[str] | None = None
    for tag in tags:
        text = "\n".join(MET[tag])
        with path_of(LANGUAGES[tag]).open("rb") as file:
            every = [message for message in read_po(file) if message.id and message.locations]
        unmet = {f"{one.locations[0][0]}: {forms_of_message(one)[0][0]}" for one in every if not _is_in(text, one)}
        found = unmet if found is None else found & unmet
    return sorted(found or ())


def _is_in(text: str, message: Message) -> bool:
    """All that stands between the names and marks of one of its forms."""
    return any(
        all(_bare(part) in text for part in PLACEHOLDER.split(form) if part.strip())
        for form in forms_of_message(message)[1]
        if form
    )


class English:
    """``names`` may stand in any language."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = _one_of(names)
        self.found = lru_cache(maxsize=None)(self._found)  # a menu is the same on each page

    def left(self, words: str) -> str:
        """Without what is no word of any language: names, addresses, postcodes, references."""
        return CODES.sub(" ", ADDRESSES.sub(" ", self._names.sub(" ", _bare(words))))

    def in_plain_letters(self, words: str) -> list[str]:
        """Words in Latin letters, where the language has others, or (in a pseudo-language) accents on each."""
        return LATIN.findall(self.left(words))

    def _found(self, words: str, tag: str, around: str = "") -> str:
        """The words that are not of the language which they are marked with; empty where there are none."""
        words, language = _bare(words), LANGUAGES[tag]
        if not words:
            return ""
        if language == DEFAULT:
            return self._strange_to_english(words, LANGUAGES.get(around, DEFAULT))
        if not path_of(language).exists():  # those of tests have none
            return " ".join(self.in_plain_letters(words))
        known = _of_catalogue(language)
        left = self.left(words)
        if (words in known.whole and left.strip()) or _says_am(left, language):
            return words
        if _is_latin(language):
            left = IN_BRACKETS.sub(lambda one: " " if one[1].strip() in known.kept else one[0], left)
            own, strange = known.words, _of_english()
            is_english = [word for word in _in_words(left) if word in strange and word not in own]
            return words if is_english or OTHER_LETTERS.search(left) else ""
        runs = (run.strip() for run in LATIN_RUN.findall(left))
        return " ".join(run for run in runs if len(run) > 1 and run not in known.kept)

    def _strange_to_english(self, words: str, around: Language) -> str:
        """Of what is marked as English, or stands on an English page."""
        left = self.left(words)
        if OTHER_LETTERS.search(left):
            return words
        if around == DEFAULT or not path_of(around).exists():
            return ""
        own = _of_catalogue(around).words - _of_english()
        return words if any(word in own for word in _in_words(left) if len(word) > 1) else ""


def _says_am(words: str, language: Language) -> bool:
    """Our other languages count to 24, or say the part of the day; Welsh says 8am as English does."""
    return language.tag != "cy" and bool(ENGLISH_CLOCK.search(words))


def _is_latin(language: Language) -> bool:
    """Not of Arabic, Ukrainian, Urdu, and those of tests: their own names have no plain letter."""
    return bool(re.search("[A-Za-z]", language.own_name))


def english_in(found: Iterable[Piece], judge: English) -> list[str]:
    """For a failing test: each once, with its language. A long walk keeps what it has read in ``MET``."""
    if IS_LONG:
        found = list(found)
        for one in found:
            MET[one.language].add(_bare(one.words))
    judged = ((one, judge.found(one.words, one.language, one.around)) for one in found)
    return sorted({f"{one.language}: {one.where}: {left[:90]}" for one, left in judged if left})
