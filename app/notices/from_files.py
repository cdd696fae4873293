"""A notice told by a file: published, added to, ended. Each once, however often the file is sent. No commit."""

from datetime import datetime

from sqlalchemy import select

from app.extensions import db, start_writing
from app.notices import actions
from app.notices.checking import tidy
from app.notices.files import NoticeFile, UpdateFile
from app.notices.models import Notice, NoticeEvent
from app.notices.showing import stage_at


class TakenAlready(Exception):
    """There is a notice with this id, and it was not made by this file."""


class NoSuchNotice(Exception):
    """No notice has this key."""


def publish_file(
    file: NoticeFile, by: str, at: datetime, *, may_announce_late: bool, reason: str | None
) -> tuple[Notice, bool]:
    """The notice, and whether it is new: the same file again gives what it made, whatever became of that since.

    Raises TakenAlready, and what the acts raise.
    """
    start_writing()
    if file.id is not None and (there := _notice(file.id)) is not None:
        if _fingerprint(there) != file.fingerprint:
            raise TakenAlready(file.id)
        return there, False
    notice = actions.write(file.given, by, at, key=file.id, file=file.fingerprint)
    actions.publish(notice, by, at, may_announce_late=may_announce_late, reason=reason)
    db.session.flush()
    return notice, True


def update_by_file(key: str, file: UpdateFile, by: str, at: datetime) -> bool:
    """Whether something was added: words that it says already are not added again. Raises NoSuchNotice."""
    notice = _held(key)
    said = {tag: tidy(text) for tag, text in file.words.items() if tidy(text)}
    is_there = any(update.what == "update" and update.words == said for update in notice.updates)
    if is_there and file.ends_at in (None, notice.ends_at):
        return False
    actions.append_update(notice, file.words, by, at, file.ends_at)
    return True


def resolve_by_file(key: str, file: UpdateFile, by: str, at: datetime) -> bool:
    """Whether it was still going on. Raises NoSuchNotice."""
    notice = _held(key)
    if notice.published_at is not None and stage_at(notice, at) == "over":
        return False
    actions.resolve(notice, file.words, by, at)
    return True


def cancel_by_file(key: str, file: UpdateFile, by: str, at: datetime) -> bool:
    """Whether it still stood. Raises NoSuchNotice."""
    notice = _held(key)
    if notice.state == "cancelled":
        return False
    actions.cancel(notice, file.words, by, at)
    return True


def _held(key: str) -> Notice:
    notice = actions.held(key)
    if notice is None:
        raise NoSuchNotice(key)
    return notice


def _notice(key: str) -> Notice | None:
    return db.session.scalar(select(Notice).where(Notice.key == key))


def _fingerprint(notice: Notice) -> str | None:
    wanted = select(NoticeEvent).where(NoticeEvent.notice_id == notice.id, NoticeEvent.what == "written")
    written = db.session.scalar(wanted)
    return written.details.get("file") if written else None
