"""Files: each made once, however often it is asked for, whoever dies, and whatever the disk does."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask

from app.extensions import db
from app.formats import FORMATS, Choice
from app.formats.document import FormatRefused
from app.letters import files
from app.letters.actions import made_file, path_of
from app.letters.files import make_file, to_make
from app.letters.models import Letter, LetterFile
from tests.builders import needs, person
from tests.letters.test_acknowledgement import written

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
