"""A letter in braille as it can be looked at: each line of cells with the words of print that it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.formats import Choice
from app.formats.braille_cells import BLANK
from app.formats.braille_layout import Line
from app.formats.braille_pages import BraillePages, make_pages
from app.formats.braille_translation import KEPT_BLANK, Translated
from app.formats.document import Document


@dataclass(frozen=True)
class ShownLine:
    """``words`` is empty for a blank line."""

    cells: str
    words: str


@dataclass(frozen=True)
class ShownPage:
    """One page of braille; its first line bears its number, and where there is room the other two."""

    number: int
    header: str
    reference: str
    in_print: str  # "print page 2"
    lines: tuple[ShownLine, ...]


def show(document: Document, choice: Choice) -> tuple[ShownPage, ...]:
    """Raises FormatRefused as ``make_pages`` does."""
    pages = make_pages(document, choice)
    shown, before = [], [0] * len(pages.sentences)
    for number, body in enumerate(pages.bodies, 1):
        head, in_print = pages.header(number), pages.in_print[number - 1]
        has_reference = not head.startswith(BLANK)
        # As wide a page as has room for all three says all three.
        says_print = in_print is not None and in_print.cells.replace(KEPT_BLANK, BLANK) in head
        said = (document.reference.text if has_reference else "", in_print.shown if in_print and says_print else "")
        shown.append(ShownPage(number, head, *said, tuple(_lines(body, pages, before))))
    return tuple(shown)


def _lines(body: Sequence[Line], pages: BraillePages, before: list[int]) -> Iterator[ShownLine]:
    """``before`` says for each sentence how many of its cells stand on earlier lines."""
    for line in body:
        if not line.cells:
            yield ShownLine("", "")
            continue
        words = _words(pages.sentences[line.block], before[line.block], line.written)
        before[line.block] = line.written
        yield ShownLine(line.cells, words)


def _words(sentence: Translated, start: int, end: int) -> str:
    """What the cells from ``start`` to ``end``, blank ones not counted, were written for."""
    cells = zip(sentence.cells, sentence.origins, strict=True)
    origins = [origin for cell, origin in cells if cell not in (BLANK, KEPT_BLANK)]
    first = origins[start] if start else 0
    last = origins[end] if end < len(origins) else len(sentence.shown)
    return " ".join(sentence.shown[first:last].split())
