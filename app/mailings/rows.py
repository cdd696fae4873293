"""A line of a list, or a tenant on record → one letter: to whom, in which language and format; or what is wrong.

Pure: what we hold about the person is handed in. What a cell leaves open, the person's needs on record say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from email_validator import EmailNotValidError, validate_email

from app import formats
from app.formats import Choice
from app.formats.characters import one_line
from app.landlords.shapes import Landlord
from app.languages import LANGUAGES
from app.letters.actions import choice_for
from app.letters.files import Key, key_of
from app.mailings.reading import Line
from app.tenants.models import (
    FEWEST_CELLS,
    FEWEST_LINES,
    FORMATS_BY_EMAIL,
    LARGEST_LARGE_PRINT,
    MOST_CELLS,
    MOST_LINES,
    SMALLEST_LARGE_PRINT,
    Tenant,
)

LONGEST_NAME = 500
LONGEST_LINE = 100  # of an address: what stands in an envelope's window, and some more
MOST_ADDRESS_LINES = 8
LONGEST_POSTCODE = 30
USUAL_FORMAT = "standard-print"
HOW = ("language", "format", "point_size", "braille_grade", "paper", "rate", "cells", "lines")  # a letter is made


class Wrong(Exception):
    """What is wrong with a row. ``code`` stands in PROBLEMS; ``value`` is what was written, or the earlier line."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code, self.value = code, value


# Of MailingRow.problem: wrong with the list's line; and, from "refused" on, why a letter could not be made.
PROBLEMS = (
    "cells", "name", "name-long", "address", "address-long", "postcode", "email", "language", "format", "size",
    "grade", "paper", "rate", "page", "cannot", "unsafe", "unknown", "twice", "refused", "lacks", "trouble",
    "forgotten",
)  # fmt: skip


def code_of(problem: str) -> Wrong:
    """What ``str`` of a Wrong was."""
    code, _colon, value = problem.partition(": ")
    return Wrong(code, value)


@dataclass(frozen=True)
class Row:
    """One letter of a list, as MailingRow keeps it. ``problem`` is a Wrong as text; None where it can be made."""

    line: int
    recipient: dict[str, Any] = field(default_factory=dict)
    language: str = ""
    key: Key = (USUAL_FORMAT, 0, 0, "")
    tenant_id: int | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Known:
    """A person on our records: the newest one, and the ways that any of their records rules out as not safe."""

    tenant: Tenant
    ruled_out: frozenset[str] = frozenset()


def row_of_line(line: Line, landlord: Landlord, known: Known | None) -> Row:
    """``known``: this person on our records, if they are. Raises nothing: a wrong row says so."""
    cells = line.cells
    recipient = _recipient(cells.get("name"), line.address, cells.get("postcode"), cells.get("email"))
    row = Row(line.number, recipient, landlord.languages[0], tenant_id=known.tenant.id if known else None)
    try:
        if line.has_more:
            raise Wrong("cells")
        language = _language(cells.get("language"), landlord) or _spoken(known.tenant if known else None, landlord)
        name = _format(cells.get("format")) or (known.tenant.needs.letter_format if known else USUAL_FORMAT)
        row = replace(row, language=language, key=key_of(name, _choice(cells, known)))
        _refuse_wrong(row, known)
    except Wrong as wrong:
        # To be put right and read again, the line must still say in which language and format it was wanted.
        asked = {column: cells[column] for column in HOW if column in cells}
        return replace(row, problem=str(wrong), recipient={**recipient, "asked": asked})
    return row


def row_of_tenant(number: int, known: Known, landlord: Landlord) -> Row:
    """A tenant on record, as they read."""
    tenant, needs = known.tenant, known.tenant.needs
    row = Row(
        number,
        _recipient(tenant.name, tenant.address, tenant.postcode, tenant.email),
        _spoken(tenant, landlord),
        key_of(needs.letter_format, choice_for(needs)),
        tenant.id,
    )
    try:
        _refuse_wrong(row, known)
    except Wrong as wrong:
        return replace(row, problem=str(wrong))
    return row


def without_repeats(rows: list[Row]) -> list[Row]:
    """A row that would be the same letter to the same person again is wrong, and names the line of the first."""
    seen: dict[tuple[object, ...], int] = {}
    found = []
    for row in rows:
        letter = (*whose(row.recipient), _folded(" ".join(row.recipient.get("address", ()))), row.language, row.key)
        if row.problem is None and letter in seen:
            row = replace(row, problem=str(Wrong("twice", str(seen[letter]))))
        elif row.problem is None:
            seen[letter] = row.line
        found.append(row)
    return found


