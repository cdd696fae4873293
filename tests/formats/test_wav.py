"""The letter's sound as a WAV: it plays anywhere, its sections are marked, and it is evenly loud."""

import json
import subprocess
import wave
from pathlib import Path

import pytest

from app.formats import wav
from app.formats.check import check
from app.formats.document import File
from app.formats.speech import Recorded
from app.formats.speech.engine import ESPEAK_NG, Breath, speak
from tests.formats.samples import letter

LETTER = letter("<p>All is well.</p>")
SENTENCE = Breath("We have looked at what you told us, and all is well; please ring us if it is not.", "en", 145)


@pytest.fixture(scope="module")
def sections() -> tuple[Recorded, ...]:
    (sound,) = speak([SENTENCE], 60, [ESPEAK_NG])
    return Recorded("About this recording", sound * 3), Recorded("What we found", sound * 3)


@pytest.fixture(scope="module")
def made(sections: tuple[Recorded, ...]) -> File:
    return wav.file_of(LETTER, sections)


@pytest.fixture
def path(made: File, tmp_path: Path) -> Path:
    path = tmp_path / made.name
    path.write_bytes(made.content)
    return path


def findings(path: Path) -> str:
    return "\n".join(finding.words for finding in check(path))


def test_a_wav_passes_its_checks_and_is_called_after_its_letter(path: Path):
    assert path.name == "K7M4-QX9T-audio.wav"
    assert findings(path) == ""


def test_players_read_its_title_its_sender_and_its_length(path: Path, sections: tuple[Recorded, ...]):
    shown = ["-show_format", "-show_streams", "-of", "json"]
    found = json.loads(subprocess.run(["ffprobe", "-v", "error", *shown, path], capture_output=True, check=True).stdout)
    assert found["format"]["tags"]["title"] == "A letter"
    assert found["format"]["tags"]["artist"] == "Harbour Homes"
    assert (found["streams"][0]["codec_name"], found["streams"][0]["channels"]) == ("pcm_s16le", 1)
    assert abs(float(found["format"]["duration"]) - sum(section.seconds for section in sections)) < 0.001


def test_another_reader_finds_the_same_sound(path: Path, sections: tuple[Recorded, ...]):
    with wave.open(str(path)) as file:
        assert file.getparams()[:3] == (1, 2, 22_050)
        assert file.getnframes() == sum(len(section.samples) for section in sections)


def test_each_section_has_a_mark_with_its_title(made: File, sections: tuple[Recorded, ...]):
    assert b"labl" in made.content
    for section in sections:
        assert section.title.encode() + b"\0" in made.content


def test_the_same_recording_gives_the_same_bytes(made: File, sections: tuple[Recorded, ...]):
    assert wav.file_of(LETTER, sections) == made


class TestChecks:
    """The checker is seen to refuse."""

    def changed(self, path: Path, old: bytes, new: bytes) -> str:
        content = path.read_bytes()
        assert old in content
        path.write_bytes(content.replace(old, new, 1))
        return findings(path)

    def test_cut_short(self, path: Path):
        path.write_bytes(path.read_bytes()[:-1000])
        assert "it was cut short" in findings(path)

    def test_no_title(self, path: Path):
        assert "does not name its title" in self.changed(path, b"INAM", b"XNAM")

    def test_no_marks(self, path: Path):
        assert "it has 0 marks" in self.changed(path, b"cue ", b"xue ")

    def test_a_mark_without_a_title(self, path: Path):
        assert "2 marks have 1 titles" in self.changed(path, b"labl", b"xabl")

    def test_a_quiet_file(self, path: Path, tmp_path: Path):
        quiet = tmp_path / "quiet.wav"
        subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-af", "volume=-12dB", quiet], check=True)
        assert "its loudness is" in findings(quiet)

    def test_something_else(self, tmp_path: Path):
        path = tmp_path / "letter.wav"
        path.write_bytes(b"not a WAV")
        assert findings(path) == "it is no WAV file"
