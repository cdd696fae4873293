"""A made BRF: only what an embosser prints, on pages that it holds, and readable as what it should be."""

import re
from collections.abc import Iterator
from pathlib import Path

from app.cases.references import read_reference
from app.formats.braille_cells import BLANK, SIGNS, codes_in
from app.formats.braille_reading import body_of, read_back
from app.formats.braille_tables import CODES
from app.formats.document import FormatRefused

WIDTH, HEIGHT = 40, 25
_NAME = re.compile(r"-([a-z]{2,3}(?:-[A-Za-z]+)?)(?:-braille)?-grade-?([12])\.brf$")
# liblouis shows so a cell that it cannot read; a dot 5 alone is the blank inside a long number.
_ESCAPED = re.compile("'\\\\?[XYZxyz]?[0-9A-Fa-f]{4,}'|\\\\(?!5/)[0-9]+/")


def check(path: Path) -> list[str]:
    """One sentence a finding. Language and grade are taken from its name; without them its words are not read."""
    content = path.read_bytes()
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError as wrong:
        return [f"it has a byte at {wrong.start} that is no sign of a BRF"]
    if not text.strip():
        return ["it is empty"]
    found = [*_sign_findings(text), *_page_findings(text)]
    return found or list(_reading_findings(path, text))


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


def _page_findings(text: str) -> Iterator[str]:
    for number, page in enumerate(text.split("\f"), 1):
        lines = page.split("\r\n")[:-1]
        if len(lines) > HEIGHT:
            yield f"page {number} has {len(lines)} lines, not {HEIGHT} at most"
        for place, line in enumerate(lines, 1):
            if len(line) > WIDTH:
                yield f"line {place} of page {number} has {len(line)} cells, not {WIDTH} at most"
            if line != line.rstrip():
                yield f"line {place} of page {number} ends in blank cells"
        shown = "".join("ABCDEFGHIJ"[(int(digit) - 1) % 10] for digit in str(number))
        if not lines or not lines[0].endswith(f"#{shown}"):
            yield f"page {number} does not bear its number"


def _reading_findings(path: Path, text: str) -> Iterator[str]:
    """What a reader must find in any code: a case's reference, and a year. In English, words."""
    name = _NAME.search(path.name)
    language, grade = (name[1], int(name[2])) if name else ("", 0)
    continuation = CODES[language].continuation if language in CODES else "⠤"
    cells = BLANK.join(body_of(text, continuation))
    if not any(read_reference(word) for word in codes_in(cells)):
        yield "no case reference can be read in it"
    if name is None or language not in CODES or not CODES[language].can_be_read_back:
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
