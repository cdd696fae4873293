"""The voice: sentences in, verified sound out.

pyttsx3 speaks first; when it fails, stalls, or what it made is not what was asked for, the espeak-ng command speaks the
whole letter anew. Each runs in a process of its own with half of the time allowed.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.formats.speech import waves
from app.formats.speech.plain import is_sayable
from app.formats.speech.waves import NotSound, Samples

_log = logging.getLogger(__name__)
_CHILD = str(Path(__file__).with_name("child.py"))
_END_OF_STDERR = 400  # characters of what a failed engine said that go into the error

# What a sentence may last. From 1,600 sentences of the three voices at 80 to 175 words a minute: a letter of a word
# takes 0.03 to 0.2 s, a digit (which may stand for "two thousand") up to 0.6 s.
SHORTEST_LETTER = 0.02
LONGEST_CHARACTER = 0.9
LONGEST_START = 2.0
QUIETEST_PEAK = 1_000  # of 32,767


@dataclass(frozen=True)
class Engine:
    """``command`` speaks as ``child.py`` describes; the job's file and the seconds allowed are added to it."""

    name: str
    command: tuple[str, ...]


PYTTSX3 = Engine("pyttsx3", (sys.executable, "-I", _CHILD, "pyttsx3"))
ESPEAK_NG = Engine("espeak-ng", (sys.executable, "-I", _CHILD, "espeak-ng"))
ENGINES = (PYTTSX3, ESPEAK_NG)


@dataclass(frozen=True)
class Breath:
    """What the engine is asked for: ``voice`` as eSpeak NG names it, ``rate`` in words a minute."""

    text: str
    voice: str
    rate: int


class SpeechFailed(Exception):
    """No engine spoke the letter as it should be. Says what each of them did."""


def speak(breaths: Sequence[Breath], seconds: float, engines: Sequence[Engine] = ENGINES) -> "list[Samples[int]]":
    """The sound of each breath, in order, without quiet at its ends. All engines together take at most ``seconds``.

    Safe in threads and in forked processes: nothing of the voice is loaded here. Raises SpeechFailed.
    """
    different = list(dict.fromkeys(breaths))
    failures = []
    for engine in engines:
        try:
            sound = dict(zip(different, _speak_with(engine, different, seconds / len(engines)), strict=True))
        except (NotSound, subprocess.SubprocessError, OSError) as failure:
            failures.append(f"{engine.name}: {failure}")
            _log.warning("The engine %s did not speak: %s", engine.name, failure)
            continue
        return [sound[breath] for breath in breaths]
    raise SpeechFailed("; ".join(failures))


def _speak_with(engine: Engine, breaths: Sequence[Breath], seconds: float) -> "list[Samples[int]]":
    with tempfile.TemporaryDirectory(prefix="letterbox-speech-") as name:
        folder = Path(name)
        files = [folder / f"{number:05}.wav" for number in range(len(breaths))]
        job = folder / "job.json"
        sentences = zip(breaths, files, strict=True)
        job.write_text(json.dumps([{**asdict(breath), "file": file.name} for breath, file in sentences]))
        _run(engine, job, seconds)
        return [_verified(breath, file) for breath, file in zip(breaths, files, strict=True)]


def _run(engine: Engine, job: Path, seconds: float) -> None:
    """Raises TimeoutExpired when the time is over, NotSound when the engine ends badly."""
    errors = job.with_name("stderr")
    with (
        errors.open("wb") as stderr,
        subprocess.Popen(  # noqa: S603  our own script
            [*engine.command, str(job), str(seconds)],
            stdin=subprocess.PIPE,  # nothing is written to it: it closes when this process dies, however it dies
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,  # a group of its own, so that all of it can be ended at once
        ) as process,
    ):
        try:
            code = process.wait(seconds)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if code:
        said = errors.read_text(errors="replace").strip()[-_END_OF_STDERR:]
        raise NotSound(f"ended with {code}: {said}")


def _verified(breath: Breath, path: Path) -> "Samples[int]":
    """Raises NotSound unless the file holds as much speech as the words need, and no more."""
    samples = waves.trimmed(waves.read(path))
    if not is_sayable(breath.text):
        raise NotSound(f"nothing to say in {breath.text[:40]!r}")
    letters = sum(unicodedata.category(character)[0] in "LN" for character in breath.text)
    # The voice may have no name for a sign or a new emoji that stands alone.
    if letters and waves.peak(samples) < QUIETEST_PEAK:
        raise NotSound(f"{path.name} is silent: {breath.text[:40]!r}")
    seconds = len(samples) / waves.RATE
    if not SHORTEST_LETTER * letters <= seconds < LONGEST_START + LONGEST_CHARACTER * len(breath.text):
        raise NotSound(f"{path.name} lasts {seconds:.2f} s for {len(breath.text)} characters: {breath.text[:40]!r}")
    return samples
