"""Whether a made PDF keeps the rules of the print that it says it is: standard print, or large print of N points.

The rules are those of UKAAF and RNIB for clear and large print. They are read from the made file; what it was made
from is not asked.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from app.formats.check.pdf_content import Colour, Page, Piece
from app.formats.check.pdf_lines import Line
from app.formats.check.pdf_tags import Passage

A4 = (595.28, 841.89)  # points
CLEAR_PRINT = 12.0  # points: the smallest in standard print
MOST_CHARACTERS = 70  # in a line of large print: of ordinary text, for a tenant may type a line of thin letters
WIDTH_OF_A_CHARACTER = 0.485  # of its size, spaces counted: measured on an English letter in Noto Sans
LEAST_CONTRAST = 7.0  # WCAG 2.2, 1.4.6
LEAST_OF_A_GROUND = 14.0  # of black on it: the paler, the better
LEAST_LEADING = 1.25  # from line to line, in sizes of the letter
TOLERANCE = 0.1  # points
WHITE: Colour = (1, 1, 1)


@dataclass(frozen=True)
class Print:
    """What a PDF says of itself in its keywords: "large print 24 point", "standard print 14 point on yellow"."""

    is_large: bool
    point_size: int
    paper: str = "white"

    @classmethod
    def read(cls, keywords: str) -> "Print | None":
        found = re.fullmatch(r"(standard|large) print (\d+) point(?: on ([a-z]+))?", keywords)
        return cls(found[1] == "large", int(found[2]), found[3] or "white") if found else None


def findings(kind: Print, pages: list[Page], lines: list[Line], passages: list[Passage]) -> Iterator[str]:
    """One sentence a departure. Nothing where the print keeps its rules."""
    for page in pages:
        yield from _page_findings(kind, page, [line for line in lines if line.page == page.number])
    pieces = [piece for page in pages for piece in page.pieces if piece.text.strip()]
    yield from _letter_findings(kind, pieces)
    yield from _papers(kind, pages)
    yield from _contrast(pages)
    yield from _line_findings(kind, lines)
    if kind.is_large:
        yield from _underlines(pages)
        yield from _capitals(passages)


def _page_findings(kind: Print, page: Page, lines: list[Line]) -> Iterator[str]:
    if abs(page.width - A4[0]) > 1 or abs(page.height - A4[1]) > 1:
        yield f"page {page.number} is {page.width:.0f} by {page.height:.0f} points, not A4"
    if page.has_pictures:
        yield f"page {page.number} has a picture: a letter is words, set at the size asked"
    foot = " ".join(line.text for line in lines[-2:])
    if not re.search(rf"\b{page.number}\b", foot):
        yield f"page {page.number} has no page number at its foot"


def _letter_findings(kind: Print, pieces: list[Piece]) -> Iterator[str]:
    smallest = kind.point_size if kind.is_large else CLEAR_PRINT
    if small := [piece for piece in pieces if piece.size < smallest - TOLERANCE]:
        yield f"“{small[0].text[:30]}” is {small[0].size:.1f} point: the smallest may be {smallest:.0f}"
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text)
    body = sizes.most_common(1)[0][0] if sizes else 0
    if kind.is_large and abs(body - kind.point_size) > TOLERANCE:
        yield f"most of the text is {body} point, not {kind.point_size}"
    for font in {piece.font.name: piece.font for piece in pieces}.values():
        if font.is_italic:
            yield f"the font {font.name} is italic"
        if font.is_serif:
            yield f"the font {font.name} is not a sans serif"
        if not font.is_embedded:
            yield f"the font {font.name} is not in the file"


def _papers(kind: Print, pages: list[Page]) -> Iterator[str]:
    """The whole page lies on the colour that its reader needs, every page on the same."""
    grounds = [_paper(page) for page in pages]
    if kind.paper == "white":
        if any(ground not in (None, WHITE) for ground in grounds):
            yield "its pages are coloured, and it says that they are white"
    elif None in grounds or WHITE in grounds:
        yield f"page {next(n for n, ground in enumerate(grounds, 1) if ground in (None, WHITE))} is not {kind.paper}"
    elif len(set(grounds)) > 1:
        yield "its pages are not all of one colour"


def _paper(page: Page) -> Colour | None:
    """The colour of a shape as large as the page; None where there is none."""
    return next(
        (
            shape.colour
            for shape in page.shapes
            if not shape.is_frame
            and shape.right - shape.left > page.width - 1
            and shape.top - shape.bottom > page.height - 1
        ),
        None,
    )


def _contrast(pages: list[Page]) -> Iterator[str]:
    """Of each piece of text against what lies behind it, and of black against the same: no ground may be dark."""
    for page in pages:
        for piece in page.pieces:
            if not piece.text.strip():
                continue
            ground = _behind(piece, page)
            found = contrast(piece.colour, ground)
            if found < LEAST_CONTRAST:
                on = "white" if ground == WHITE else "its ground"
                yield f"“{piece.text[:30]}” has a contrast of {found:.1f} to 1 on {on}"
                return
            if contrast((0, 0, 0), ground) < LEAST_OF_A_GROUND:
                yield f"page {page.number} has a dark ground behind its text"
                return


def _behind(piece: Piece, page: Page) -> Colour:
    """What was painted last, before the text, at the place where it begins."""
    x, y = piece.x + piece.size / 10, piece.y + piece.size / 4
    below = [shape for shape in page.shapes if shape.order < piece.order and shape.holds(x, y)]
    return max(below, key=lambda shape: shape.order).colour if below else WHITE


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _line_findings(kind: Print, lines: list[Line]) -> Iterator[str]:
    for line in lines:
        characters = (line.right - line.left) / (kind.point_size * WIDTH_OF_A_CHARACTER)
        is_long = characters > MOST_CHARACTERS and len(line.text) > MOST_CHARACTERS
        if kind.is_large and is_long:
            yield f"page {line.page} has a line as wide as {characters:.0f} characters: “{line.text[:30]}…”"
        if re.search("[\u2010\u00ad]$", line.text):
            yield f"page {line.page} breaks a word with a hyphen: “{line.words[-1]}”"
    if _are_justified(kind, lines):
        yield "lines are stretched to one length (justified)"
    if _are_centred(lines):
        yield "lines begin at different places (centred)"
    if kind.is_large and (tight := _tight_lines(kind, lines)):
        yield f"lines stand too close: {tight:.1f} points apart at {kind.point_size} point"


def _are_justified(kind: Print, lines: list[Line]) -> bool:
    """Whether both edges of the full lines are straight, and the spaces between their words were stretched for it."""
    widest = max((line.right - line.left for line in lines), default=0)
    full = [line for line in lines if line.right - line.left > widest * 0.85 and line.gaps]
    edges = [line.left for line in full], [line.right for line in full]
    if len(full) < 5 or any(_straight(edge) < 0.7 for edge in edges):
        return False
    return statistics.pstdev(statistics.median(line.gaps) for line in full) > kind.point_size / 50


def _are_centred(lines: list[Line]) -> bool:
    if len(lines) < 6:
        return False
    edges = [line.left for line in lines], [line.right for line in lines]
    middles = [(line.left + line.right) / 2 for line in lines]
    # Lists and the columns of a table begin at places of their own, but have no middle in common.
    return all(_straight(edge) < 0.35 for edge in edges) and _straight(middles) > max(map(_straight, edges))


def _straight(edges: list[float]) -> float:
    """Which part of the lines begins, or ends, within a point of the commonest place."""
    commonest = Counter(round(edge) for edge in edges).most_common(1)[0][0]
    return sum(abs(edge - commonest) <= 1 for edge in edges) / len(edges)


def _tight_lines(kind: Print, lines: list[Line]) -> float:
    """The commonest distance of one line from the next, in points, where it is too small; else 0."""
    distances: Counter[float] = Counter()
    for _page, group in groupby(lines, key=lambda line: line.page):
        places = sorted({round(line.bottom, 1) for line in group})
        distances.update(round(low - high) for high, low in pairwise(places))
    if not distances:
        return 0
    commonest = distances.most_common(1)[0][0]
    return commonest if commonest < kind.point_size * LEAST_LEADING - 1 else 0


def _underlines(pages: list[Page]) -> Iterator[str]:
    """A thin bar that begins under a piece of text, close below its line."""
    for page in pages:
        bars = [shape for shape in page.shapes if shape.top - shape.bottom < 3 < shape.right - shape.left]
        for piece in page.pieces:
            for bar in bars:
                is_under = 0 <= piece.y - bar.top < piece.size * 0.25 and abs(bar.left - piece.x) < piece.size / 2
                if is_under and piece.text.strip():
                    yield f"“{piece.text[:30]}” is underlined"
                    return


# Three words after one another; the groups of a code ("VCHG-TKPD-QGJY") are one.
_IN_CAPITALS = re.compile(r"(?:\b[A-ZÀ-Þ]{2,}\b[^\w-]+){2}\b[A-ZÀ-Þ]{2,}\b")


def _capitals(passages: list[Passage]) -> Iterator[str]:
    """Words in capitals one after another; what the tenant typed is theirs, and a postcode is no word."""
    for passage in passages:
        if not passage.is_quoted and (found := _IN_CAPITALS.search(passage.text)):
            yield f"“{found[0]}” is in capitals"
