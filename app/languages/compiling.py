"""From a catalogue file to what the running site reads: only what was checked, and with a word on what it lacks.

The running site reads no ``.po`` file. What it reads says in its own header which parts of the site that tenants come
to are not whole in the language; the gate (offers.py) asks there, so that words and verdict are always of one making.
"""

import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app.languages import Language, checking, rooms
from app.languages.catalogues import count
from app.languages.po_files import Finding, ReadFile, locale_of, read_file

LACKING = "X-Lacking"  # in the header of what is made; never in the files of translators
_MADE_BY = tuple(Path(str(one)) for one in (__file__, checking.__file__, rooms.__file__))


@dataclass(frozen=True)
class Made:
    """``left_out``: entries that would break a page, which the site says in English. ``refused``: nothing is made."""

    left_out: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()


class _Sealed(Catalog):
    """A catalogue whose header also says what it lacks."""

    lacking = ""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [*super().mime_headers, (LACKING, self.lacking)]


def is_up_to_date(made: Path, source: Path) -> bool:
    """Whether it was made from this file as it is, and by the checks as they are."""
    if not made.exists() or lacking_in(made) is None:
        return False
    return made.stat().st_mtime >= max(one.stat().st_mtime for one in (source, *_MADE_BY))


def compile_file(source: Path, made: Path, language: Language) -> Made:
    """Make ``made`` of all entries that nothing is wrong with. A running site never sees half a file.

    A file that cannot be trusted as a whole (no UTF-8, the header of another language, too large…) makes nothing: what
    was made before stays. Raises OSError where it cannot be written.
    """
    found = read_file(source, language)
    refused = tuple(one for one in found.mistakes if not one.is_of_entry)
    if refused:
        return Made(refused=refused)
    catalogue = _sound_part(found, language)
    with tempfile.NamedTemporaryFile(dir=made.parent, suffix=".part", delete=False) as part:
        write_mo(part, catalogue)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(made)
    return Made(left_out=tuple(found.mistakes))


def _sound_part(found: ReadFile, language: Language) -> Catalog:
    """Wrong entries without their words; guesses are known as such, and are not written."""
    wrong = {one.line for one in found.mistakes}
    catalogue = _Sealed(locale=locale_of(language), fuzzy=False)
    for message in found.entries:
        words = "" if message.lineno in wrong else message.string
        if catalogue.get(message.id, message.context) is None:  # of two, the first
            catalogue.add(message.id, words, message.locations, message.flags, context=message.context)
    lacks = (f"{one.room} {one.lacks} of {one.sentences}" for one in count(language, catalogue).unready_journeys)
    catalogue.lacking = ", ".join(lacks) if found.entries else "everything"
    return catalogue


def lacking_in(made: Path) -> str | None:
    """What tenants would meet in English: empty for nothing. None where nothing was made, or not by us.

    Only the header is read, which stands first in the file.
    """
    try:
        with made.open("rb") as file:
            magic, _revision, entries, _ids, words = struct.unpack("<5I", file.read(20))
            if magic != 0x950412DE or not entries:
                return None
            file.seek(words)
            length, place = struct.unpack("<2I", file.read(8))
            file.seek(place)
            header = file.read(min(length, 10_000)).decode("utf-8", "replace")
    except (OSError, struct.error):
        return None
    rows = (row.partition(":") for row in header.splitlines())
    return next((said.strip() for name, _colon, said in rows if name == LACKING), None)
