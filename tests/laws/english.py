"""English where another language is meant: what a voice would read with the wrong sounds, and many could not read.

``pieces(root)``     every text that a reader meets, with the language that it is marked with
``English(…)``       says of a text in a language which English stands in it
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.messages.pofile import read_po

from app.formats.document import Document
from app.landlords.shapes import Landlord
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import path_of
from app.languages.po_files import forms_of_message

NOT_READ = ("script", "style")
SAID_BY = ("alt", "title", "aria-label", "placeholder", "label")  # attributes that are read out
ENTERED = ".//textarea | .//blockquote"  # readers' own words, whatever their language
LATIN = re.compile(r"[A-Za-z][A-Za-z’'.-]*[A-Za-z]")
# None of them is a word of another language that we have (of their catalogues none has one), and no sentence does
# without them for long.
TELLING = re.compile(
    r"\b(the|you|your|with|this|that|have|will|our|from|which|when|please|what|who|how|they|their|there|about|"
    r"cannot|must|and)\b",
    re.IGNORECASE,
)
ADDRESSES = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b(?:/\S*)?")
CODES = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[0-9A-Z]{3,5}(?:[-\u2010\u2011][0-9A-Z]{3,5})+\b"
)  # postcodes, references, codes
# Called the same in every language.
NAMES = (
    "SignVideo", "Language Line", "Relay UK", "Facebook", "Twitter", "Instagram", "LinkedIn", "YouTube", "WhatsApp",
    "National Gas Emergency Service", "X", "BRF", "PEF", "DAISY", "EPUB", "MP3", "PDF", "CD", "HTML", "WAV", "SMS",
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
        yield from (Piece(element.get(name), tag, f"{element.tag}/@{name}") for name in SAID_BY if element.get(name))
        if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
            yield Piece(element.get("value", ""), tag, "input/@value")
        if element.tag == "meta" and element.get("name") == "description":
            yield Piece(element.get("content", ""), tag, "meta/@content")
        for child in element:
            if element not in entered:
                yield Piece(child.tail or "", tag, element.tag)


def pieces_of(document: Document) -> Iterator[Piece]:
    """Of a letter."""
    from app.formats.document import AddressBlock, Fact, ListOf, Quotation, Table, Words

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


@cache
def _of_catalogue(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """The English that is said otherwise in this language, and everything that is said in it."""
    english, said = set(), set()
    with path_of(language).open("rb") as file:
        for message in read_po(file):
            sources, words = forms_of_message(message)
            if sources[0] and any(words):
                english |= set(sources)
                said |= set(words)
    return frozenset(english - said), frozenset(said)


class English:
    """``names`` may stand in any language."""

    def __init__(self, names: Collection[str]) -> None:
        longest_first = sorted((name for name in names if name), key=len, reverse=True)
        self._names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))

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
        if is_of_other_letters(language):
            return " ".join(self.in_plain_letters(words))
        whole, _said = _of_catalogue(language)
        if words in whole or TELLING.search(self.left(words)):
            return words
        return ""


def is_of_other_letters(language: Language) -> bool:
    """Whether its own name has no plain letter: Arabic, Ukrainian, Urdu, and those of tests."""
    return not re.search("[A-Za-z]", language.own_name)


def english_in(found: Iterator[Piece], judge: English) -> list[str]:
    """For a failing test: each once, with its language."""
    return sorted({f"{one.language}: {one.where}: {left[:90]}" for one in found if (left := judge.found(one))})
