"""English where another language is meant: what a voice would read with the wrong sounds, and many could not read.

``pieces(root)``     every text that a reader meets, with the language that it is marked with
``English(…)``       says of a text in a language which English stands in it
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale
from babel.messages.pofile import read_po

from app.config import PROJECT
from app.formats.document import AddressBlock, Document, Fact, ListOf, Quotation, Table, Words
from app.landlords.shapes import Landlord
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import path_of
from app.languages.po_files import forms_of_message

NOT_READ = ("script", "style")
SAID_BY = ("alt", "title", "aria-label", "placeholder", "label")  # attributes that are read out
ENTERED = ".//textarea | .//blockquote"  # readers' own words, whatever their language
LATIN = re.compile(r"[A-Za-z][A-Za-z’'.-]*[A-Za-z]")
LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z’' .-]*[A-Za-z]|[A-Za-z]")
OTHER_LETTERS = re.compile("[\u0400-\u06ff]")
# None of them is a word of another language that we have (of their catalogues none has one), and no sentence does
# without them for long.
TELLING = re.compile(
    r"\b(the|you|your|with|this|that|have|will|our|from|which|when|please|what|who|how|they|their|there|about|"
    r"cannot|must|and)\b",
    re.IGNORECASE,
)
ADDRESSES = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b(?:/\S*)?")
# Postcodes; references and the codes of tracking.
CODES = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[0-9A-Z]{3,5}(?:[-\u2010\u2011][0-9A-Z]{3,5})+\b")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^<>]*>|\{+[^{}]*\}+")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
# Called the same in every language.
NAMES = (
    "SignVideo", "Language Line", "Relay UK", "Facebook", "Twitter", "Instagram", "LinkedIn", "YouTube", "WhatsApp",
    "X", "BRF", "PEF", "DAISY", "EPUB", "MP3", "PDF", "CD", "HTML", "WAV", "SMS",
    # Offices of this country, which people have to look for under their names.
    "National Gas Emergency Service", "Department for Work and Pensions", "Equality and Human Rights Commission",
    "Equality Advisory and Support Service", "Information Commissioner", "AbilityNet", "Gas Safe",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """``language``: the nearest ``lang`` above it."""

    words: str
    language: str
    where: str  # the element


def pieces(root: Any) -> Iterator[Piece]:
    """Of a page's or an email's HTML, what is read: its texts and what is said of pictures, fields and buttons."""
    entered = set(root.xpath(ENTERED))
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in NOT_READ:
            continue
        tag = element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
        if not any(one in entered for one in (element, *element.iterancestors())):
            yield Piece(element.text or "", tag, element.tag)
        in_its_own = element.get("srclang", tag)  # captions are named in their own language
        said = ((name, element.get(name)) for name in SAID_BY)
        yield from (Piece(words, in_its_own, f"{element.tag}/@{name}") for name, words in said if words)
        if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
            yield Piece(element.get("value", ""), tag, "input/@value")
        if element.tag == "meta" and element.get("name") == "description":
            yield Piece(element.get("content", ""), tag, "meta/@content")
        for child in element:
            if element not in entered:
                yield Piece(child.tail or "", tag, element.tag)


def pieces_of(document: Document) -> Iterator[Piece]:
    """Of a letter."""

    def inline(content: Collection[Any], where: str) -> Iterator[Piece]:
        for one in content:
            if isinstance(one, Words):
                yield Piece(one.text, one.language or document.language, where)
            elif isinstance(one, Fact) and one.kind in ("time", "amount"):
                yield Piece(one.text, document.language, where)

    yield Piece(document.title, document.language, "title")
    for block in document.blocks:
        match block:
            case Quotation() | AddressBlock():
                continue
            case ListOf():
                for item in block.items:
                    yield from inline(item, "li")
            case Table():
                yield from (Piece(words, document.language, "th") for words in (block.caption, *block.headers))
                for cell in (cell for row in block.rows for cell in row):
                    yield from inline(cell, "td")
            case _:
                yield from inline(block.content, type(block).__name__)


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
    such as the name of an office in brackets, or a word that people here know it by."""

    whole: frozenset[str]
    kept: re.Pattern[str]


@cache
def _of_catalogue(language: Language) -> _Known:
    english, said = set(), set()
    with path_of(language).open("rb") as file:
        for message in read_po(file):
            sources, words = forms_of_message(message)
            if sources[0] and any(words):
                english |= set(sources)
                said |= set(words)
    sentences = (said - english) | set(_lines_of_pages(language))
    kept = {piece for sentence in sentences for piece in _kept_in(PLACEHOLDER.sub("|", sentence), language)}
    kept |= set(Locale.parse(language.locale).day_periods["format"]["wide"].values())  # Urdu writes AM and PM
    return _Known(frozenset(english - said), _one_of(kept))


def _lines_of_pages(language: Language) -> Iterator[str]:
    for path in sorted((PROJECT / "content").glob(f"*/{language.tag}/*.md")):
        yield from path.read_text("utf-8").splitlines()


def _kept_in(sentence: str, language: Language) -> Iterator[str]:
    """Between letters of the language, or in brackets where it has the same as English."""
    if not is_of_other_letters(language):
        yield from IN_BRACKETS.findall(sentence)
    elif OTHER_LETTERS.search(sentence):
        yield from LATIN_RUN.findall(sentence)


def _one_of(words: Collection[str]) -> re.Pattern[str]:
    """Any of them, as whole words. The longest is tried first; what there is none of is found nowhere."""
    longest_first = sorted((one.strip() for one in words if one.strip()), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first) or r"(?!)")


class English:
    """``names`` may stand in any language."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = _one_of(names)

    def left(self, words: str) -> str:
        """Without what is no word of any language: names, addresses, postcodes, references."""
        return CODES.sub(" ", ADDRESSES.sub(" ", self._names.sub(" ", " ".join(words.split()))))

    def in_plain_letters(self, words: str) -> list[str]:
        """Words in Latin letters, where the language has others, or (in a pseudo-language) accents on each."""
        return LATIN.findall(self.left(words))

    def found(self, piece: Piece) -> str:
        """The English of a piece that says it is in another language; empty where there is none."""
        language = LANGUAGES[piece.language]
        if language == DEFAULT:
            return ""
        words = " ".join(piece.words.split())
        if path_of(language).exists():  # those of tests have none
            known = _of_catalogue(language)
            if words in known.whole and self.left(words).strip():
                return words
            words = known.kept.sub(" ", words)
        if is_of_other_letters(language):
            return " ".join(self.in_plain_letters(words))
        return words if TELLING.search(self.left(words)) else ""


def is_of_other_letters(language: Language) -> bool:
    """Whether its own name has no plain letter: Arabic, Ukrainian, Urdu, and those of tests."""
    return not re.search("[A-Za-z]", language.own_name)


def english_in(found: Iterator[Piece], judge: English) -> list[str]:
    """For a failing test: each once, with its language."""
    return sorted({f"{one.language}: {one.where}: {left[:90]}" for one in found if (left := judge.found(one))})
