"""What the worker does each minute: scan what waits, and remove files that belong to nobody."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import select

from app.cases.actions import add_event
from app.extensions import db, start_writing
from app.uploads import scanning, storage
from app.uploads.models import Upload

log = logging.getLogger(__name__)
AT_ONCE = 20  # files scanned in one sweep
TRY_AGAIN_AFTER = timedelta(minutes=5)
SHELVES = 256
SWEEPS_FOR_ALL = 60  # a round of all shelves takes an hour: no single sweep reads the whole disk


def sweep(at: datetime) -> None:
    """Commits."""
    scan_waiting(at)
    clear_shelves(at, range(at.minute, SHELVES, SWEEPS_FOR_ALL))
    storage.clear_workshop(at)


def scan_waiting(at: datetime) -> None:
    """Files that came while the scanner was down, or before there was one. Commits after each."""
    if not scanning.is_set_up():
        return
    due = select(Upload.id, Upload.name).where(Upload.state == "waiting", Upload.try_at <= at)
    waiting = db.session.execute(due.order_by(Upload.try_at).limit(AT_ONCE)).all()
    db.session.rollback()  # nobody waits for us while the scanner reads
    for upload_id, name in waiting:
        try:
            verdict = scanning.scan(storage.path_of(name)) if storage.path_of(name).is_file() else None
        except scanning.NotScanned as why:
            log.warning("a file was not scanned: %s", why)
            verdict = None
        _record(upload_id, verdict, at)


def _record(upload_id: int, verdict: scanning.Verdict | None, at: datetime) -> None:
    start_writing()
    upload = db.session.get(Upload, upload_id, with_for_update=True, populate_existing=True)
    if upload is not None and upload.state == "waiting":
        if verdict is None:
            upload.try_at = at + TRY_AGAIN_AFTER
        else:
            upload.state = "clean" if verdict.is_clean else "infected"
            upload.finding = verdict.finding
            if not verdict.is_clean and upload.contact is not None:
                add_event(upload.contact.case, "file_infected", at, file=upload.id, finding=verdict.finding)
    db.session.commit()


def clear_shelves(at: datetime, shelves: range) -> int:
    """Remove files older than a day that no row speaks of; gives how many."""
    removed = 0
    for shelf in shelves:
        old = [path.name for path in storage.stored(shelf) if storage.is_left_behind(path, at)]
        if not old:
            continue
        known = set(db.session.scalars(select(Upload.name).where(Upload.name.startswith(f"{shelf:02x}"))))
        db.session.rollback()
        for name in set(old) - known:
            storage.remove(name)
            removed += 1
    return removed
