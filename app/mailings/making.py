"""The letters of a mailing, each made once: claimed row by row, safe on the disk before its row says so.

As with letters of cases (letters/files.py): a claim runs out, so that another process makes what a dead one was making.
Work is done in short turns, with letters of cases between them: nobody waits for their answer behind a thousand
notices.
"""

import logging
import os
import time
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update

from app import formats
from app.extensions import db, start_writing
from app.formats.document import FormatRefused, NotInALetter
from app.letters import storage
from app.letters.files import LEASE, choice_within, pause_after
from app.letters.lacks import LetterLacks
from app.mailings import packing
from app.mailings.files import folder_name, stem_for
from app.mailings.models import Mailing, MailingRow
from app.mailings.rows import Wrong
from app.mailings.said import document_for

TURN = 5.0  # seconds of making before others have their turn
AT_ONCE = max(2, os.cpu_count() or 1)  # processes at one mailing
RECENT = timedelta(seconds=20)  # most letters are made within it
MOST_ATTEMPTS = 6  # with their pauses a quarter of an hour: what fails as often is not in the way any longer
NOT_MADE_YET = ("waiting", "making")

log = logging.getLogger(__name__)


def to_work_on(at: datetime) -> dict[int, int]:
    """The ids of mailings that have something to do, and how many more processes may be at each; the oldest first."""
    something_waits = _rows_of(_is_free(at)) | ~_rows_of(MailingRow.state.in_(NOT_MADE_YET))
    wanted = select(Mailing.id).where(Mailing.state == "making", something_waits).order_by(Mailing.id)
    found = {mailing_id: AT_ONCE - _at_work_on(mailing_id, at) for mailing_id in db.session.scalars(wanted)}
    return {mailing_id: more for mailing_id, more in found.items() if more > 0}


def work(mailing_id: int, at: datetime, seconds: float = TURN) -> bool:
    """Make letters for so long, at least one; once all are made, pack them. True where more is to be done at once.

    Commits after each. Enough others at it: nothing is done.
    """
    at_work = _at_work_on(mailing_id, at)
    db.session.rollback()
    if at_work >= AT_ONCE:
        return False
    started = time.monotonic()
    while True:
        now = at + timedelta(seconds=time.monotonic() - started)
        claimed = _claim_next(mailing_id, now)
        if claimed is None:
            return _finish_if_made(mailing_id, now)
        _make_claimed(*claimed, now)
        if time.monotonic() - started >= seconds:
            return True


def work_until_made(mailing_id: int, at: datetime, pause: float = 0.2) -> None:
    """Make all of it here and now, beside whatever worker is at it. Ends when it is made, paused or dropped."""
    started = time.monotonic()
    while True:
        now = at + timedelta(seconds=time.monotonic() - started)
        if not work(mailing_id, now, seconds=3600.0):
            state = db.session.scalar(select(Mailing.state).where(Mailing.id == mailing_id))
            db.session.rollback()
            if state != "making":
                return
            time.sleep(pause)


