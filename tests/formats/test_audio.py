"""The letter as an MP3: it plays, says whose it is, can be jumped through, and is evenly loud."""

import dataclasses
import json
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from mutagen.id3 import ID3

from app.formats import make
from app.formats.check import check
from app.formats.document import Document, File, FormatRefused, Heading, Quotation, Sender
from app.formats.speech import record
from app.formats.speech.engine import ENGINES, ESPEAK_NG
from tests.formats.samples import PHONE, letter, sample
from tests.formats.test_hostile_text import HOSTILE, many_hostile
from tests.formats.test_speech_engine import engine

LANGUAGES = ["en", "cy", "ar"]


def soon_read_out(document: Document) -> Document:
    """Without the addresses, which take a minute and more to spell."""
    return dataclasses.replace(document, sender=Sender("Harbour Homes", (), PHONE), recipient=())


@pytest.fixture(scope="module")
def letters(application: Flask) -> dict[str, File]:
    """A whole letter in English; what begins and ends one in Welsh and Arabic (whole ones: tests/letters/matrix.py)."""
    with application.app_context():
        made = {"en": make("audio", sample("en"))}
        for language in ("cy", "ar"):
            whole = sample(language)
            short = dataclasses.replace(whole, blocks=(*whole.blocks[:4], *whole.blocks[-2:]))
            made[language] = make("audio", soon_read_out(short))
        return made


def saved(file: File, folder: Path) -> Path:
    path = folder / file.name
    path.write_bytes(file.content)
    return path


def probed(path: Path) -> dict:
    shown = ["-show_format", "-show_chapters", "-show_streams", "-of", "json"]
    return json.loads(subprocess.run(["ffprobe", "-v", "error", *shown, path], capture_output=True, check=True).stdout)


def findings(path: Path) -> str:
    return "\n".join(finding.words for finding in check(path))


def changed(path: Path, *how: str) -> Path:
    """The file gone through ffmpeg once more."""
    new = path.with_name("changed.mp3")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", path, *how, new], check=True)
    return new


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_read_out_passes_the_checks(language: str, letters: dict[str, File], tmp_path: Path):
    assert findings(saved(letters[language], tmp_path)) == ""


@pytest.mark.parametrize(("language", "tag"), [("en", "eng"), ("cy", "cym"), ("ar", "ara")])
def test_the_tags_name_the_letter_its_sender_and_its_language(
    language: str, tag: str, letters: dict[str, File], tmp_path: Path
):
    tags = ID3(saved(letters[language], tmp_path))
    assert str(tags["TIT2"]) == sample(language).title
    assert str(tags["TPE1"]) == "Harbour Homes"
    assert str(tags["TLAN"]) == tag


def test_each_heading_is_a_chapter(letters: dict[str, File], tmp_path: Path):
    titles = [chapter["tags"]["title"] for chapter in probed(saved(letters["en"], tmp_path))["chapters"]]
    assert titles == [
        "About this recording",
        "We have your complaint",
        "What we understood",
        "What happens next",
        "If you are not happy with how we do this",
        "The Housing Ombudsman",
        "Who this letter is from",
    ]


def test_the_opening_says_how_long_the_whole_lasts(letterbox: Flask, letters: dict[str, File], tmp_path: Path):
    sections = record(sample("en"))
    minutes = sum(section.seconds for section in sections) / 60
    duration = float(probed(saved(letters["en"], tmp_path))["format"]["duration"]) / 60
    assert abs(minutes - duration) < 0.01
    assert 3 < minutes < 9


def test_the_same_letter_in_the_same_voice_gives_the_same_sound(letterbox: Flask):
    """In pyttsx3 a sentence now and then comes out empty and is said again, which changes a few bytes of the next."""
    once, again = (record(sample("cy"), engines=(ESPEAK_NG,)) for _time in range(2))
    assert [section.samples for section in once] == [section.samples for section in again]


def test_titles_with_signs_that_ffmpeg_reads_stay_titles(letterbox: Flask, tmp_path: Path):
    title = "A=b; #c \\d [CHAPTER] 100%"
    document = soon_read_out(letter(f"<p>Hello.</p><h2>{title}</h2><p>Hello.</p>", title=title))
    found = probed(saved(make("audio", document), tmp_path))
    assert found["format"]["tags"]["title"] == title
    assert [chapter["tags"]["title"] for chapter in found["chapters"]][2] == title


