"""The semantic document: what a letter says, without how it looks, sounds or feels.

A letter template is plain HTML of few tags; ``parse`` reads it into these shapes, and every format is made from
them. So every format says the same words.

Blocks: ``h2`` ``h3`` ``p`` ``ul`` ``ol`` ``table`` ``address`` ``blockquote`` (what the tenant wrote)
Inline: ``strong``, ``a[href]``, and facts that have to be read exactly:
``<data class="reference" value="K7M4-QX9T">``, ``<time datetime="2026-12-29T17:00">`` (local), ``<data class="phone"
value="+443001113000">``, ``<data class="postcode">``, ``<data class="amount">``; ``<span lang="…">`` for words of
another language.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.formats.characters import one_line
from app.landlords.shapes import Mark

FactKind = Literal["reference", "time", "phone", "postcode", "amount", "email", "link"]


@dataclass(frozen=True)
class Words:
    """A run of plain text. ``language`` is set only where it differs from the document's."""

    text: str
    is_strong: bool = False
    language: str | None = None


@dataclass(frozen=True)
class Fact:
    """Something that must be read exactly: ``text`` as shown to the eye, ``value`` as a machine has it."""

    kind: FactKind
    text: str
    value: str
    is_strong: bool = False


Inline = Words | Fact


@dataclass(frozen=True)
class Heading:
    level: int  # 2 or 3; the title is the only level 1
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class ListOf:
    is_ordered: bool
    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True)
class Table:
    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]  # the first cell of a row is its header


@dataclass(frozen=True)
class Quotation:
    """The tenant's own words, kept as typed: a paragraph a line."""

    paragraphs: tuple[str, ...]
    language: str | None = None


@dataclass(frozen=True)
class AddressBlock:
    lines: tuple[str, ...]


Block = Heading | Paragraph | ListOf | Table | Quotation | AddressBlock


@dataclass(frozen=True)
class Sender:
    name: str
    address: tuple[str, ...]
    phone: Fact
    email: Fact | None = None
    mark: Mark | None = None  # for the formats that are seen


@dataclass(frozen=True)
class Document:
    """A letter in one language, ready to be made in any format."""

    title: str
    language: str  # a tag of app.languages
    sender: Sender
    recipient: tuple[str, ...]  # name and address lines, as they stand in the envelope's window
    dated: Fact  # kind "time"
    reference: Fact  # kind "reference"; without text where this is a page of the website, and no letter
    blocks: tuple[Block, ...]
    # For braille: the page of standard print on which each block begins. Empty where nobody asked.
    print_pages: tuple[int, ...] = ()

    @property
    def is_letter(self) -> bool:
        """A page of the website has no case behind it, and is for everybody."""
        return bool(self.reference.text)

    def __post_init__(self) -> None:
        """The tenant typed the name and address: they are cleaned like the words of the letter."""
        object.__setattr__(self, "title", one_line(self.title))
        lines = (one_line(line) for line in self.recipient)
        object.__setattr__(self, "recipient", tuple(line for line in lines if line))


@dataclass(frozen=True)
class File:
    """What a format gives back. A folder (an audio CD) has ``members`` and no content of its own."""

    name: str  # a safe file name
    media_type: str
    content: bytes = b""
    members: tuple["File", ...] = ()


def file_name(document: Document, ending: str) -> str:
    """A safe name for a made file: the reference and what it is, as in ``K7M4-QX9T-large-print-24.pdf``."""
    return f"{re.sub('[^A-Za-z0-9]+', '-', document.reference.text).strip('-') or 'letter'}-{ending}"


class FormatRefused(Exception):
    """This letter cannot be made well in this format: better none than a wrong one. ``reason`` is for staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotInALetter(Exception):
    """The letter's HTML holds something that a letter may not have. Says what, as it stands in the source."""


def parse(html: str, language: str | None = None) -> tuple[Block, ...]:
    """Read a letter's semantic HTML. ``language``: the letter's own; a ``lang`` that only repeats it is left out.

    Raises NotInALetter for a tag, attribute or nesting that a letter may not have.
    """
    from app.formats import reading  # it needs the shapes above

    return reading.read(html, language)


def text_of(content: Sequence[Inline]) -> str:
    """The sentence as a reader sees it."""
    return "".join(run.text for run in content)


def lines_of(block: Block) -> Iterator[str]:
    """The text of a block, line by line, in reading order; a table row by row after its caption and headers."""
    match block:
        case Heading() | Paragraph():
            yield text_of(block.content)
        case ListOf():
            yield from (text_of(item) for item in block.items)
        case Table():
            yield from (block.caption, *block.headers)
            yield from (text_of(cell) for row in block.rows for cell in row)
        case Quotation():
            yield from block.paragraphs
        case AddressBlock():
            yield from block.lines


def plain_words(document: Document) -> list[str]:
    """Every word of the letter in reading order: the yardstick by which the formats are held equal.

    The order of a letter's page: sender, recipient, date, reference, title, blocks. Labels that a format adds of its
    own ("Our reference", "Page 1 of 2") are not the letter's words and are not here: see ``app.formats.labels``.
    """
    sender = document.sender
    lines = [sender.name, *sender.address, sender.phone.text, sender.email.text if sender.email else ""]
    lines += [*document.recipient, document.dated.text, document.reference.text, document.title]
    for block in document.blocks:
        lines += lines_of(block)
    return " ".join(lines).split()