def _claim_next(mailing_id: int, at: datetime) -> tuple[int, int] | None:
    """Win the next row for this process: its id, and the number of this attempt. None where none is free. Commits."""
    start_writing()
    row = db.session.scalar(
        select(MailingRow)
        .join(Mailing)
        .where(MailingRow.mailing_id == mailing_id, Mailing.state == "making", _is_free(at))
        .order_by(MailingRow.line)
        .limit(1)
        .with_for_update(of=MailingRow, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        db.session.rollback()
        return None
    row.state, row.attempts, row.try_at = "making", row.attempts + 1, at + LEASE
    claimed = row.id, row.attempts
    db.session.commit()
    return claimed


def _make_claimed(row_id: int, attempt: int, at: datetime) -> None:
    try:
        made = _make(row_id)
    except FormatRefused as refusal:
        _finish(row_id, attempt, state="refused", problem=str(Wrong("refused", refusal.reason)))
    except LetterLacks as lacking:
        _finish(row_id, attempt, state="refused", problem=str(Wrong("lacks", lacking.item)))
    except NotInALetter as trouble:  # trying again would give the same
        _finish(row_id, attempt, state="refused", problem=str(Wrong("trouble", str(trouble))))
    except Exception as trouble:
        log.warning("row %s of a mailing, attempt %s: %s", row_id, attempt, trouble)
        problem = str(Wrong("trouble", f"{type(trouble).__name__}: {trouble}"))
        state = "refused" if attempt >= MOST_ATTEMPTS else "waiting"
        _finish(row_id, attempt, state=state, problem=problem, try_at=at + pause_after(attempt))
    except BaseException:  # told to stop: the next worker need not wait for the claim to run out
        _finish(row_id, attempt, state="waiting", try_at=at)
        raise
    else:
        _finish(row_id, attempt, state="made", problem=None, made_at=at, **made)
        _clear_if_not_wanted(row_id, made["path"])


def _make(row_id: int) -> dict[str, Any]:
    """Make the file and put it on the disk. Gives what its row has to say. No transaction is held meanwhile."""
    db.session.rollback()
    row = db.session.get_one(MailingRow, row_id, populate_existing=True)
    mailing = row.mailing
    if mailing.dated_at is None:
        raise ValueError("making has not begun")
    document = document_for(mailing, row, mailing.dated_at)
    folder, stem, format_name = folder_name(mailing), stem_for(row), row.format
    choice = choice_within((row.format, row.point_size, row.braille_grade, row.variant))
    db.session.rollback()
    made = storage.in_one_piece(formats.make_letter(format_name, document, choice))
    return {
        "path": storage.put(folder, stem, made),
        "media_type": made.media_type,
        "sha256": sha256(made.content).hexdigest(),
        "size": len(made.content),
    }


def _clear_if_not_wanted(row_id: int, path: str) -> None:
    """While it was made, the mailing was given up or its reader forgotten: then no file of theirs stays behind."""
    state = db.session.scalar(select(MailingRow.state).where(MailingRow.id == row_id))
    db.session.rollback()
    if state in (None, "wrong"):
        (storage.folder() / path).unlink(missing_ok=True)


def _finish(row_id: int, attempt: int, **values: Any) -> None:
    """Write down how it went, unless the claim ran out and another process has taken over. Commits."""
    start_writing()
    db.session.execute(
        update(MailingRow)
        .where(MailingRow.id == row_id, MailingRow.state == "making", MailingRow.attempts == attempt)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()


def _finish_if_made(mailing_id: int, at: datetime) -> bool:
    """Pack what is there once no row waits, and say that the mailing is made. True where a file has to be made anew."""
    db.session.rollback()
    mailing = db.session.get(Mailing, mailing_id, populate_existing=True)
    waiting = select(func.count()).where(MailingRow.mailing_id == mailing_id, MailingRow.state.in_(NOT_MADE_YET))
    if mailing is None or mailing.state != "making" or db.session.scalar(waiting):
        db.session.rollback()
        return False
    try:
        packed = packing.pack_all(mailing, at)
    except packing.NotAsItWasMade as changed:  # lost from the disk, or altered there
        log.warning("mailing %s: %s is made again", mailing_id, changed)
        _make_again(changed.row_ids, at)
        return True
    start_writing()
    packing.record(mailing_id, packed, at)
    db.session.commit()
    return False


def _make_again(row_ids: list[int], at: datetime) -> None:
    start_writing()
    db.session.execute(
        update(MailingRow)
        .where(MailingRow.id.in_(row_ids), MailingRow.state == "made")
        .values(state="waiting", try_at=at)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()


def _at_work_on(mailing_id: int, at: datetime) -> int:
    """How many processes are at it, as far as can be known: a claim that is older may be a dead one's."""
    is_recent = and_(MailingRow.state == "making", MailingRow.try_at > at + LEASE - RECENT)
    count = select(func.count()).where(MailingRow.mailing_id == mailing_id, is_recent)
    return db.session.scalar(count) or 0


def _is_free(at: datetime) -> ColumnElement[bool]:
    return and_(MailingRow.state.in_(NOT_MADE_YET), MailingRow.try_at <= at)


def _rows_of(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(MailingRow.id).where(MailingRow.mailing_id == Mailing.id, condition).exists()
