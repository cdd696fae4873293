"""Mailings at the worker: a turn of making at each nudge; the sweep nudges for what lies."""

import logging
from collections import Counter
from datetime import UTC, datetime

from flask import Flask

from app.dispatch.actions import add_to_sweep
from app.dispatch.queue import Queue, current_queue
from app.extensions import db
from app.mailings import making, retention

NUDGE = "work_on_mailing"

log = logging.getLogger(__name__)


def nudge(mailing_id: int, processes: int = making.AT_ONCE) -> None:
    """Once what began it is committed: as many processes as may be at it."""
    for _each in range(processes):
        current_queue().nudge(NUDGE, mailing_id)


def take_a_turn(mailing_id: int) -> None:
    """Make letters for a few seconds; then stand at the end of the line again."""
    try:
        has_more = making.work(mailing_id, datetime.now(UTC))
    except Exception:
        log.exception("mailing %s: the sweep will go on with it", mailing_id)
        db.session.rollback()
        return
    if has_more:
        current_queue().nudge(NUDGE, mailing_id)


def sweep(at: datetime) -> None:
    """Commits. Goes on with what a lost nudge or a dead worker left, and forgets what is over."""
    waiting = making.to_work_on(at)
    db.session.rollback()
    nudged = _nudged() if waiting else Counter()
    for mailing_id, more in waiting.items():
        nudge(mailing_id, more - nudged[mailing_id])
    retention.sweep(at)


def _nudged() -> Counter[int]:
    """How many nudges stand in the line, by mailing: one turn leads to the next, so more of them never end."""
    return Counter(task.args[0] for task in current_queue().huey.pending() if task.name == NUDGE)


def init_app(app: Flask) -> None:
    def take_a_turn_in_app(mailing_id: int) -> None:
        with app.app_context():
            take_a_turn(mailing_id)

    queue: Queue = app.extensions["queue"]
    queue.task(NUDGE, take_a_turn_in_app)
    add_to_sweep(app, sweep)
