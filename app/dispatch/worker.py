"""The worker: makes letters and sends mail, in processes of its own (print and braille engines bear no threads)."""

import ctypes
import functools
import logging
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask import Flask, current_app
from huey import Huey
from huey.consumer import Consumer, Scheduler, Worker

from app.dispatch import actions
from app.dispatch.queue import Queue, current_queue
from app.dispatch.sending import send_message, to_send
from app.extensions import db, start_writing
from app.formats.document import FormatRefused
from app.letters.files import make_file, to_make

PATIENCE = 30  # seconds that a worker has to finish what it is doing
PAUSE = 5  # seconds between two tries to open the queue
ENOUGH_WAITING = 1000  # nudges: with so many the workers are busy, and need no more
TASKS_PER_PROCESS = 500  # then a fresh one: whatever leaked in an engine is given back
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)

log = logging.getLogger(__name__)


def make_letter_file(file_id: int) -> None:
    try:
        make_file(file_id, datetime.now(UTC))
    except FormatRefused as refusal:
        log.info("letter file %s refused: %s", file_id, refusal.reason)
    except Exception as trouble:  # written down with the file, and tried again by the sweep
        log.warning("letter file %s not made: %s", file_id, trouble)


def send(message_id: int) -> None:
    send_message(message_id, datetime.now(UTC))


def sweep() -> None:
    """Say that a worker lives; find what lost nudges and dead workers left behind; do the rooms' own minute work."""
    now = datetime.now(UTC)
    start_writing()
    actions.beat(now)
    db.session.commit()
    queue = current_queue()
    if queue.huey.pending_count() < ENOUGH_WAITING:
        for file_id in to_make(now):
            queue.nudge("make_letter_file", file_id)
        for message_id in to_send(now):
            queue.nudge("send_message", message_id)
    db.session.rollback()
    for work in current_app.extensions.get(actions.SWEEPS, ()):
        try:
            work(now)
        except Exception:
            log.exception("a minute's work failed")
            db.session.rollback()


@click.command("worker")
@click.option("--processes", type=click.IntRange(1, 16), default=min(2, os.cpu_count() or 1), show_default=True)
def worker_command(processes: int) -> None:
    """Make letters and send mail until told to stop. Ctrl-C and SIGTERM end it once the work in hand is done."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("app").setLevel(logging.INFO)
    huey = _open(current_queue())
    db.engine.dispose()  # no connection is shared with the children
    log.info("worker %s is ready, with %s processes", os.getpid(), processes)
    _Consumer(
        huey,
        workers=processes,
        worker_type="process",
        max_delay=1.0,
        max_tasks=TASKS_PER_PROCESS,
        health_check_interval=1,
        shutdown_timeout=PATIENCE,
        graceful_signal="TERM",
    ).run()


class _Worker(Worker):
    def initialize(self) -> None:
        _die_with_parent()
        super().initialize()


class _Scheduler(Scheduler):
    def initialize(self) -> None:
        _die_with_parent()
        super().initialize()


class _Consumer(Consumer):
    worker_class = _Worker
    scheduler_class = _Scheduler


def _die_with_parent() -> None:
    """However the worker ends, its processes end with it: none is left to work on under a newer one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() == 1:  # it ended before we could ask
            os.kill(os.getpid(), signal.SIGKILL)


def _open(queue: Queue) -> Huey:
    """Wait until the queue's file can be written. One that is broken is set aside: it holds nothing but nudges."""
    while True:
        try:
            huey = queue.huey
            huey.storage.sql("PRAGMA quick_check", results=True)
            queue.sweep_now()
        except (sqlite3.Error, OSError) as trouble:
            log.warning("the queue %s cannot be used: %s", queue.path, trouble)
            if isinstance(trouble, sqlite3.DatabaseError) and not isinstance(trouble, sqlite3.OperationalError):
                queue.set_aside()
            else:
                time.sleep(PAUSE)
        else:
            return huey


def _in_app(app: Flask, work: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(work)
    def work_in_app(*arguments: int) -> None:
        with app.app_context():
            work(*arguments)

    return work_in_app


def init_app(app: Flask) -> None:
    queue: Queue = app.extensions["queue"]
    queue.task("make_letter_file", _in_app(app, make_letter_file))
    queue.task("send_message", _in_app(app, send))
    queue.every_minute(_in_app(app, sweep))
    app.cli.add_command(worker_command)
