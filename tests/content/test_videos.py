"""The self-help videos: seen, heard, read and described, in every language that the site offers."""

import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from app.config import PROJECT
from app.content.videos import VIDEOS, transcript
from app.languages import LANGUAGES
from tests.laws.english import NAMES, English, Piece, english_in

FOLDER = PROJECT / "static" / "videos"
TIMES = re.compile(r"^(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d)\.(\d{3})$", re.MULTILINE)


def cues(captions: str) -> list[tuple[float, float]]:
    found = []
    for parts in TIMES.findall(captions):
        first, last = ([int(part) for part in parts[at : at + 3]] for at in (0, 3))
        found.append(
            tuple(minutes * 60 + seconds + thousandths / 1000 for minutes, seconds, thousandths in (first, last))
        )
    return found


def probed(file: Path) -> dict:
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", file],
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", VIDEOS)
def test_a_video_plays_on_an_old_phone_and_begins_before_all_of_it_has_come(name: str) -> None:
    for suffix in ("", ".described"):
        file = FOLDER / f"{name}{suffix}.mp4"
        found = probed(file)
        assert {stream["codec_name"] for stream in found["streams"]} == {"h264", "aac"}
        assert "Baseline" in found["streams"][0]["profile"]
        data = file.read_bytes()
        assert data.index(b"moov") < data.index(b"mdat")
        assert len(data) < 1_200_000


@pytest.mark.parametrize("name", VIDEOS)
@pytest.mark.parametrize("suffix", ["", ".described"])
def test_captions_follow_each_other_to_the_end_of_the_video_in_every_language(name: str, suffix: str) -> None:
    lasts = float(probed(FOLDER / f"{name}{suffix}.mp4")["format"]["duration"])
    for tag in LANGUAGES:
        captions = (FOLDER / f"{name}{suffix}.{tag}.vtt").read_text(encoding="utf-8")
        assert captions.startswith("WEBVTT\n\n")
        times = cues(captions)
        assert len(times) > 15
        assert all(begins < ends for begins, ends in times)
        assert all(before[1] <= after[0] + 0.001 for before, after in pairwise(times))
        assert lasts - 3 < times[-1][1] <= lasts + 0.1


@pytest.mark.parametrize("name", VIDEOS)
def test_captions_are_in_the_language_of_their_file(name: str) -> None:
    shown = [
        Piece(line, tag, f"{name}{suffix}")
        for tag in LANGUAGES
        for suffix in ("", ".described")
        for line in (FOLDER / f"{name}{suffix}.{tag}.vtt").read_text(encoding="utf-8").splitlines()
        if line != "WEBVTT" and "-->" not in line
    ]
    assert english_in(shown, English(NAMES)) == []


@pytest.mark.parametrize("name", VIDEOS)
def test_the_words_of_a_video_say_what_is_heard_and_what_is_seen_scene_by_scene(name: str) -> None:
    for tag in LANGUAGES:
        scenes = list(transcript((FOLDER / f"{name}.described.{tag}.vtt").read_text(encoding="utf-8")))
        assert len(scenes) == 8
        assert all(words.startswith("[") and not words.endswith("]") for words in scenes)
