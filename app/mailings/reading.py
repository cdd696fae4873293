"""A list of tenants as a spreadsheet saves it (CSV) → its columns and lines. What cannot be read is refused by name.

Takes what spreadsheets write: UTF-8 with or without its mark, UTF-16 with it, Windows-1252; commas, semicolons or
tabs. The first line names the columns, in any order; capitals, spaces and dashes in a name make no difference.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

MOST_LINES = 10_000
DELIMITERS = (",", ";", "\t")
_SAYS_ITS_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NOT_OF_A_NAME = re.compile(r"[\W_]+")
_ADDRESS_LINE = re.compile(
    "(?:address|addressline|line)[0-9]|house|housenumber|flat|building|street|locality|village|town|city|county"
)
# Written by colleagues and other programs → what we call it.
COLUMNS = {
    "name": "name", "fullname": "name", "tenant": "name", "recipient": "name",
    "title": "name", "firstname": "name", "forename": "name", "lastname": "name", "surname": "name",
    "address": "address", "postaladdress": "address", "postcode": "postcode", "postalcode": "postcode",
    "email": "email", "emailaddress": "email", "language": "language", "format": "format", "letterformat": "format",
    "pointsize": "point_size", "size": "point_size", "braillegrade": "braille_grade", "grade": "braille_grade",
    "paper": "paper", "papercolour": "paper", "rate": "rate", "speakingrate": "rate",
    "cells": "cells", "braillecells": "cells", "lines": "lines", "braillelines": "lines",
}  # fmt: skip


class ListRefused(Exception):
    """The file is no list that can be read. ``code``: spreadsheet, not-text, empty, columns, too-many, cell.

    ``value``: which columns it lacks, how many lines are the most, or the line where it breaks off.
    """

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code, self.value = code, value


@dataclass(frozen=True)
class Line:
    """One line of the list: its number in the file (1 is that of the columns) and its cells by our column's name.

    ``address`` are the lines of the address. ``has_more``: it has more cells than there are columns.
    """

    number: int
    cells: dict[str, str]
    address: tuple[str, ...]
    has_more: bool = False


@dataclass(frozen=True)
class ListRead:
    """``encoding``: utf-8, utf-16 or cp1252. ``not_used``: columns, as they are written, that mean nothing here."""

    lines: tuple[Line, ...]
    encoding: str
    not_used: tuple[str, ...]


def read_list(content: bytes) -> ListRead:
    """Raises ListRefused."""
    text, encoding = _decoded(content)
    delimiter, text, skipped = _delimiter_of(text)
    # Strict: a quotation mark that is never closed would take all lines behind it into one cell, and nobody be told.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(reader, None)
    except csv.Error:
        raise ListRefused("cell", str(1 + skipped)) from None
    if header is None or not any(cell.strip() for cell in header):
        raise ListRefused("empty")
    columns = [_column(cell) for cell in header]
    _refuse_without(columns)
    lines = tuple(_lines(reader, columns, skipped))
    if not lines:
        raise ListRefused("empty")
    not_used = (cell.strip() for cell, column in zip(header, columns, strict=True) if column is None and cell.strip())
    return ListRead(lines, encoding, tuple(not_used))


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):  # saved as a spreadsheet, not as CSV
        raise ListRefused("spreadsheet")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding.removesuffix("-sig")
    raise ListRefused("not-text")


def _delimiter_of(text: str) -> tuple[str, str, int]:
    """What parts the cells, the text, and how many lines before it were left out ("sep=;")."""
    if said := _SAYS_ITS_DELIMITER.match(text):
        return said[1], text[said.end() :], 1
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count), text, 0


def _column(written: str) -> str | None:
    name = _NOT_OF_A_NAME.sub("", written.casefold())
    return "address_line" if _ADDRESS_LINE.fullmatch(name) else COLUMNS.get(name)


def _refuse_without(columns: list[str | None]) -> None:
    lacking = [] if "name" in columns else ["name"]
    if not {"address", "address_line", "email"} & set(columns):
        lacking.append("address")
    if lacking:
        raise ListRefused("columns", ", ".join(lacking))


def _lines(reader: Iterator[list[str]], columns: list[str | None], skipped: int) -> Iterator[Line]:
    """An empty line is passed over. A cell may hold several lines: the number is that of the first."""
    ended: int = reader.line_num  # type: ignore[attr-defined]
    found = 0
    while True:
        number = ended + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error:
            raise ListRefused("cell", str(number)) from None
        if cells is None:
            return
        ended = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        found += 1
        if found > MOST_LINES:
            raise ListRefused("too-many", str(MOST_LINES))
        yield _line(number, cells, columns)


def _line(number: int, cells: list[str], columns: list[str | None]) -> Line:
    values: dict[str, str] = {}
    address: list[str] = []
    for cell, column in zip(cells, columns, strict=False):
        words = cell.strip()
        if not words or column is None:
            continue
        if column == "address":
            address += re.split(r"\s*[\n,]\s*", words)
        elif column == "address_line":
            address.append(words)
        else:  # of a name there may be parts: title, first name, last name
            values[column] = f"{values[column]} {words}" if column in values else words
    has_more = any(cell.strip() for cell in cells[len(columns) :])
    return Line(number, values, tuple(line for line in address if line), has_more)
