"""A made plain-text letter: UTF-8, lines that fit, and no character that does what nobody sees."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

WIDTH = 72  # characters
INDENT = 6  # characters at most, before a quotation or after a list's mark
OPENS, CLOSES = "\u2066", "\u2069"  # a number or address that keeps its own order in a line from right to left
# Spelling needs these breaks, joiners and direction marks; they do nothing to the words around them.
KNOWN = {OPENS, CLOSES, "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c"}


def check(path: Path) -> list[str]:
    """One sentence a finding."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        return [f"it is not UTF-8 at byte {wrong.start}"]
    if not text.strip():
        return ["it is empty"]
    found = [] if text.endswith("\n") else ["its last line is not ended"]
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found += [f"line {number} {what}" for what in _line_findings(line)]
    return [*found, *_headings(text)]


def _line_findings(line: str) -> Iterator[str]:
    for character in line:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs") or (category == "Cf" and character not in KNOWN):
            yield f"has the control character U+{ord(character):04X}"
            break
    depth = 0
    for character in line:
        depth += (character == OPENS) - (character == CLOSES)
        if depth not in (0, 1):
            break
    if depth:
        yield "opens a number from left to right and does not close it"
    if line != line.rstrip():
        yield "ends in white space"
    is_one_long_word = max(map(len, line.split()), default=0) > WIDTH - INDENT
    if len(line) > WIDTH and not is_one_long_word:
        yield f"is {len(line)} characters long, not {WIDTH} at most"


def _headings(text: str) -> Iterator[str]:
    """The title is underlined by "=": a screen reader's user finds it, and there is one."""
    titles = sum(len(line) > 2 and set(line) == {"="} for line in text.split("\n"))
    if titles != 1:
        yield f"it has {titles} underlined titles, not one"
