"""The letter as an audio CD: a burner takes it as it is, and every player plays it."""

import dataclasses
import shutil
import subprocess
import wave
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from mutagen.mp3 import MP3
from pycdlib import PyCdlib

from app.formats import make
from app.formats.audio_cd import (
    FRAMES_A_SECOND,
    LONGEST_DISC,
    MOST_TRACKS,
    SHORTEST_TRACK,
    VOICE_FRAME,
    Track,
    _discs_long,
    discs_of,
)
from app.formats.check import check
from app.formats.disc_image import image, name_of
from app.formats.document import Document, File, Sender
from app.formats.speech import Recorded, record
from app.letters.storage import in_one_piece
from tests.formats.samples import PHONE, letter, sample

LANGUAGES = ["en", "ar"]  # every language: tests/letters/matrix.py
IN_ARABIC = "<p>مرحبا</p><h2>ما الذي سيحدث بعد ذلك</h2><p>ننظر فيما حدث.</p>"


@pytest.fixture(scope="module")
def folders(application: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A letter of many parts, and a short one in Arabic. Whole letters: tests/letters/matrix.py."""
    sender = Sender("Harbour Homes", (), PHONE)
    blocks = sample("en").blocks
    parts = (blocks[0], *blocks[2:4], *blocks[5:7], *blocks[10:])  # each heading, and the first of what stands below it
    many_parts = dataclasses.replace(sample("en"), sender=sender, recipient=("Anna Nowak",), blocks=parts)
    short = letter(IN_ARABIC, language="ar", title=sample("ar").title, sender=sender, recipient=())
    with application.app_context():
        return {
            document.language: written(make("audio-cd", document), tmp_path_factory.mktemp(document.language))
            for document in (many_parts, short)
        }


@pytest.fixture(scope="module")
def few_words(application: Flask) -> Document:
    with application.app_context():
        sender = Sender("Harbour Homes", (), PHONE)
        return letter("<p>Hello.</p><h2>Yes</h2><p>No.</p>", title="Few words", sender=sender, recipient=())


@pytest.fixture(scope="module")
def spoken(application: Flask, few_words: Document) -> tuple[Recorded, ...]:
    """Recorded once: less than a minute."""
    with application.app_context():
        return record(few_words)


@pytest.fixture
def disc(few_words_disc: Path, tmp_path: Path) -> Path:
    """A disc to spoil."""
    return Path(shutil.copytree(few_words_disc, tmp_path / "disc"))


@pytest.fixture(scope="module")
def few_words_disc(
    application: Flask, few_words: Document, spoken: tuple[Recorded, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    with application.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.formats.audio_cd.record", lambda document, rate: spoken)
        return written(make("audio-cd", few_words), tmp_path_factory.mktemp("few"))


def written(file: File, folder: Path) -> Path:
    path = folder / file.name
    if file.members:
        path.mkdir()
        for member in file.members:
            written(member, path)
    else:
        path.write_bytes(file.content)
    return path


def findings(path: Path) -> str:
    return "\n".join(finding.words for finding in check(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_disc_passes_the_checks(language: str, folders: dict[str, Path]):
    assert findings(folders[language]) == ""


def test_its_cue_sheet_stands_for_the_whole_disc(few_words_disc: Path):
    assert findings(few_words_disc / "letter.cue") == ""


def test_a_zip_file_of_it_passes_the_checks(few_words_disc: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "cd.zip", "w") as archive:
        for path in few_words_disc.iterdir():
            archive.write(path, f"{few_words_disc.name}/{path.name}")
    assert findings(tmp_path / "cd.zip") == ""


def test_each_section_is_a_track(folders: dict[str, Path]):
    tracks = sorted(folders["en"].glob("*.wav"))
    assert [track.name for track in tracks] == [f"track-{number:02}.wav" for number in range(1, 8)]
    label = (folders["en"] / "label.txt").read_text()
    assert "Anna Nowak" in label
    assert "6. The Housing Ombudsman (1:" in label


def test_other_programs_read_the_tracks(folders: dict[str, Path]):
    for track in folders["ar"].glob("*.wav"):
        shown = ["-show_entries", "stream=codec_name,sample_rate,channels", "-of", "csv=p=0"]
        said = subprocess.run(["ffprobe", "-v", "error", *shown, track], capture_output=True, text=True, check=True)
        assert said.stdout.strip() == "pcm_s16le,44100,2"


def test_the_cue_sheet_names_the_letter_and_its_sender_for_the_players_display(folders: dict[str, Path]):
    lines = (folders["en"] / "letter.cue").read_bytes().decode("latin-1").split("\r\n")
    assert lines[:5] == [
        'PERFORMER "Harbour Homes"',
        'TITLE "We have your complaint"',
        'FILE "track-01.wav" WAVE',
        "  TRACK 01 AUDIO",
        '    TITLE "About this recording"',
    ]


def test_a_title_that_the_display_cannot_show_gives_way_to_the_reference(folders: dict[str, Path]):
    assert 'TITLE "K7M4-QX9T"' in (folders["ar"] / "letter.cue").read_text("latin-1")
    assert "وصلتنا شكواك" in (folders["ar"] / "label.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def awkward(application: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A title that no display shows as it is, and a section of nothing but its heading."""
    html = "<p>Hello.</p><h2>Yes</h2><h2>No</h2><p>No.</p>"
    sender = Sender("Harbour Homes", (), PHONE)
    with application.app_context():
        document = letter(html, title='Tŷ "Ŵyn" – naïve', sender=sender, recipient=())
        return written(make("audio-cd", document), tmp_path_factory.mktemp("awkward"))


def test_an_awkward_letters_disc_passes_the_checks(awkward: Path):
    assert findings(awkward) == ""


def test_quotation_marks_and_accents_in_titles_do_not_break_the_cue_sheet(awkward: Path):
    assert "TITLE \"Ty 'Wyn' - naïve\"" in (awkward / "letter.cue").read_text("latin-1")


def test_a_short_section_is_as_long_as_a_track_must_be(awkward: Path):
    with wave.open(str(awkward / "track-03.wav")) as track:
        assert track.getnframes() == 4 * 44_100


def test_the_same_sound_gives_the_same_disc(
    letterbox: Flask,
    few_words: Document,
    few_words_disc: Path,
    spoken: tuple[Recorded, ...],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("app.formats.audio_cd.record", lambda document, rate: spoken)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    for member in make("audio-cd", few_words).members:
        assert (few_words_disc / member.name).read_bytes() == member.content, member.name


def track(seconds: float) -> Track:
    return Track("part", bytes(int(seconds * FRAMES_A_SECOND) * VOICE_FRAME))


def test_a_letter_longer_than_a_disc_goes_on_the_next():
    discs = list(discs_of([track(30 * 60)] * 5))
    assert [len(disc) for disc in discs] == [2, 2, 1]


def test_a_disc_has_no_more_tracks_than_it_may():
    assert [len(disc) for disc in discs_of([track(4)] * 100)] == [MOST_TRACKS, 1]


def test_the_pauses_between_tracks_count_too():
    assert [len(disc) for disc in discs_of([track(37 * 60)] * 2)] == [1, 1]


@pytest.mark.parametrize("more", [0, 1, SHORTEST_TRACK - 1, SHORTEST_TRACK, LONGEST_DISC])
def test_a_section_longer_than_a_disc_is_cut_and_no_piece_is_too_short(more: int):
    pieces = [
        len(piece) // VOICE_FRAME for piece in _discs_long(memoryview(bytes((LONGEST_DISC + more) * VOICE_FRAME)))
    ]
    assert sum(pieces) == LONGEST_DISC + more
    assert all(SHORTEST_TRACK <= piece <= LONGEST_DISC - 2 * FRAMES_A_SECOND for piece in pieces)


def test_a_letter_of_two_discs_has_a_folder_for_each(
    letterbox: Flask,
    few_words: Document,
    spoken: tuple[Recorded, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    seconds = sum(section.seconds for section in spoken)
    monkeypatch.setattr("app.formats.audio_cd.record", lambda document, rate: spoken)
    monkeypatch.setattr("app.formats.audio_cd.LONGEST_DISC", round(seconds * 0.75) * FRAMES_A_SECOND)
    made = make("audio-cd", few_words)
    folder = written(made, tmp_path)
    labels = ["players-label.brf", "players-label.pdf", "players-label.txt"]
    assert sorted(path.name for path in folder.iterdir()) == ["disc-1", "disc-2", *labels, "players.iso"]
    first, second = ((folder / disc / "label.txt").read_text() for disc in ("disc-1", "disc-2"))
    assert [label.splitlines()[3] for label in (first, second)] == ["Disc 1 of 2", "Disc 2 of 2"]
    assert findings(folder) == ""
    packed = zipfile.ZipFile(BytesIO(in_one_piece(made).content))
    assert sorted(packed.namelist()) == sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    )
    assert packed.read("disc-2/letter.cue") == (folder / "disc-2" / "letter.cue").read_bytes()


class TestTheDiscForPlayers:
    def files(self, folder: Path, **where: str) -> list[str]:
        disc = PyCdlib()
        disc.open(str(folder / "players.iso"))
        coding = "utf-16-be" if "joliet_path" in where else "ascii"
        names = [entry.file_identifier().decode(coding) for entry in disc.list_children(**where) if entry.is_file()]
        disc.close()
        return names

    def test_a_plain_player_finds_the_parts_in_order(self, folders: dict[str, Path]):
        names = self.files(folders["en"], iso_path="/")
        assert names == [*(f"PART_{number:02}.MP3;1" for number in range(1, 8)), "PART_08.TXT;1"]

    def test_a_computer_shows_their_titles_in_the_letters_language(self, folders: dict[str, Path]):
        assert "02 وصلتنا شكواك.mp3" in self.files(folders["ar"], joliet_path="/")

    def test_its_sound_is_the_letters(self, folders: dict[str, Path], tmp_path: Path):
        disc = PyCdlib()
        disc.open(str(folders["en"] / "players.iso"))
        disc.get_file_from_iso(str(tmp_path / "part.mp3"), joliet_path="/04 What happens next.mp3")
        disc.close()
        sound = MP3(tmp_path / "part.mp3")
        assert [str(sound.tags[name]) for name in ("TIT2", "TALB", "TRCK", "TLAN")] == [
            "What happens next", "We have your complaint", "4/7", "eng",
        ]  # fmt: skip
        with wave.open(str(folders["en"] / "track-04.wav")) as track:
            assert abs(track.getnframes() / 44_100 - sound.info.length) < 0.2

    def test_names_lose_what_a_disc_cannot_hold(self):
        assert name_of(3, 'A/b: "c" \\ 100%? 🥶', ".mp3") == '03 Ab "c" 100%.mp3'
        assert len(name_of(3, "long " * 40, ".mp3")) <= 64

    @pytest.mark.parametrize("title", ["long " * 40, "رسالة طويلة " * 20, "漢字" * 60, "...", ""])
    def test_a_disc_takes_every_title(self, title: str):
        name = name_of(1, title, ".mp3")
        assert name.startswith("01")
        assert len(image([File(name, "audio/mpeg", b"sound")], "K7M4-QX9T", date(2026, 12, 11))) > 2048 * 20

    def test_the_same_files_give_the_same_disc_on_another_day(self, monkeypatch: pytest.MonkeyPatch):
        files = [File("01 one.mp3", "audio/mpeg", b"sound"), File("label.txt", "text/plain", b"words")]
        once = image(files, "K7M4-QX9T", date(2026, 12, 11))
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
        assert image(files, "K7M4-QX9T", date(2026, 12, 11)) == once


class TestLabels:
    def test_the_sheet_fits_the_case_and_says_what_is_on_the_disc(self, folders: dict[str, Path]):
        with pikepdf.open(folders["en"] / "label.pdf") as sheet:
            assert [round(float(side) / 72 * 25.4) for side in sheet.pages[0].mediabox[2:]] == [120, 120]
        words = subprocess.run(["pdftotext", folders["en"] / "label.pdf", "-"], capture_output=True, text=True).stdout
        assert "K7M4-QX9T" in words
        assert "The Housing Ombudsman (1:" in words

    def test_the_braille_names_the_letter_and_its_sender(self, folders: dict[str, Path]):
        assert (folders["en"] / "label.brf").read_bytes().decode() == (
            ",WE HAVE YOUR\r\n  COMPLAINT\r\n,HARBOUR ,HOMES\r\n,K#G,M#D-,,QX#I,T\r\n"
        )


class TestChecks:
    """The checker is seen to refuse."""

    def spoil(self, disc: Path, rate: int = 44_100, channels: int = 2, samples: int = 588 * 400) -> None:
        with wave.open(str(disc / "track-01.wav"), "wb") as file:
            file.setparams((channels, 2, rate, 0, "NONE", ""))
            file.writeframes(bytes([0, 16, 0, 16]) * (samples * channels // 2))

    def test_another_sample_rate(self, disc: Path):
        self.spoil(disc, rate=22_050)
        assert "track-01.wav has 22050 Hz" in findings(disc)

    def test_one_channel(self, disc: Path):
        self.spoil(disc, channels=1)
        assert "1 channels" in findings(disc)

    def test_no_whole_frames(self, disc: Path):
        self.spoil(disc, samples=588 * 400 + 2)
        assert "no whole frames of 588" in findings(disc)

    def test_too_short_a_track(self, disc: Path):
        self.spoil(disc, samples=588 * 299)
        assert "not 4 s or more" in findings(disc)

    def test_a_silent_track(self, disc: Path):
        (disc / "track-01.wav").write_bytes((disc / "track-01.wav").read_bytes()[:44] + bytes(588 * 400 * 4))
        assert "track-01.wav" in findings(disc)

    def test_a_track_that_the_cue_sheet_does_not_name(self, disc: Path):
        shutil.copy(disc / "track-02.wav", disc / "track-77.wav")
        assert "the cue sheet names" in findings(disc)

    def test_a_track_that_is_missing(self, disc: Path):
        (disc / "track-02.wav").unlink()
        assert "the cue sheet names" in findings(disc)

    def test_no_cue_sheet(self, disc: Path):
        (disc / "letter.cue").unlink()
        assert "0 cue sheets" in findings(disc)

    def test_a_broken_cue_sheet(self, disc: Path):
        sheet = disc / "letter.cue"
        sheet.write_bytes(sheet.read_bytes().replace(b"TRACK 02", b"TRACK 03").replace(b"INDEX 01", b"INDEX 99", 1))
        found = findings(disc)
        assert "no command of one" in found
        assert "not numbered from 1" in found
        assert "starts at the start" in found

    def test_no_label(self, disc: Path):
        (disc / "label.txt").unlink()
        assert "no label" in findings(disc)

    def test_no_label_for_the_case(self, disc: Path):
        (disc / "label.pdf").unlink()
        (disc / "label.brf").write_bytes(b"a line in small letters\r\n")
        found = findings(disc)
        assert "no label to print (label.pdf)" in found
        assert "label.brf has other than lines of braille" in found

    def test_no_disc_for_players(self, disc: Path):
        (disc / "players.iso").unlink()
        assert "no disc for players" in findings(disc)

    @pytest.mark.parametrize(
        ("at", "new", "said"),
        [
            (16 * 2048 + 1, b"XX001", "cannot be read as a disc"),
            (17 * 2048, b"\xff", "cannot be read as a disc"),
        ],
    )
    def test_a_broken_image(self, at: int, new: bytes, said: str, disc: Path):
        content = bytearray((disc / "players.iso").read_bytes())
        content[at : at + len(new)] = new
        (disc / "players.iso").write_bytes(content)
        assert said in findings(disc / "players.iso")

    def test_an_image_that_is_cut_off(self, disc: Path):
        content = (disc / "players.iso").read_bytes()
        (disc / "players.iso").write_bytes(content[: len(content) // 2])
        found = findings(disc / "players.iso")
        assert "it is cut off" in found
        assert ".mp3" in found

    def test_a_disc_that_is_too_long(self, disc: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("app.formats.check.audio_cd.LONGEST_DISC", 20 * 75)
        assert "not 74 minutes at most" in findings(disc)

    def test_a_broken_zip_file(self, tmp_path: Path):
        (tmp_path / "cd.zip").write_bytes(b"PK")
        assert "cannot be unpacked" in findings(tmp_path / "cd.zip")
