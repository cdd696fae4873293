"""The queue of nudges: a word to a worker that a letter or a message is waiting.

The database is the truth. A nudge goes out once the row that it speaks of is committed; one that is lost, or cannot be
written, costs a minute: the sweep finds the row. So a nudge may never make a request fail.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from huey import Huey
from huey.storage import SqliteStorage
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.dispatch.models import Message
from app.extensions import db
from app.letters.models import LetterFile

AFTER_ALL_OTHERS = -1  # the priority of what goes to many: nobody's answer waits behind a thousand notices
WAIT_FOR_QUEUE = 2  # seconds, at most, that a request waits to write a nudge
_NUDGES = "nudges"  # in the session: those to give once it is committed

log = logging.getLogger(__name__)


class _Storage(SqliteStorage):
    """Writes without waiting for the disk: a nudge may be lost with the power, the file may not be broken by it."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


class Queue:
    """Opened when first used: the site starts, and takes complaints, where the queue's file cannot be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._huey: Huey | None = None
        self._tasks: dict[str, Callable[[int], None]] = {}
        self._every_minute: list[Callable[[], None]] = []

    def task(self, name: str, work: Callable[[int], None]) -> None:
        """``work`` is done by a worker, with the id that ``nudge(name, id)`` gives."""
        self._tasks[name] = work

    def every_minute(self, work: Callable[[], None]) -> None:
        self._every_minute.append(work)

    @property
    def huey(self) -> Huey:
        """Raises sqlite3.Error or OSError where the queue's file cannot be written."""
        if self._huey is None:
            huey = Huey(
                "letterbox", results=False, storage_class=_Storage, filename=str(self.path), timeout=WAIT_FOR_QUEUE
            )
            self.handles = {name: huey.task(name=name)(work) for name, work in self._tasks.items()}
            self.sweeps = [
                huey.periodic_task(lambda now: True, priority=10, name=work.__name__)(work)
                for work in self._every_minute
            ]
            self._huey = huey
        return self._huey

    def nudge(self, name: str, row_id: int, priority: int | None = None) -> bool:
        """Tell a worker. False, and a line in the log, where it could not be written."""
        try:
            self.huey  # noqa: B018  opens it
            self.handles[name](row_id, priority=priority)
        except Exception as trouble:
            log.warning("no nudge for %s %s, the sweep will find it: %s", name, row_id, trouble)
            return False
        return True

    def set_aside(self) -> None:
        """Rename the file: the next use begins a new one."""
        if self._huey is not None:
            self._huey.storage.close()
            self._huey = None
        self.path.rename(self.path.with_suffix(".broken"))
        for ending in ("-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def sweep_now(self) -> None:
        self.huey  # noqa: B018
        for sweep in self.sweeps:
            sweep()


def current_queue() -> Queue:
    return cast(Queue, current_app.extensions["queue"])


@event.listens_for(db.session, "after_flush")
def _remember_what_waits(session: Session, context: object) -> None:
    """Rows that wait for a worker are found here, so that no act has to think of the queue."""
    for row in session.new:
        if isinstance(row, LetterFile):
            session.info.setdefault(_NUDGES, []).append(("make_letter_file", row, None))
        elif isinstance(row, Message) and row.channel == "email":
            priority = AFTER_ALL_OTHERS if row.unsubscribe else None
            session.info.setdefault(_NUDGES, []).append(("send_message", row, priority))


@event.listens_for(db.session, "after_commit")
def _nudge(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for name, row, priority in session.info.pop(_NUDGES, ()):
        current_queue().nudge(name, row.id, priority)


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_NUDGES, None)


def init_app(app: Flask) -> None:
    app.extensions["queue"] = Queue(app.config["LETTERBOX"].instance_path / "queue.sqlite3")