def test_a_language_without_a_voice_is_refused_with_what_to_offer_instead(letterbox: Flask):
    with pytest.raises(FormatRefused, match=r"no voice for the language 'so'.*large print or braille"):
        make("audio", dataclasses.replace(sample("en"), language="so"))


def test_when_every_engine_fails_the_letter_is_refused_with_the_reason(letterbox: Flask):
    lost = engine("sys.exit('the voice is lost')")
    with pytest.raises(FormatRefused, match=r"could not read this letter.*the voice is lost"):
        record(sample("en"), engines=[lost, lost])


def test_the_time_limit_is_the_setting(letterbox: Flask, monkeypatch: pytest.MonkeyPatch):
    settings = dataclasses.replace(letterbox.config["LETTERBOX"], speech_timeout=2.0)
    monkeypatch.setitem(letterbox.config, "LETTERBOX", settings)
    with pytest.raises(FormatRefused, match=r"timed out after 1.0 seconds"):
        record(sample("en"), engines=[engine("time.sleep(600)"), engine("time.sleep(600)")])


def test_a_letter_is_made_by_the_second_engine_when_the_first_dies(letterbox: Flask):
    first = engine("os.kill(os.getpid(), signal.SIGKILL)")
    assert len(record(sample("cy"), engines=[first, ENGINES[1]])) == 5


def test_hostile_words_are_read_out_as_words(letterbox: Flask, tmp_path: Path):
    names = ["markup", "control characters", "emoji", "scripts", "spaces", "private"]
    whole = many_hostile(names)
    blocks = tuple(block for block in whole.blocks if isinstance(block, Heading | Quotation))
    document = dataclasses.replace(whole, sender=Sender("Harbour Homes", (), PHONE), blocks=blocks)
    assert findings(saved(make("audio", document), tmp_path)) == ""


def test_twenty_thousand_characters_are_read_out(letterbox: Flask):
    long = letter((Quotation((HOSTILE["long text"],)),))
    assert sum(section.seconds for section in record(long)) > 15 * 60


def test_markup_is_not_obeyed(letterbox: Flask):
    """With a pause of 20 s asked for in speech markup, and the same in letters that mean nothing."""

    def seconds(text: str) -> float:
        return record(letter((Quotation((text,)),)))[1].seconds

    assert abs(seconds('<break time="20s"/> hello') - seconds('<brake time="20s"/> hello')) < 2


class TestChecks:
    """The checker is seen to refuse."""

    def test_a_quiet_file(self, letters: dict[str, File], tmp_path: Path):
        path = changed(saved(letters["cy"], tmp_path), "-af", "volume=-12dB", "-b:a", "48k")
        assert "its loudness is" in findings(path)

    def test_a_clipped_file(self, letters: dict[str, File], tmp_path: Path):
        path = changed(saved(letters["cy"], tmp_path), "-af", "volume=12dB", "-b:a", "48k")
        assert "its highest peak is" in findings(path)

    def test_no_chapters(self, letters: dict[str, File], tmp_path: Path):
        assert "0 chapters" in findings(changed(saved(letters["cy"], tmp_path), "-map_chapters", "-1", "-c", "copy"))

    def test_no_tags(self, letters: dict[str, File], tmp_path: Path):
        found = findings(changed(saved(letters["cy"], tmp_path), "-map_metadata", "-1", "-c", "copy"))
        assert "does not name its title" in found
        assert "does not name its language" in found

    def test_cut_short(self, letters: dict[str, File], tmp_path: Path):
        path = saved(letters["cy"], tmp_path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        assert "its last chapter ends at" in findings(path)

    def test_a_long_silence(self, letters: dict[str, File], tmp_path: Path):
        path = changed(saved(letters["cy"], tmp_path), "-af", "volume=0:enable='between(t,30,40)'", "-b:a", "48k")
        assert "it is silent for" in findings(path)

    def test_no_sound_at_all(self, tmp_path: Path):
        path = tmp_path / "letter.mp3"
        path.write_bytes(b"not an MP3")
        assert "cannot be played" in findings(path)
