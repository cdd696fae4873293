"""A made BRF: only what an embosser prints, on pages that it holds, and readable as what it should be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.cases.references import read_reference
from app.formats.braille_cells import BLANK, SIGNS, codes_in
from app.formats.braille_reading import body_of, read_back
from app.formats.braille_tables import CODES
from app.formats.document import FormatRefused

_NAME = re.compile(r"-([a-z]{2,3}(?:-[A-Za-z]+)?)(?:-braille)?-grade-?([12])(?:-([0-9]{2})x([0-9]{2}))?\.brf$")
# liblouis shows so a cell that it cannot read; a dot 5 alone is the blank inside a long number.
_ESCAPED = re.compile("'\\\\?[XYZxyz]?[0-9A-Fa-f]{4,}'|\\\\(?!5/)[0-9]+/")


@dataclass(frozen=True)
class Reading:
    """How a file is to be read: without a language its words are not. Cells a line and lines a page: the usual ones."""

    language: str = ""
    grade: int = 0
    width: int = 40
    height: int = 25

    @classmethod
    def named(cls, name: str) -> "Reading":
        found = _NAME.search(name)
        if found is None:
            return cls()
        language, grade, width, height = found.groups()
        return cls(language, int(grade), int(width), int(height)) if width else cls(language, int(grade))


def check(path: Path) -> list[str]:
    """One sentence a finding. Language, grade and the size of the page are taken from its name."""
    content = path.read_bytes()
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError as wrong:
        return [f"it has a byte at {wrong.start} that is no sign of a BRF"]
    return findings_in(text, Reading.named(path.name))


def findings_in(text: str, reading: Reading) -> list[str]:
    if not text.strip():
        return ["it is empty"]
    found = [*_sign_findings(text), *_page_findings(text, reading)]
    return found or list(_reading_findings(text, reading))


def _sign_findings(text: str) -> Iterator[str]:
    wrong = sorted({sign for sign in text if sign not in SIGNS and sign not in "\r\n\f"})
    if wrong:
        yield f"it has {', '.join(map(repr, wrong))}, which stand for no cell"
    if re.search("(?<!\r)\n|\r(?!\n)", text):
        yield "its lines do not all end in carriage return and line feed"
    if re.search("(?<!\n)\f", text):
        yield "a page ends in the midst of a line"
    if not text.endswith("\r\n"):
        yield "its last line is not ended"


def _page_findings(text: str, reading: Reading) -> Iterator[str]:
    for number, page in enumerate(text.split("\f"), 1):
        lines = page.split("\r\n")[:-1]
        if len(lines) > reading.height:
            yield f"page {number} has {len(lines)} lines, not {reading.height} at most"
        for place, line in enumerate(lines, 1):
            if len(line) > reading.width:
                yield f"line {place} of page {number} has {len(line)} cells, not {reading.width} at most"
            if line != line.rstrip():
                yield f"line {place} of page {number} ends in blank cells"
        shown = "".join("ABCDEFGHIJ"[(int(digit) - 1) % 10] for digit in str(number))
        if not lines or not lines[0].endswith(f"#{shown}"):
            yield f"page {number} does not bear its number"


def _reading_findings(text: str, reading: Reading) -> Iterator[str]:
    """What a reader must find in any code: a case's reference, and a year. In English, words."""
    language, grade = reading.language, reading.grade
    continuation = CODES[language].continuation if language in CODES else "⠤"
    cells = BLANK.join(body_of(text, continuation))
    if not any(read_reference(word) for word in codes_in(cells)):
        yield "no case reference can be read in it"
    if language not in CODES or not CODES[language].can_be_read_back:
        return
    try:
        words = read_back(text, language, grade)
    except FormatRefused as wrong:
        yield f"it cannot be read back: {wrong}"
        return
    if unread := sorted(set(_ESCAPED.findall(words)) | {c for c in words if "\u2800" <= c <= "\u28ff"}):
        yield f"it does not read back as words: {', '.join(unread)}"
    if not re.search(r"\b20\d\d\b", words):
        yield "no year can be read in it"
