"""The worker as it runs in earnest: a process with its children, on files, with a mail server; and how it dies."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.dispatch.actions import queue_message, worker_seen_at
from app.dispatch.models import Message
from app.dispatch.queue import current_queue
from app.extensions import db, start_writing
from app.journeys.models import Draft
from app.letters.actions import path_of, request_letter
from app.letters.models import Letter, LetterFile
from tests.cases.test_opening import opened
from tests.dispatch.post_office import PostOffice
from tests.rig.servers import Site

PATIENCE = 90.0  # seconds: the machine may be busy
# For what hangs on processes, the queue's file or the mail server: no database can change it.
on_sqlite = pytest.mark.parametrize("mailing_app", ["sqlite"], indirect=True)


def wait_until(is_so: Callable[[], object], what: str) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        db.session.rollback()
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail(f"never came: {what}")


@pytest.fixture
def site(mailing_app: Flask, office: PostOffice) -> Iterator[Site]:
    """Where a worker may be started beside the application of the test, on the same database and mail server."""
    settings = mailing_app.config["LETTERBOX"]
    made = Site(
        settings.instance_path,
        settings.database_url,
        settings.landlord,
        {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(office.port), "SECRET_KEY": settings.secret_key},
    )
    yield made
    made.end()


def written(with_message: bool = True) -> Letter:
    now = datetime.now(UTC)
    case = opened(received_at=now)
    start_writing()  # a worker may be writing beside us
    letter = request_letter(case, "receipt", now)
    if with_message:
        queue_message(letter, "email", "anna@example.org", now)
    db.session.commit()
    return letter


def is_made(letter: Letter) -> bool:
    states = db.session.scalars(db.select(LetterFile.state).where(LetterFile.letter_id == letter.id)).all()
    return set(states) == {"made"}


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split()]


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def ready(site: Site) -> int:
    """Start the worker and wait until its children stand; gives its process id."""
    site.start_worker()
    assert site.worker is not None
    pid = site.worker.pid
    wait_until(lambda: len(children(pid)) == 3, f"two workers and a clock: {site.log()}")
    return pid


def test_it_finds_what_lost_nudges_left_behind_does_what_comes_and_ends_when_told(
    site: Site, office: PostOffice
) -> None:
    assert worker_seen_at() is None
    left_behind = written()
    current_queue().huey.flush()
    now = datetime.now(UTC)
    for name, expires_at in (("over", now - timedelta(days=1)), ("in time", now + timedelta(days=1))):
        db.session.add(Draft(id=name, journey="complaint", answers={}, updated_at=now, expires_at=expires_at))
    db.session.commit()
    began = datetime.now(UTC)
    pid = ready(site)
    wait_until(lambda: is_made(left_behind), "the file of the letter that was left behind")
    wait_until(lambda: len(office.taken) == 1, "its email")

    wait_until(worker_seen_at, "the heartbeat")
    seen = worker_seen_at()
    assert seen is not None
    assert began <= seen <= datetime.now(UTC)
    wait_until(lambda: db.session.scalars(db.select(Draft.id)).all() == ["in time"], "the purge")

    letter = written()
    wait_until(lambda: is_made(letter), "the letter's file")
    wait_until(lambda: len(office.taken) == 2, "the email")
    db.session.expire_all()
    for file in letter.files:
        assert path_of(file).read_bytes().startswith(b"%PDF")
    wait_until(lambda: db.session.scalars(db.select(Message.state)).all() == ["sent"] * 2, "the messages' state")
    assert len(office.taken) == 2

    family = children(pid)
    assert site.worker is not None
    os.kill(pid, signal.SIGTERM)
    assert site.worker.wait(PATIENCE) == 0
    assert [child for child in family if is_alive(child)] == []


@on_sqlite
def test_one_of_its_processes_that_dies_is_replaced_and_its_work_is_done_and_all_die_with_it(
    site: Site, office: PostOffice
) -> None:
    pid = ready(site)
    for child in children(pid):
        os.kill(child, signal.SIGKILL)
    letter = written()
    wait_until(lambda: is_made(letter), "the letter's file")
    family = children(pid)
    assert len(family) == 3

    os.kill(pid, signal.SIGKILL)
    assert site.worker is not None
    site.worker.wait(PATIENCE)
    wait_until(lambda: not any(map(is_alive, family)), "the death of its children")


def test_killed_in_the_middle_the_next_one_finishes_and_nothing_goes_twice(site: Site, office: PostOffice) -> None:
    letters = [written() for _ in range(6)]
    ready(site)
    wait_until(lambda: any(map(is_made, letters)), "the first letter's file")
    site.kill_worker()
    # Its claims hold for minutes: as if they had passed.
    db.session.rollback()
    for table in (LetterFile, Message):
        db.session.execute(db.update(table).values(try_at=datetime.now(UTC)))
    db.session.commit()
    ready(site)
    wait_until(lambda: all(map(is_made, letters)), "all files")
    wait_until(lambda: set(db.session.scalars(db.select(Message.state))) == {"sent"}, "all messages")
    ids = [mail["Message-ID"] for mail in office.taken]
    assert len(set(ids)) == 6
    # One that had been handed over, but not written down, may come again; with its id, so that it can be told.
    assert len(ids) <= 6 + 2
    for letter in letters:
        db.session.expire_all()
        assert [event.what for event in letter.case.events].count("message_sent") == 1
        assert [event.what for event in letter.case.events].count("letter_made") == len(letter.files)


@on_sqlite
def test_neither_a_broken_queue_nor_a_mail_server_that_is_away_delays_a_letter(site: Site, office: PostOffice) -> None:
    office.says(rcpt="451 not now", times=50)
    found_without_a_queue = written(with_message=False)
    current_queue().huey.storage.close()
    current_queue().path.write_bytes(b"nothing that SQLite knows" * 100)
    ready(site)
    wait_until(lambda: is_made(found_without_a_queue), "the letter's file")
    assert current_queue().path.with_suffix(".broken").exists()

    letter = written()
    wait_until(lambda: is_made(letter), "the file of the letter whose email cannot go")
    wait_until(
        lambda: (problem := db.session.scalar(db.select(Message.problem))) and "451" in problem, "the trouble in words"
    )
