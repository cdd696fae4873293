"""The lines of a made PDF as they stand on paper, read by poppler: an independent reader."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

SPACE = "{http://www.w3.org/1999/xhtml}"


class ReaderMissing(Exception):
    """poppler's pdftotext is not installed: then lines cannot be checked, and nobody may think that they were."""


@dataclass(frozen=True)
class Line:
    """One line of text. Places in points from the upper left corner of its page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    words: tuple[str, ...]
    gaps: tuple[float, ...] = ()  # between the words

    @property
    def text(self) -> str:
        return " ".join(self.words)


def read_lines(path: Path) -> list[Line]:
    """All lines, page by page, from top to bottom. Raises ReaderMissing."""
    try:
        read = subprocess.run(  # noqa: S603  a list of arguments, no shell
            ["pdftotext", "-bbox-layout", str(path), "-"],  # noqa: S607
            capture_output=True,
            check=True,
            timeout=120,
        )
    except FileNotFoundError as missing:
        raise ReaderMissing("pdftotext is not installed (Debian: poppler-utils)") from missing
    # The XML is poppler's, but the words in it are a tenant's.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(read.stdout, parser)
    lines = []
    for number, page in enumerate(root.iter(f"{SPACE}page"), 1):
        lines += [_line(number, list(line.iter(f"{SPACE}word"))) for line in page.iter(f"{SPACE}line")]
    return sorted(_joined(lines), key=lambda line: (line.page, line.bottom))


def _line(page: int, words: list[Any]) -> Line:
    places = [[float(word.get(edge)) for edge in ("xMin", "yMin", "xMax", "yMax")] for word in words]
    left, top, right, bottom = zip(*places, strict=True)
    gaps = tuple(after - before for before, after in zip(right, left[1:], strict=False))
    texts = tuple(word.text or "" for word in words)
    return Line(page, min(left), min(top), max(right), max(bottom), texts, gaps)


def _joined(lines: list[Line]) -> list[Line]:
    """Poppler parts a line at wide gaps, such as before a list's number; what stands at one height is one line."""
    joined: dict[tuple[int, int], Line] = {}
    for line in sorted(lines, key=lambda line: (line.page, line.left)):
        place = (line.page, round(line.bottom / 3))
        other = joined.get(place)
        if other is None or line.left - other.right > line.bottom - line.top:
            joined[place if other is None else (line.page, -len(joined))] = line
            continue
        joined[place] = Line(
            page=line.page,
            left=other.left,
            top=min(other.top, line.top),
            right=max(other.right, line.right),
            bottom=line.bottom,
            words=(*other.words, *line.words),
            gaps=(*other.gaps, *line.gaps),
        )
    return list(joined.values())
