"""A letter's blocks as sentences, each with how it stands on a page of braille. In the order of the printed letter."""

from collections.abc import Iterator, Sequence

from app.formats import labels
from app.formats.braille_layout import (
    CELL,
    ENTRY,
    FIRST_LINE,
    FIRST_OF_PART,
    HEADING,
    LINE,
    PARAGRAPH,
    QUOTED,
    SUBHEADING,
    TITLE,
    Style,
)
from app.formats.document import (
    AddressBlock,
    Block,
    Document,
    Heading,
    Inline,
    ListOf,
    Paragraph,
    Quotation,
    Table,
    Words,
)

Styled = tuple[Sequence[Inline], Style]
Sourced = tuple[Sequence[Inline], Style, int]  # the last: the number of the letter's block; -1 for its head
HEAD = -1


def blocks_of(document: Document) -> Iterator[Sourced]:
    """Every sentence of the letter, with the labels of its head in the language that is spoken now."""
    yield from ((content, style, HEAD) for content, style in _head(document))
    for number, block in enumerate(document.blocks):
        yield from ((content, style, number) for content, style in _block(block))


def _head(document: Document) -> Iterator[Styled]:
    sender = document.sender
    yield from _address((sender.name, *sender.address))
    yield (Words(f"{labels.phone()} "), sender.phone), LINE
    if sender.email:
        yield (Words(f"{labels.email()} "), sender.email), LINE
    yield from _address(document.recipient)
    yield (Words(f"{labels.date()} "), document.dated), FIRST_LINE
    yield (Words(f"{labels.reference()} "), document.reference), LINE
    yield (Words(document.title),), TITLE


def _address(lines: Sequence[str]) -> Iterator[Styled]:
    for place, line in enumerate(lines):
        yield (Words(line),), LINE if place else FIRST_LINE


def _block(block: Block) -> Iterator[Styled]:
    match block:
        case Heading():
            yield block.content, HEADING if block.level == 2 else SUBHEADING
        case Paragraph():
            yield block.content, PARAGRAPH
        case ListOf():
            for place, item in enumerate(block.items, 1):
                yield ((Words(f"{place}. "), *item) if block.is_ordered else item), ENTRY
        case Table():
            yield from _table(block)
        case Quotation():
            yield from (((Words(line, language=block.language),), QUOTED) for line in block.paragraphs)
        case AddressBlock():
            yield from _address(block.lines)


def _table(table: Table) -> Iterator[Styled]:
    """Row by row, each cell behind its column's name: columns of cells would not fit forty, nor be found by touch."""
    yield (Words(table.caption),), FIRST_OF_PART
    for row in table.rows:
        yield row[0], ENTRY
        for header, cell in zip(table.headers[1:], row[1:], strict=True):
            yield (Words(f"{header}: "), *cell), CELL
