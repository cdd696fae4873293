"""Nudges: given once the row is there, and never missed where they cannot be given."""

import pytest
from flask import Flask

from app.dispatch.actions import queue_message
from app.dispatch.queue import Queue, current_queue
from app.extensions import db
from app.letters.actions import request_letter
from tests.builders import MONDAY_NOON
from tests.cases.test_opening import opened


def nudges() -> list[tuple[str, int]]:
    return [(task.name, task.args[0]) for task in current_queue().huey.pending()]


def test_what_waits_for_a_worker_is_nudged_once_it_is_committed(app: Flask) -> None:
    letter = request_letter(opened(), "receipt", MONDAY_NOON)
    message = queue_message(letter, "email", "anna@example.org", MONDAY_NOON)
    posted = queue_message(letter, "post", "1 High Street", MONDAY_NOON)
    db.session.flush()
    assert nudges() == []
    db.session.commit()
    assert nudges() == [("make_letter_file", letter.files[0].id), ("send_message", message.id)]
    assert posted.id not in [row_id for name, row_id in nudges() if name == "send_message"]
    db.session.commit()
    assert len(nudges()) == 2


def test_what_is_rolled_back_is_not_nudged(app: Flask) -> None:
    case = opened()
    request_letter(case, "receipt", MONDAY_NOON)
    db.session.flush()
    db.session.rollback()
    db.session.commit()
    assert nudges() == []


def test_a_savepoint_inside_gives_no_nudge_yet(app: Flask) -> None:
    case = opened()
    request_letter(case, "receipt", MONDAY_NOON)
    with db.session.begin_nested():
        db.session.flush()
    assert nudges() == []
    db.session.commit()
    assert len(nudges()) == 1


@pytest.mark.parametrize("trouble", ["no folder", "a folder stands there", "not a database"])
def test_a_queue_that_cannot_be_written_fails_no_request(app: Flask, trouble: str) -> None:
    queue: Queue = app.extensions["queue"]
    if trouble == "no folder":
        queue.path = queue.path / "nowhere" / "queue.sqlite3"
    elif trouble == "a folder stands there":
        queue.path.mkdir()
    else:
        queue.path.write_bytes(b"nothing that SQLite knows" * 100)
    letter = request_letter(opened(), "receipt", MONDAY_NOON)
    db.session.commit()
    db.session.expire_all()
    assert [file.state for file in letter.files] == ["requested"]


def test_a_queue_that_breaks_while_it_is_used_fails_no_request(app: Flask) -> None:
    queue = current_queue()
    assert nudges() == []
    queue.huey.storage.close()
    queue.path.write_bytes(b"nothing that SQLite knows" * 100)
    letter = request_letter(opened(), "receipt", MONDAY_NOON)
    db.session.commit()
    assert letter.id


def test_a_broken_queue_is_set_aside_and_a_new_one_begun(app: Flask) -> None:
    queue = current_queue()
    queue.path.write_bytes(b"nothing that SQLite knows" * 100)
    queue.set_aside()
    assert queue.path.with_suffix(".broken").exists()
    assert queue.nudge("send_message", 7)
    assert nudges() == [("send_message", 7)]
