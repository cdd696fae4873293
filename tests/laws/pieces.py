"""Every text that a reader meets, with the language that it is marked with.

``pieces(root)``        of a page's or an email's HTML, or of any XML of a book
``pieces_of(document)`` of a letter
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from app.formats.document import AddressBlock, Document, Fact, ListOf, Quotation, Table, Words

NOT_READ = ("script", "style")
# Attributes that are read out, or shown.
SAID_BY = frozenset(("alt", "title", "placeholder", "label", "abbr", "summary"))
SAID_BY |= {"aria-label", "aria-description", "aria-roledescription", "aria-valuetext"}
DESCRIPTIONS = re.compile(r"description|application-name|(?:og|twitter):(?:title|description|site_name|image:alt)")
ENTERED = ("textarea", "blockquote")  # readers' own words, whatever their language
# Of attributes that scripts show: words, not keys or addresses.
SHOWN_LATER = re.compile(r"[A-Z][a-z]|[^\x00-\x7f]|[a-z] [a-z]")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Piece:
    """``language``: the nearest ``lang`` above it; ``around``: that of the whole page."""

    words: str
    language: str
    where: str  # the element
    around: str = ""


def pieces(root: Any) -> Iterator[Piece]:
    """Its texts, and what is said of pictures, fields and buttons, and what scripts will say."""
    around = _tag(root) or ""
    yield from (Piece(words, tag, where, around) for words, tag, where in _within(root, around, False))


def _tag(element: Any) -> str | None:
    found: str | None = element.get("lang") or element.get(XML_LANG)
    return found


def _within(element: Any, above: str, is_entered: bool) -> Iterator[tuple[str, str, str]]:
    if not isinstance(element.tag, str):  # a remark
        return
    name = element.tag.rpartition("}")[2]
    if name in NOT_READ:
        return
    tag = _tag(element) or above
    is_entered = is_entered or name in ENTERED
    if element.text and not is_entered:
        yield element.text, tag, name
    if element.attrib:
        yield from _said(element, name, tag)
    for child in element:
        yield from _within(child, tag, is_entered)
        if child.tail and not is_entered:
            yield child.tail, tag, name


def _said(element: Any, name: str, tag: str) -> Iterator[tuple[str, str, str]]:
    in_its_own = element.get("srclang", tag)  # captions are named in their own language
    if "data-notice-said" in element.attrib:  # a script says it in the language of the link within
        in_its_own = next((link.get("lang", tag) for link in element.iter("a")), tag)
    for attribute, words in element.attrib.items():
        is_later = attribute.startswith("data-") and SHOWN_LATER.search(words)
        if words and (attribute in SAID_BY or is_later):
            yield words, in_its_own, f"{name}/@{attribute}"
    if name == "input" and element.get("type") in ("submit", "button", "reset"):
        yield element.get("value", ""), tag, "input/@value"
    if name == "meta" and DESCRIPTIONS.fullmatch(element.get("name") or element.get("property") or ""):
        yield element.get("content", ""), tag, "meta/@content"


def pieces_of(document: Document) -> Iterator[Piece]:
    """Of a letter, but for what its reader wrote and the addresses on it."""

    def inline(content: Collection[Any], where: str) -> Iterator[Piece]:
        for one in content:
            if isinstance(one, Words):
                yield Piece(one.text, one.language or document.language, where, document.language)
            elif isinstance(one, Fact) and one.kind in ("time", "amount"):
                yield Piece(one.text, document.language, where, document.language)

    yield Piece(document.title, document.language, "title")
    yield Piece(document.dated.text, document.language, "dated")
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
