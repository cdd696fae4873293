"""BRF → print again, to see that what was made says what the letter says."""

from collections.abc import Iterable
from itertools import groupby

from app.formats.braille_cells import BLANK, from_brf
from app.formats.braille_tables import CLOSE_OTHER_CODE, CODES, OPEN_OTHER_CODE
from app.formats.braille_translation import run, table_for
from app.formats.document import FormatRefused


def body_of(brf: str, continuation: str) -> list[str]:
    """The cells of each block, pages and lines joined, without headers. Raises KeyError on a sign that is no cell."""
    lines = [from_brf(line) for page in brf.split("\f") for line in page.splitlines()[1:]]
    return [_joined(group, continuation) for is_text, group in groupby(lines, key=bool) if is_text]


def _joined(lines: Iterable[str], continuation: str) -> str:
    """A blank stands where a line ends, and none where a word goes on, however far in the next line begins."""
    whole = ""
    for line in lines:
        goes_on = whole.endswith(continuation)
        whole = whole.removesuffix(continuation) + line.lstrip(BLANK) if goes_on else f"{whole}{BLANK}{line}"
    return whole.removeprefix(BLANK)


def read_back(brf: str, language: str, grade: int) -> str:
    """The text that a reader of this code reads, a line a block; words in other codes show as ``[…]``.

    Raises FormatRefused for a code that liblouis cannot read back, and KeyError on a sign that is no cell.
    """
    code = CODES.get(language)
    if code is None or not code.can_be_read_back:
        raise FormatRefused(f"Braille in the language {language!r} cannot be read back.")
    blocks = [_without_other_codes(block) for block in body_of(brf, code.continuation)]
    table = table_for(language, grade)
    return "\n".join(" ".join(text.split()) for text in run([{"table": table, "cells": block} for block in blocks]))


def _without_other_codes(block: str) -> str:
    ours, *others = block.split(OPEN_OTHER_CODE)
    return ours + "".join(f"⠨⠣⠲⠲⠲⠨⠜{other.partition(CLOSE_OTHER_CODE)[2]}" for other in others)
