"""Files whose maker is killed, overtaken or raced, and disks that are full."""

import os
import resource
import signal
import subprocess
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.extensions import db
from app.letters import files, storage
from app.letters.actions import made_file, path_of
from app.letters.files import LEASE, make_file, to_make
from app.letters.models import Letter, LetterFile
from tests.letters.test_acknowledgement import written
from tests.letters.test_files import LATER, NOW, events, everything_in, the_file
from tests.rig.processes import Process

# For what hangs on processes and the disk: no database can change it.
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


class TestWhoDies:
    def test_a_claim_holds_while_it_runs_and_is_free_after(self, app: Flask) -> None:
        letter = written()
        file = the_file(letter, "standard-print")
        file.state, file.try_at, file.attempts = "making", NOW + LEASE, 1  # as a worker that was killed leaves it
        db.session.commit()
        assert not make_file(file.id, NOW + LEASE - timedelta(seconds=1))
        assert file.id not in to_make(NOW)
        assert file.id in to_make(NOW + LEASE)
        assert make_file(file.id, NOW + LEASE)
        assert the_file(letter, "standard-print").attempts == 2

    def test_one_who_comes_back_late_does_not_write_over_the_one_who_took_over(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        letter = written()
        file_id = the_file(letter, "standard-print").id
        really = files.formats.make

        def be_overtaken(*arguments: object) -> object:
            monkeypatch.setattr(files.formats, "make", really)
            assert make_file(file_id, NOW + LEASE), "the other process takes over and finishes"
            raise RuntimeError("and then the first one fails")

        monkeypatch.setattr(files.formats, "make", be_overtaken)
        with pytest.raises(RuntimeError):
            make_file(file_id, NOW)
        file = db.session.get_one(LetterFile, file_id, populate_existing=True)
        assert (file.state, file.problem, file.attempts) == ("made", None, 2)
        assert events(letter).count("letter_made") == 1

    @on_sqlite
    def test_killed_while_it_makes_a_file_the_file_is_made_by_the_next(self, app: Flask, tmp_path: Path) -> None:
        letter = written()
        file_id = the_file(letter, "standard-print").id
        with another_process(app, f"""
            from app.letters import storage
            def never_ends(*arguments):
                print("writing", flush=True)
                time.sleep(60)
            os.fsync = never_ends  # the part is written, and not yet in its place
            make_file({file_id}, at)
        """) as process:  # fmt: skip
            assert process.stdout.readline() == "writing\n"
            process.send_signal(signal.SIGKILL)
            process.wait()
        file = db.session.get_one(LetterFile, file_id, populate_existing=True)
        assert file.state == "making"
        assert everything_in(storage.folder())[0].endswith(".part")
        db.session.rollback()
        assert make_file(file_id, NOW + LEASE)
        file = db.session.get_one(LetterFile, file_id, populate_existing=True)
        assert path_of(file).read_bytes().startswith(b"%PDF")
        assert events(letter).count("letter_made") == 1

    @on_sqlite
    def test_a_part_that_was_left_behind_is_cleared_away(self, app: Flask) -> None:
        letter = written()
        folder = storage.folder() / letter.case.reference
        folder.mkdir(parents=True)
        name = "acknowledgement-1-en-text.txt"
        old, new = folder / f".{name}.aaaa.part", folder / f".{name}.bbbb.part"
        for part in (old, new):
            part.write_bytes(b"half")
        two_hours_ago = time.time() - 7200
        os.utime(old, (two_hours_ago, two_hours_ago))
        made_file(letter, "text", None, NOW)
        assert everything_in(folder) == [new.name, name]

    def test_many_processes_that_want_all_files_make_each_once(self, app: Flask) -> None:
        letter = written()
        ids = [made.id for made in _requested(letter, ("text", "html", "standard-print", "large-print"))]
        work = f"""
            for file_id in {ids}:
                won = make_file(file_id, at)
                print(file_id if won else 0, flush=True)
        """
        with another_process(app, work) as one, another_process(app, work) as two, another_process(app, work) as three:
            said = [process.said().split() for process in (one, two, three)]
        winners = sorted(int(won) for each in said for won in each if won != "0")
        assert winners == sorted(ids)
        db.session.expire_all()
        assert {file.state for file in letter.files} == {"made"}
        assert {file.attempts for file in letter.files} == {1}
        assert events(letter).count("letter_made") == len(ids)

    def test_two_who_ask_for_a_new_format_at_once_get_the_same_file(self, app: Flask) -> None:
        letter = written()
        work = f"""
            letter = db.session.get(Letter, {letter.id})
            print(made_file(letter, "html", None, at).id, flush=True)
        """
        with another_process(app, work) as one, another_process(app, work) as two:
            said = [process.said().split() for process in (one, two)]
        assert said[0] == said[1]
        db.session.expire_all()
        assert [file.format for file in letter.files].count("html") == 1
        assert events(letter).count("letter_made") == 1


def _requested(letter: Letter, formats: tuple[str, ...]) -> list[LetterFile]:
    from app.letters.files import key_of, row_for

    made = [row_for(letter, key_of(name, None), NOW) for name in formats]
    db.session.commit()
    return made


class TestTheDisk:
    @on_sqlite
    def test_a_full_disk_leaves_nothing_half_and_the_file_is_made_once_there_is_room(self, app: Flask) -> None:
        letter = written()
        file_id = the_file(letter, "standard-print").id
        with a_disk_of(storage.folder(), kibibytes=8):
            with pytest.raises(OSError, match=r"No space left|File too large"):
                make_file(file_id, NOW)
            file = db.session.get_one(LetterFile, file_id, populate_existing=True)
            assert file.state == "requested"
            assert "OSError" in str(file.problem)
            assert everything_in(storage.folder()) == []
            db.session.rollback()
        assert make_file(file_id, LATER)

    @on_sqlite
    def test_a_folder_that_may_not_be_written_is_waited_for(self, app: Flask) -> None:
        letter = written()
        storage.folder().parent.mkdir(exist_ok=True)
        storage.folder().write_text("a file stands where the folder should be")
        with pytest.raises(OSError, match=r"Not a directory|File exists"):
            made_file(letter, "text", None, NOW)
        assert the_file(letter, "text").state == "requested"
        storage.folder().unlink()
        assert made_file(letter, "text", None, LATER).state == "made"


@contextmanager
def another_process(app: Flask, work: str) -> Iterator[Process]:
    """Python in a process of its own, on the same database and folders."""
    script = textwrap.dedent("""
        import os, sys, time
        from datetime import UTC, datetime
        from app import create_app
        app = create_app()
        from app.extensions import db
        from app.letters.actions import made_file
        from app.letters.files import make_file
        from app.letters.models import Letter
        with app.app_context():
            at = datetime(2026, 12, 29, 9, 30, tzinfo=UTC)
        """) + textwrap.indent(textwrap.dedent(work), "    ")
    settings = app.config["LETTERBOX"]
    environment = {
        **os.environ,
        "INSTANCE_PATH": str(settings.instance_path),
        "DATABASE_URL": settings.database_url,
        "LANDLORD": settings.landlord,
        "SECRET_KEY": settings.secret_key,
    }
    process = Process(script, environment)
    try:
        yield process
    finally:
        process.end()


@contextmanager
def a_disk_of(folder: Path, kibibytes: int) -> Iterator[None]:
    """A disk so small that it is soon full: a real one where we may mount it, else a limit on a file's size."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", folder], capture_output=True
        ).returncode
    )
    if mounted:
        try:
            yield
        finally:
            subprocess.run(["umount", folder], check=True)
        return
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kibibytes * 1024, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
