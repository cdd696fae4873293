"""A letter in braille as it can be looked at: each line of cells with the words of print that it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.formats import Choice
from app.formats.braille_cells import BLANK
from app.formats.braille_layout import Line, header
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
    """One page of braille; its first line bears ``reference``, where it has room for it, and the page's number."""

    number: int
    header: str
    reference: str
    lines: tuple[ShownLine, ...]


def show(document: Document, choice: Choice) -> tuple[ShownPage, ...]:
    """Raises FormatRefused as ``make_pages`` does."""
    pages = make_pages(document, choice)
    shown, before = [], [0] * len(pages.sentences)
    for number, body in enumerate(pages.bodies, 1):
        head = header(number, pages.page, pages.running)
        has_reference = not head.startswith(BLANK)
        lines = tuple(_lines(body, pages, before))
        shown.append(ShownPage(number, head, document.reference.text if has_reference else "", lines))
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
