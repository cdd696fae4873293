"""The lines of a made PDF as they stand on paper, read by poppler: an independent reader."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

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
        for line in page.iter(f"{SPACE}line"):
            words = tuple(word.text or "" for word in line.iter(f"{SPACE}word"))
            left, top, right, bottom = (float(line.get(edge)) for edge in ("xMin", "yMin", "xMax", "yMax"))
            lines.append(Line(number, left, top, right, bottom, words))
    return sorted(_joined(lines), key=lambda line: (line.page, line.bottom))


def _joined(lines: list[Line]) -> list[Line]:
    """Poppler parts a line at wide gaps, such as before a list's number; what stands at one height is one line."""
    joined: dict[tuple[int, int], Line] = {}
    for line in sorted(lines, key=lambda line: (line.page, line.left)):
        place = (line.page, round(line.bottom / 3))
        other = joined.get(place)
        if other is None or line.left - other.right > line.bottom - line.top:
            joined[place if other is None else (line.page, -len(joined))] = line
            continue
        edges = (min(other.left, line.left), min(other.top, line.top), max(other.right, line.right), line.bottom)
        joined[place] = Line(line.page, *edges, (*other.words, *line.words))
    return list(joined.values())
