"""The files of a mailing on the disk: where they lie, and how they go."""

import contextlib
import shutil
from pathlib import Path

from sqlalchemy import delete

from app.extensions import db
from app.letters import storage
from app.mailings.models import Mailing, MailingArchive, MailingRow

FOLDER = "mailings"  # below the letters folder


def folder_name(mailing: Mailing) -> str:
    return f"{FOLDER}/{mailing.reference}"


def folder_of(mailing: Mailing) -> Path:
    return storage.folder() / folder_name(mailing)


def stem_for(row: MailingRow) -> str:
    """A file's name without its ending. It names nobody."""
    within = f"-{row.point_size}" if row.point_size else f"-grade-{row.braille_grade}" if row.braille_grade else ""
    variant = f"-{row.variant}" if row.variant else ""
    return f"line-{row.line}-{row.language}-{row.format}{within}{variant}"


def forget(mailing: Mailing) -> None:
    """Its files, then its rows. No commit: if that fails, what is made again was not wanted any more."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder_of(mailing))
    for kept in (MailingArchive, MailingRow):
        db.session.execute(delete(kept).where(kept.mailing_id == mailing.id))
    db.session.expire(mailing, ["rows", "archives"])
