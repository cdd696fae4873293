"""What can be done with files that tenants attach.

Slow and fast are apart: ``prepare`` reads, cleans and scans a file and takes seconds, so it comes before
``start_writing``; ``add`` only writes a row. Nothing here commits, unless it says so.
"""

import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from app.cases.models import Contact
from app.extensions import db
from app.tenants.words import typed_line
from app.uploads import reasons, scanning, storage
from app.uploads.cleaning import clean
from app.uploads.limits import limits
from app.uploads.models import Upload
from app.uploads.reasons import NotTaken as NotTaken
from app.uploads.scanning import NotScanned

log = logging.getLogger(__name__)
LONGEST_NAME = 120  # characters: more than any camera writes
# Controls, marks that turn the direction of writing around (so that one kind of file looks like another), and what no
# database holds; but Persian, and pictures of people, need the two that join letters.
_NOT_SHOWN = ("Cc", "Cf", "Cs", "Co")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Prepared:
    """A file in its place, that no row speaks of yet: ``add`` it, or ``discard`` it. A sweep does after a day."""

    name: str
    shown_name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    is_scanned: bool


def keep(
    stream: IO[bytes],
    shown_name: str | None,
    at: datetime,
    *,
    draft_id: str | None = None,
    contact: Contact | None = None,
) -> Upload:
    """Prepare and add in one: for a single file, outside of any transaction that others wait for.

    Raises NotTaken, whose ``reason`` tells the tenant what to do; OSError when the disk is full.
    """
    prepared = prepare(stream, shown_name)
    try:
        return add(prepared, at, draft_id=draft_id, contact=contact)
    except BaseException:
        discard(prepared)
        raise


def prepare(stream: IO[bytes], shown_name: str | None) -> Prepared:
    """Recognise the file by what it holds, scan it, take out what gives people away, and put it in its place.

    Raises NotTaken; OSError when the disk is full.
    """
    shown_name = name_to_show(shown_name)
    with storage.workshop() as own:
        sent = own / "sent"
        try:
            storage.write_down(stream, sent, limits().largest_file)
        except storage.TooLarge:
            raise reasons.too_large(shown_name, "film") from None
        _is_clean(sent, shown_name)  # before anything else reads it
        made = clean(sent, shown_name)
        sent.unlink()
        size, sha256 = made.path.stat().st_size, storage.digest(made.path)
        is_scanned = _is_clean(made.path, shown_name)
        name = storage.put(made.path)
    return Prepared(name, shown_name, made.kind, made.media_type, size, sha256, is_scanned)


def _is_clean(path: Path, shown_name: str) -> bool:
    """Whether it was scanned. Raises NotTaken when something was found."""
    try:
        verdict = scanning.scan(path)
    except NotScanned as why:
        if scanning.is_set_up():
            log.warning("a file was not scanned: %s", why)
        return False
    if not verdict.is_clean:
        log.warning("a file was not taken: %s", verdict.finding)
        raise reasons.infected(shown_name)
    return True


def add(prepared: Prepared, at: datetime, *, draft_id: str | None = None, contact: Contact | None = None) -> Upload:
    """The row of a prepared file: of a draft that is being written, or of a contact.

    Raises NotTaken when there are too many files already, or too much in them.
    """
    already = of_contact(contact) if contact is not None else of_draft(draft_id)
    if len(already) >= limits().draft.files:
        raise reasons.too_many_files(prepared.shown_name)
    if sum(one.size for one in already) + prepared.size > limits().draft.bytes:
        raise reasons.too_much_together(prepared.shown_name)
    upload = Upload(
        name=prepared.name,
        draft_id=draft_id,
        contact=contact,
        shown_name=prepared.shown_name,
        kind=prepared.kind,
        media_type=prepared.media_type,
        size=prepared.size,
        sha256=prepared.sha256,
        state="clean" if prepared.is_scanned else "waiting",
        try_at=at,
        uploaded_at=at,
    )
    db.session.add(upload)
    return upload


def discard(prepared: Prepared) -> None:
    """The file of a row that was not written after all."""
    storage.remove(prepared.name)


def of_draft(draft_id: str | None) -> list[Upload]:
    """In the order in which they came. Those of one draft, and of no other."""
    if draft_id is None:
        return []
    mine = Upload.draft_id == draft_id
    return list(db.session.scalars(select(Upload).where(mine, Upload.contact_id.is_(None)).order_by(Upload.id)))


def of_contact(contact: Contact) -> list[Upload]:
    db.session.flush()
    return list(db.session.scalars(select(Upload).where(Upload.contact_id == contact.id).order_by(Upload.id)))


def of_case(case_id: int) -> list[Upload]:
    query = select(Upload).join(Contact).where(Contact.case_id == case_id).order_by(Upload.id)
    return list(db.session.scalars(query))


def hand_over(draft_id: str, contact: Contact) -> list[Upload]:
    """The draft was sent: its files are the contact's now."""
    handed_over = of_draft(draft_id)
    for upload in handed_over:
        upload.contact, upload.draft_id = contact, None
    return handed_over


def remove(draft_id: str, upload_id: int) -> str | None:
    """Take the row of a draft's file out; gives the name to hand to ``storage.remove`` once that is committed."""
    found = next((one for one in of_draft(draft_id) if one.id == upload_id), None)
    if found is None:
        return None
    db.session.delete(found)
    return found.name


def forget_draft(draft_id: str) -> list[str]:
    """Take out all rows of a draft that was not sent; gives the names to hand to ``storage.remove`` afterwards."""
    return _forget(Upload.draft_id == draft_id)


def forget_all_but(living: ColumnElement[bool]) -> list[str]:
    """The same for all drafts that are gone. ``living`` says of ``Upload.draft_id`` that its draft is still there."""
    return _forget(Upload.draft_id.is_not(None) & ~living)


def _forget(which: ColumnElement[bool]) -> list[str]:
    gone: Sequence[Upload] = db.session.scalars(select(Upload).where(which, Upload.contact_id.is_(None))).all()
    for upload in gone:
        db.session.delete(upload)
    return [upload.name for upload in gone]


def name_to_show(given: str | None) -> str:
    """What the tenant called it, without folders, tricks of direction, or more than a line holds."""
    name = (given or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(one for one in name if one in _JOINERS or unicodedata.category(one) not in _NOT_SHOWN)
    name = unicodedata.normalize("NFC", typed_line(name) or "")
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        name = name[: LONGEST_NAME - len(ending) - 1] + "…" + ending
    # Translators: stands for the name of a file that has none
    return name or _("A file without a name")
