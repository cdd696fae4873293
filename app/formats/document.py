"""The semantic document: what a letter says, without how it looks, sounds or feels.

A letter template is plain HTML of few tags; ``parse`` reads it into these shapes, and every format is made from
them. So every format says the same words.

Blocks: ``h2`` ``h3`` ``p`` ``ul`` ``ol`` ``table`` ``address`` ``blockquote`` (what the tenant wrote)
Inline: ``strong``, ``a[href]``, and facts that have to be read exactly:
``<data class="reference" value="K7M4-QX9T">``, ``<time datetime="2026-12-29T17:00">`` (local), ``<data class="phone"
value="+443001113000">``, ``<data class="postcode">``, ``<data class="amount">``; ``<span lang="…">`` for words of
another language.
"""

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True)
class Document:
    """A letter in one language, ready to be made in any format."""

    title: str
    language: str  # a tag of app.languages
    sender: Sender
    recipient: tuple[str, ...]  # name and address lines, as they stand in the envelope's window
    dated: Fact  # kind "time"
    reference: Fact  # kind "reference"
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class File:
    """What a format gives back. A folder (an audio CD) has ``members`` and no content of its own."""

    name: str  # a safe file name
    media_type: str
    content: bytes = b""
    members: tuple["File", ...] = ()


class FormatRefused(Exception):
    """This letter cannot be made well in this format: better none than a wrong one. ``reason`` is for staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
