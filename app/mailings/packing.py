"""Archives for the printer: all letters of one format in the order of their addresses, with a manifest.

The same letters give the same bytes: nothing is compressed (what is inside mostly is), and no clock is read. An
archive is written straight to the disk, however large it is.
"""

import csv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import StringIO
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from sqlalchemy import select

from app.extensions import db
from app.letters import storage
from app.mailings.files import folder_name
from app.mailings.models import Mailing, MailingArchive, MailingRow
from app.mailings.people import by_address
from app.mailings.rows import squeezed_postcode

MANIFEST = "manifest.csv"
COLUMNS = (
    "number", "file", "name", "address", "postcode", "email", "language", "format", "point_size", "braille_grade",
    "variant", "pages", "bytes", "sha256", "line",
)  # fmt: skip
PIECE = 1 << 20  # bytes held in memory
# What a spreadsheet takes for a formula at the beginning of a cell (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class NotAsItWasMade(Exception):
    """These rows' files are not on the disk, or not as they were made."""

    def __init__(self, row_ids: list[int]) -> None:
        super().__init__(f"{len(row_ids)} files")
        self.row_ids = row_ids


@dataclass(frozen=True)
class Packed:
    """One archive on the disk; ``path`` is below the letters folder."""

    format: str
    path: str
    sha256: str
    size: int
    letters: int


def pack_all(mailing: Mailing, at: datetime) -> list[Packed]:
    """An archive of each format that has none yet. Raises NotAsItWasMade. No transaction is held meanwhile."""
    there = {archive.format for archive in mailing.archives}
    of_mailing = MailingRow.mailing_id == mailing.id, MailingRow.state == "made"
    rows = list(db.session.scalars(select(MailingRow).where(*of_mailing, MailingRow.format.not_in(there))))
    folder, reference = folder_name(mailing), mailing.reference
    db.session.rollback()
    refuse_changed(rows)
    rows.sort(key=lambda row: (row.format, by_address(row.recipient, row.line)))
    return [
        _pack(f"{folder}/{reference}-{format_name}.zip", format_name, list(of_format))
        for format_name, of_format in groupby(rows, key=lambda row: row.format)
    ]


def record(mailing_id: int, packed: Sequence[Packed], at: datetime) -> None:
    """Say that the mailing is made, unless another process has said so or a colleague has paused it. No commit."""
    mailing = db.session.get_one(Mailing, mailing_id, populate_existing=True, with_for_update=True)
    if mailing.state != "making":
        return
    mailing.state, mailing.finished_at = "made", at
    for one in packed:
        db.session.add(
            MailingArchive(
                mailing_id=mailing_id,
                format=one.format,
                path=one.path,
                sha256=one.sha256,
                size=one.size,
                letters=one.letters,
                packed_at=at,
            )
        )  # fmt: skip


def _pack(path: str, format_name: str, rows: Sequence[MailingRow]) -> Packed:
    whole = storage.folder() / path
    names = [_name(number, row, len(rows)) for number, row in enumerate(rows, 1)]
    with storage.whole_file(whole) as handle, zipfile.ZipFile(handle, "w", zipfile.ZIP_STORED) as archive:
        manifest = _manifest(names, rows)
        with _entry(archive, MANIFEST, len(manifest)) as entry:
            entry.write(manifest)
        for name, row in zip(names, rows, strict=True):
            source = storage.folder() / str(row.path)
            with source.open("rb") as letter, _entry(archive, name, row.size or 0) as entry:
                while piece := letter.read(PIECE):
                    entry.write(piece)
    return Packed(format_name, path, _hash_of(whole), whole.stat().st_size, len(rows))


def refuse_changed(rows: Sequence[MailingRow]) -> None:
    """Raises NotAsItWasMade."""
    changed = [row.id for row in rows if not _is_as_made(row)]
    if changed:
        raise NotAsItWasMade(changed)


def _is_as_made(row: MailingRow) -> bool:
    return storage.exists(row.path) and _hash_of(storage.folder() / str(row.path)) == row.sha256


def _entry(archive: zipfile.ZipFile, name: str, size: int) -> IO[bytes]:
    entry = zipfile.ZipInfo(name, date_time=storage.ZIP_DAY)
    entry.file_size = size  # so that a large one is written as such from its beginning
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return archive.open(entry, "w")


def _name(number: int, row: MailingRow, of: int) -> str:
    """In the order of the addresses, and naming nobody: ``0012-EX1-1AA-line-7.pdf``."""
    postcode = squeezed_postcode(row.recipient.get("postcode"))
    shown = f"{postcode[:-3]}-{postcode[-3:]}" if postcode.isascii() and postcode.isalnum() else "no-postcode"
    ending = PurePosixPath(str(row.path)).suffix
    return f"{number:0{max(4, len(str(of)))}}-{shown}-line-{row.line}{ending}"


def _manifest(names: Sequence[str], rows: Sequence[MailingRow]) -> bytes:
    """What is in the archive, for the printer. With a byte order mark: spreadsheets then read it as what it is."""
    written = StringIO(newline="")
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for number, (name, row) in enumerate(zip(names, rows, strict=True), 1):
        to = row.recipient
        sheet.writerow([
            number, name, as_cell(to["name"]), as_cell(", ".join(to["address"])), as_cell(to["postcode"]),
            as_cell(to["email"] or ""), row.language, row.format, row.point_size or "", row.braille_grade or "",
            row.variant, _pages(row), row.size, row.sha256, row.line,
        ])  # fmt: skip
    return written.getvalue().encode("utf-8-sig")


def as_cell(words: str) -> str:
    """What somebody wrote, as no spreadsheet takes it for a formula."""
    return f"'{words}" if words.startswith(FORMULA) else words


def _pages(row: MailingRow) -> int | str:
    """To print or emboss; empty for what has no pages."""
    path = storage.folder() / str(row.path)
    if row.media_type == "application/pdf":
        import pikepdf

        with pikepdf.open(path) as document:
            return len(document.pages)
    if path.suffix == ".brf":
        content = path.read_bytes().rstrip(b"\r\n")
        return content.removesuffix(b"\f").count(b"\f") + 1
    if path.suffix == ".pef":
        content = path.read_bytes()
        return content.count(b"<page>") + content.count(b"<page/>")
    return ""


def _hash_of(path: Path) -> str:
    found = sha256()
    with path.open("rb") as handle:
        while piece := cast(BinaryIO, handle).read(PIECE):
            found.update(piece)
    return found.hexdigest()