def whose(recipient: Mapping[str, Any]) -> tuple[str, str]:
    """The name and postcode by which a person is told from others: capitals and spaces do not count."""
    return _folded(recipient.get("name") or ""), squeezed_postcode(recipient.get("postcode"))


def squeezed_postcode(postcode: str | None) -> str:
    return "".join((postcode or "").split()).upper()


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())


def _recipient(name: str | None, address: Any, postcode: str | None, email: str | None) -> dict[str, Any]:
    """Each on one line, and without the characters that could turn round what follows."""
    return {
        "name": one_line(name or ""),
        "address": [line for line in map(one_line, address or ()) if line],
        "postcode": one_line(postcode or "").upper(),
        "email": one_line(email or "") or None,
    }


def _refuse_wrong(row: Row, known: Known | None) -> None:
    recipient, by_email = row.recipient, row.key[0] in FORMATS_BY_EMAIL and bool(row.recipient["email"])
    if not recipient["name"]:
        raise Wrong("name")
    if len(recipient["name"]) > LONGEST_NAME:
        raise Wrong("name-long")
    if not recipient["address"] and not by_email:
        raise Wrong("address")
    if len(recipient["address"]) > MOST_ADDRESS_LINES or any(len(one) > LONGEST_LINE for one in recipient["address"]):
        raise Wrong("address-long")
    if len(recipient["postcode"]) > LONGEST_POSTCODE or (not recipient["postcode"] and not by_email):
        raise Wrong("postcode", recipient["postcode"][:LONGEST_POSTCODE])
    if recipient["email"] and not _is_email(recipient["email"]):
        raise Wrong("email", recipient["email"][:LONGEST_LINE])
    if known is not None and ("email" if by_email else "letter") in known.ruled_out:
        raise Wrong("unsafe")
    if reason := formats.can_make(row.language, row.key[0]):
        raise Wrong("cannot", reason)


def _is_email(written: str) -> bool:
    try:
        validate_email(written, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _spoken(known: Tenant | None, landlord: Landlord) -> str:
    """The person's own language, where this landlord writes it."""
    return known.language if known and known.language in landlord.languages else landlord.languages[0]


def _language(written: str | None, landlord: Landlord) -> str | None:
    """A tag (cy), or its name in English or in itself (Welsh, Cymraeg). None where nothing is written."""
    if not written:
        return None
    said = written.casefold()
    for tag in landlord.languages:
        language = LANGUAGES[tag]
        if said in (tag.casefold(), language.own_name.casefold(), _english_name(tag)):
            return tag
    raise Wrong("language", written[:LONGEST_LINE])


def _english_name(tag: str) -> str:
    from babel import Locale

    return (Locale.parse(LANGUAGES[tag].locale).get_language_name("en") or "").casefold()


def _format(written: str | None) -> str | None:
    """Our name of it; spaces stand for dashes."""
    if not written:
        return None
    name = "-".join(re.sub(r"[\W_]+", " ", written.casefold()).split())
    if name not in formats.FORMATS:
        raise Wrong("format", written[:LONGEST_LINE])
    return name


def _choice(cells: Mapping[str, str], known: Known | None) -> Choice:
    needed = choice_for(known.tenant.needs) if known else Choice()
    return Choice(
        point_size=_number(cells, "point_size", SMALLEST_LARGE_PRINT, LARGEST_LARGE_PRINT, "size", needed.point_size),
        braille_grade=_number(cells, "braille_grade", 1, 2, "grade", needed.braille_grade),
        paper=_one_of(cells, "paper", formats.PAPERS, needed.paper),
        rate=_one_of(cells, "rate", formats.RATES, needed.rate),
        cells=_number(cells, "cells", FEWEST_CELLS, MOST_CELLS, "page", needed.cells),
        lines=_number(cells, "lines", FEWEST_LINES, MOST_LINES, "page", needed.lines),
    )


def _number(cells: Mapping[str, str], column: str, least: int, most: int, code: str, usual: int) -> int:
    written = cells.get(column)
    if not written:
        return usual
    digits = written.casefold().removesuffix("pt").removesuffix("points").strip()
    if not re.fullmatch("[0-9]{1,3}", digits) or not least <= int(digits) <= most:
        raise Wrong(code, written[:LONGEST_LINE])
    return int(digits)


def _one_of(cells: Mapping[str, str], column: str, known: tuple[str, ...], usual: str) -> str:
    written = cells.get(column, "").casefold()
    if written and written not in known:
        raise Wrong(column, written[:LONGEST_LINE])
    return written or usual
