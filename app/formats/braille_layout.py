"""Cells → lines → pages, as an embosser prints them.

After the layout that British transcribers use (UKAAF, and RNIB's braillists' manual): paragraphs begin two cells in and
stand without blank lines between them; headings have one before; what runs over in a list hangs in by two; the page's
number stands at the right of its first line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.formats.braille_cells import BLANK, number
from app.formats.braille_translation import KEPT_BLANK


@dataclass(frozen=True)
class Page:
    """A braille page: ``width`` cells a line, ``height`` lines, the first of which is the header."""

    width: int = 40
    height: int = 25


@dataclass(frozen=True)
class Style:
    """Cells before the first line and before those that follow; blank lines around; kept with what comes next."""

    first: int = 0
    later: int = 0
    is_centred: bool = False
    blank_before: bool = False
    blank_after: bool = False
    stays_with_next: bool = False


TITLE = Style(is_centred=True, blank_before=True, blank_after=True, stays_with_next=True)
HEADING = Style(is_centred=True, blank_before=True, blank_after=True, stays_with_next=True)
SUBHEADING = Style(first=4, later=4, blank_before=True, stays_with_next=True)
PARAGRAPH = Style(first=2)
FIRST_OF_PART = Style(first=2, blank_before=True)
LINE = Style(later=2)
FIRST_LINE = Style(later=2, blank_before=True)
ENTRY = Style(later=2)
CELL = Style(first=2, later=4)
QUOTED = Style(first=4, later=2)
_NARROWER = 4  # cells left free at each side of a centred heading
_BETWEEN = 2  # blank cells at least between the parts of a header


@dataclass(frozen=True)
class Line:
    """``block`` is the number of the block that it belongs to, ``written`` how many of that block's cells, blank ones
    not counted, stand on its lines up to the end of this one."""

    cells: str
    stays_with_next: bool = False
    block: int = -1
    written: int = 0


_BLANKS = (BLANK, KEPT_BLANK)


def cells_to_write(cells: str) -> int:
    """How many cells of a block, blank ones not counted, have to stand on its lines."""
    return sum(cell not in _BLANKS for cell in cells)


def lines_of(blocks: Iterable[tuple[str, Style]], page: Page, continuation: str) -> list[Line]:
    """All the lines, blank ones too, not yet cut into pages. No line is longer than the page is wide."""
    lines: list[Line] = []
    blank_wanted = False
    for block, (cells, style) in enumerate(blocks):
        wrapped = _wrapped(cells, style, page.width, continuation)
        if not wrapped:
            continue
        if lines and (blank_wanted or style.blank_before):
            # A blank line under a heading keeps to it.
            lines.append(Line("", lines[-1].stays_with_next))
        lines += [Line(line, style.stays_with_next, block, written) for line, written in wrapped]
        blank_wanted = style.blank_after
    return lines


def _wrapped(cells: str, style: Style, width: int, continuation: str) -> list[tuple[str, int]]:
    """The lines of one block, each with how many of its cells are written by then."""
    words = [word for word in cells.split(BLANK) if word]
    room = width - 2 * _NARROWER if style.is_centred else width
    lines: list[tuple[str, int]] = []
    line, is_empty, written = BLANK * style.first, True, 0
    for word, own in _that_fit(words, room - max(style.first, style.later), continuation):
        joined = line + word if is_empty else line + BLANK + word
        if len(joined) > room:
            lines.append((line, written))
            joined = BLANK * style.later + word
        line, is_empty, written = joined, False, written + own
    if not is_empty:
        lines.append((line, written))
    lines = [(line.replace(KEPT_BLANK, BLANK), written) for line, written in lines]
    if not style.is_centred:
        return lines
    return [(BLANK * ((width - len(line)) // 2) + line, written) for line, written in lines]


def _that_fit(words: Sequence[str], room: int, continuation: str) -> Iterator[tuple[str, int]]:
    """Words, each with how many of its cells are its own.

    Of those longer than a line, a fact breaks at its own blanks; any other word goes on behind a sign.
    """
    for word in words:
        parts = word.split(KEPT_BLANK) if len(word) > room else [word]
        for part in parts:
            while len(part) > room:
                yield part[: room - 1] + continuation, room - 1
                part = part[room - 1 :]
            yield part, cells_to_write(part)


def pages_of(lines: Sequence[Line], page: Page, running: str) -> list[list[str]]:
    """Pages of at most ``height`` lines. Each is headed by ``running`` at the left and its number at the right.

    On a page too narrow for both, the number stands alone.
    """
    return [
        [header(place, page, running), *(line.cells for line in body)]
        for place, body in enumerate(cut_into_pages(lines, page), 1)
    ]


def header(place: int, page: Page, running: str, middle: str = "") -> str:
    """``middle`` stands between the two, where the page has room for it."""
    shown = number(place)
    left = running if len(running) + len(shown) + _BETWEEN <= page.width else ""
    room = page.width - len(left) - len(shown)
    if not left or not middle or len(middle) + 2 * _BETWEEN > room:
        return left + BLANK * room + shown
    before = (room - len(middle)) // 2
    return left + BLANK * before + middle + BLANK * (room - len(middle) - before) + shown


def cut_into_pages(lines: Sequence[Line], page: Page) -> list[list[Line]]:
    """What stands below the header of each page."""
    pages: list[list[Line]] = []
    rest = list(lines)
    while rest:
        cut = _cut(rest, page.height - 1)
        body, rest = rest[:cut], rest[cut:]
        while rest and not rest[0].cells:
            rest.pop(0)
        while body and not body[-1].cells:
            body.pop()
        pages.append(body)
    return pages


def _cut(lines: Sequence[Line], room: int) -> int:
    """How many lines go on this page: all, or so many that no heading stands at the foot without its text."""
    if len(lines) <= room:
        return len(lines)
    cut = room
    while cut > 1 and lines[cut - 1].stays_with_next:
        cut -= 1
    return cut if cut > 1 else room
