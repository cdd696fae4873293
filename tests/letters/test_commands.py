"""``letters list``, ``letters make`` and ``letters check``, as staff and scripts use them."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from flask import Flask

from app.extensions import db
from app.formats import FORMATS
from app.formats.document import FormatRefused
from app.letters import files
from app.letters.actions import made_file
from app.letters.models import Letter, LetterFile
from tests.builders import needs, person
from tests.letters.matrix import read_out_only_the_beginning
from tests.letters.test_acknowledgement import NOW, written


def said(app: Flask, *arguments: object) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["letters", *map(str, arguments)])


def made(app: Flask, letter: Letter, *options: object) -> Path:
    """The path on the last line."""
    answer = said(app, "make", letter.case.reference, letter.name, *options)
    assert answer.exit_code == 0, answer.output
    return Path(answer.stdout.splitlines()[-1])


def findings(app: Flask, path: Path) -> list[str]:
    answer = said(app, "check", path)
    assert answer.exit_code == bool(answer.stdout), answer.output
    return answer.stdout.splitlines()


def test_a_made_file_passes_the_check_of_its_format(sqlite_app: Flask) -> None:
    """Every format in every language: test_every_letter.py."""
    letter = written(channel="web")
    path = made(sqlite_app, letter, "--format", "large-print", "--language", "ar")
    assert findings(sqlite_app, path) == []


def test_it_lists_every_letter_and_format(sqlite_app: Flask) -> None:
    listed = said(sqlite_app, "list").stdout
    for name in (
        "acknowledgement",
        "receipt",
        *FORMATS,
        "--point-size 16..28",
        "--grade 1|2",
        "--rate slow|usual|fast",
    ):
        assert name in listed
    assert listed.count("for every kind of case") == 2
    assert re.search("extension +We need more time to answer your complaint", listed)


def test_without_a_choice_it_has_the_size_that_the_tenant_needs(sqlite_app: Flask) -> None:
    from app.extensions import start_writing
    from app.tenants.actions import record_tenant

    start_writing()
    tenant = record_tenant(person(), needs(format="large-print", point_size=26), "en", NOW, None)
    letter = written(tenant=tenant)
    assert made(sqlite_app, letter, "--format", "large-print").name.endswith("large-print-26.pdf")
    assert made(sqlite_app, letter, "--format", "large-print", "--point-size", 20).name.endswith("large-print-20.pdf")


def test_a_recording_may_be_read_slowly(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    read_out_only_the_beginning(monkeypatch)
    letter = written()
    slow = made(sqlite_app, letter, "--format", "wav", "--rate", "slow")
    assert slow.name.endswith("-wav-slow.wav")
    assert findings(sqlite_app, slow) == []


def test_the_file_is_the_one_that_is_stored_and_made_once(sqlite_app: Flask) -> None:
    letter = written()
    first, second = (made(sqlite_app, letter, "--format", "text") for _ in range(2))
    assert first == second
    db.session.expire_all()
    assert [event.what for event in letter.case.events].count("letter_made") == 1


def test_in_another_language_nothing_that_is_stored_changes(sqlite_app: Flask) -> None:
    letter = written()
    stored = made_file(letter, "text", None, NOW)
    path = made(sqlite_app, letter, "--format", "text", "--language", "cy")
    assert "Dydd Mawrth" in path.read_text()
    db.session.expire_all()
    assert letter.language == "en"
    assert db.session.query(LetterFile).filter_by(format="text").one().sha256 == stored.sha256


def test_out_may_be_a_file_or_a_folder_that_exists(sqlite_app: Flask, tmp_path: Path) -> None:
    letter = written()
    assert made(sqlite_app, letter, "--format", "text", "--out", tmp_path / "a" / "letter.txt").read_text()
    inside = made(sqlite_app, letter, "--format", "text", "--out", tmp_path)
    assert inside == tmp_path / "acknowledgement-1-en-text.txt"
    anew = made(sqlite_app, letter, "--format", "text", "--language", "ar", "--out", tmp_path / "ar.txt")
    assert anew == tmp_path / "ar.txt"


def test_an_audio_cd_is_written_as_a_folder(sqlite_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_out_only_the_beginning(monkeypatch)
    letter = written(kind="suggestion")
    folder = made(sqlite_app, letter, "--format", "audio-cd", "--out", tmp_path / "disc")
    assert folder == tmp_path / "disc"
    endings = {path.suffix for path in folder.iterdir()}
    assert endings >= {".wav", ".cue"}
    (zipped,) = sqlite_app.config["LETTERBOX"].letters_path.rglob("*.zip")
    with ZipFile(zipped) as archive:
        assert sorted(archive.namelist()) == sorted(path.name for path in folder.iterdir())
    assert findings(sqlite_app, zipped) == []
    # A folder that holds something else is not mixed up with the disc.
    (tmp_path / "mine.txt").write_text("keep")
    beside = made(sqlite_app, letter, "--format", "audio-cd", "--out", tmp_path)
    assert beside == tmp_path / "acknowledgement-1-en-audio-cd"


def test_a_format_that_is_refused_says_why_and_exits_1(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise FormatRefused("there is no voice for this language")

    letter = written()
    monkeypatch.setattr(files.formats, "make", refuse)
    for options in ([], ["--language", "cy"]):
        answer = said(sqlite_app, "make", letter.case.reference, "acknowledgement", "--format", "audio", *options)
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert answer.stderr == "Error: audio is refused: there is no voice for this language\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["K7M4-QX9T", "acknowledgement", "--format", "text"], "no case has the reference K7M4-QX9T"),
        (["REF", "receipt", "--format", "text"], "has no receipt"),
        (["REF", "bill", "--format", "text"], "'bill' is not one of"),
        (["REF", "acknowledgement", "--format", "papyrus"], "'papyrus' is not one of"),
        (["REF", "acknowledgement", "--format", "large-print", "--point-size", "15"], "15 is not in the range"),
        (["REF", "acknowledgement", "--format", "braille", "--grade", "3"], "3 is not in the range"),
        (["REF", "acknowledgement", "--format", "text", "--language", "xx"], "'xx' is not one of"),
    ],
)
def test_what_cannot_be_made_is_named(sqlite_app: Flask, arguments: list[str], problem: str) -> None:
    reference = written().case.reference
    answer = said(sqlite_app, "make", *[reference if word == "REF" else word for word in arguments])
    assert answer.exit_code in (1, 2)
    assert problem in answer.stderr


def test_check_gives_a_finding_a_line_and_exits_1(sqlite_app: Flask, tmp_path: Path) -> None:
    wrong = tmp_path / "letter.txt"
    wrong.write_bytes(b"\xff\xfe not UTF-8")
    assert findings(sqlite_app, wrong)
    other = tmp_path / "letter.doc"
    other.write_text("x")
    assert findings(sqlite_app, other) == ["letter.doc: there are no rules for files that end in “.doc”"]


def test_a_script_may_ask_for_another_paper_and_another_page_of_braille(sqlite_app: Flask) -> None:
    letter = written(channel="web")
    large = made(sqlite_app, letter, "--format", "large-print", "--paper", "yellow")
    assert large.stem.endswith("-large-print-18-yellow")
    dots = made(sqlite_app, letter, "--format", "pef", "--cells", "28", "--lines", "20")
    assert dots.name.endswith("-pef-grade-2-28x20.pef")
    for path in (large, dots):
        assert findings(sqlite_app, path) == []
    refused = said(sqlite_app, "make", letter.case.reference, letter.name, "--format", "pef", "--cells", "19")
    assert refused.exit_code == 2
