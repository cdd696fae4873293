"""Files: each made once, however often it is asked for, whoever dies, and whatever the disk does."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask

from app.extensions import db
from app.formats import FORMATS, Choice
from app.formats.document import FormatRefused
from app.letters import files, storage
from app.letters.actions import made_file, path_of
from app.letters.files import LEASE, make_file, to_make
from app.letters.models import Letter, LetterFile
from tests.builders import needs, person
from tests.letters.test_acknowledgement import written
from tests.rig.servers import PROJECT

NOW = datetime(2026, 12, 29, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


def the_file(letter: Letter, format_name: str) -> LetterFile:
    return next(file for file in letter.files if file.format == format_name)


def events(letter: Letter) -> list[str]:
    db.session.expire_all()
    return [event.what for event in letter.case.events]


def everything_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_letter_asks_for_what_the_tenant_needs_and_a_file_copy(app: Flask) -> None:
    from app.extensions import start_writing
    from app.tenants.actions import record_tenant

    start_writing()
    tenant = record_tenant(person(), needs(format="braille", braille_grade=1), "en", NOW, None)
    asked = {(file.format, file.braille_grade, file.state) for file in written(tenant=tenant).files}
    assert asked == {("braille", 1, "requested"), ("standard-print", 0, "requested")}


def test_a_made_file_is_on_the_disk_as_its_row_says(app: Flask) -> None:
    letter = written()
    file = made_file(letter, "standard-print", None, NOW)
    content = path_of(file).read_bytes()
    assert content.startswith(b"%PDF")
    assert (file.state, file.size, file.sha256) == ("made", len(content), sha256(content).hexdigest())
    assert file.path == f"{letter.case.reference}/acknowledgement-1-en-standard-print.pdf"
    assert file.media_type == "application/pdf"
    assert events(letter)[-1] == "letter_made"


def test_asked_for_many_times_it_is_made_once(app: Flask) -> None:
    letter = written()
    first = made_file(letter, "text", None, NOW)
    before = path_of(first).stat().st_mtime_ns
    for _ in range(5):
        assert made_file(letter, "text", Choice(point_size=28), LATER).id == first.id
    assert path_of(first).stat().st_mtime_ns == before
    assert first.attempts == 1
    assert events(letter).count("letter_made") == 1


def test_each_size_and_grade_is_a_file_of_its_own(app: Flask) -> None:
    letter = written()
    sizes = {made_file(letter, "large-print", Choice(point_size=size), NOW).path for size in (16, 18, 28)}
    assert len(sizes) == 3
    assert any("large-print-28" in str(path) for path in sizes)


def test_an_unknown_format_is_refused(app: Flask) -> None:
    with pytest.raises(KeyError):
        made_file(written(), "papyrus", None, NOW)


def test_a_file_that_vanished_from_the_disk_is_made_again(app: Flask) -> None:
    letter = written()
    file = made_file(letter, "text", None, NOW)
    content = path_of(file).read_bytes()
    path_of(file).unlink()
    again = made_file(letter, "text", None, LATER)
    assert path_of(again).read_bytes() == content


def test_a_format_that_is_refused_says_why_in_the_history_and_to_whoever_asks(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise FormatRefused("there is no voice for this language")

    letter = written()
    monkeypatch.setattr(files.formats, "make", refuse)
    for _ in range(2):
        with pytest.raises(FormatRefused, match="no voice"):
            made_file(letter, "audio", None, NOW)
    file = the_file(letter, "audio")
    assert (file.state, file.problem) == ("refused", "there is no voice for this language")
    assert letter.case.events[-1].details["reason"] == "there is no voice for this language"
    assert file.id not in to_make(LATER + timedelta(days=9))
    monkeypatch.undo()
    if "text" in FORMATS:
        assert made_file(letter, "text", None, NOW).state == "made"


def test_trouble_is_written_down_and_tried_again_ever_later(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_arguments: object) -> None:
        raise RuntimeError("the engine has stopped")

    letter = written()
    file_id = the_file(letter, "standard-print").id
    monkeypatch.setattr(files.formats, "make", stumble)
    now, pauses = NOW, []
    for _ in range(9):
        with pytest.raises(RuntimeError):
            make_file(file_id, now)
        file = db.session.get_one(LetterFile, file_id, populate_existing=True)
        assert (file.state, file.problem) == ("requested", "RuntimeError: the engine has stopped")
        assert not make_file(file_id, file.try_at - timedelta(seconds=1)), "it is not tried before its time"
        pauses.append((file.try_at - now).total_seconds())
        now = file.try_at
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    monkeypatch.undo()
    assert file_id in to_make(now)
    assert make_file(file_id, now)
    file = db.session.get_one(LetterFile, file_id, populate_existing=True)
    assert (file.state, file.problem) == ("made", None)


def test_somebody_who_waits_does_not_wait_out_the_pause_after_trouble(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = written()

    def stumble(*_arguments: object) -> None:
        raise RuntimeError("the engine has stopped")

    monkeypatch.setattr(files.formats, "make", stumble)
    with pytest.raises(RuntimeError):
        made_file(letter, "text", None, NOW)
    monkeypatch.undo()
    assert made_file(letter, "text", None, NOW).state == "made"


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
            assert process.stdout is not None
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
            said = [process.communicate(timeout=120)[0].split() for process in (one, two, three)]
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
            said = [process.communicate(timeout=120)[0].split() for process in (one, two)]
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

    def test_a_folder_that_may_not_be_written_is_waited_for(self, app: Flask) -> None:
        letter = written()
        storage.folder().parent.mkdir(exist_ok=True)
        storage.folder().write_text("a file stands where the folder should be")
        with pytest.raises(OSError, match=r"Not a directory|File exists"):
            made_file(letter, "text", None, NOW)
        assert the_file(letter, "text").state == "requested"
        storage.folder().unlink()
        assert made_file(letter, "text", None, LATER).state == "made"


def test_a_folder_format_is_stored_as_one_zip_that_is_the_same_each_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.formats.document import File

    members = (File("01.wav", "audio/wav", b"RIFF" * 100), File("disc.cue", "text/plain", b"FILE"))
    monkeypatch.setattr(files.formats, "make", lambda *_: File("disc", "", members=members))
    letter = written()
    file = made_file(letter, "audio-cd", None, NOW)
    path = path_of(file)
    assert (file.media_type, path.suffix) == ("application/zip", ".zip")
    with ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            member.name: member.content for member in members
        }
    first = file.sha256
    path.unlink()
    assert made_file(letter, "audio-cd", None, LATER).sha256 == first


@contextmanager
def another_process(app: Flask, work: str) -> Iterator[subprocess.Popen[str]]:
    """Python in a process of its own, on the same database and folders."""
    import textwrap

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
        "PYTHONPATH": str(PROJECT),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


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
