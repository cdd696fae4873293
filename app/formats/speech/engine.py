"""The voice: sentences in, verified sound out.

Engines stand in order, the best first. Each sentence is spoken by the first that has a voice for its language; when an
engine fails, stalls, or what it made is not what was asked for, those behind it speak the whole letter anew. Each runs
in a process of its own with a share of the time allowed.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.formats.speech import waves
from app.formats.speech.plain import is_sayable
from app.formats.speech.voices import ESPEAK_NG_VOICES
from app.formats.speech.waves import NotSound, Samples

_log = logging.getLogger(__name__)
CHILD = str(Path(__file__).with_name("child.py"))
_END_OF_STDERR = 400  # characters of what a failed engine said that go into the error

# What a sentence may last. From 1,600 sentences of the three voices at 80 to 175 words a minute: a letter of a word
# takes 0.03 to 0.2 s, a digit (which may stand for "two thousand") up to 0.6 s.
SHORTEST_LETTER = 0.02
LONGEST_CHARACTER = 0.9
LONGEST_START = 2.0
QUIETEST_PEAK = 1_000  # of 32,767


@dataclass(frozen=True)
class Engine:
    """``command`` speaks as ``child.py`` describes; the job's file and the seconds allowed are added to it.

    ``voices``: language → the voice as this engine names it.
    """

    name: str
    command: tuple[str, ...]
    voices: Mapping[str, str] = field(default_factory=lambda: ESPEAK_NG_VOICES)


PYTTSX3 = Engine("pyttsx3", (sys.executable, "-I", CHILD, "pyttsx3"))
ESPEAK_NG = Engine("espeak-ng", (sys.executable, "-I", CHILD, "espeak-ng"))
ENGINES = (PYTTSX3, ESPEAK_NG)


@dataclass(frozen=True)
class Breath:
    """What an engine is asked for: ``text`` in ``language``, at ``rate`` words a minute."""

    text: str
    language: str
    rate: int


class SpeechFailed(Exception):
    """No engine spoke the letter as it should be. Says what each of them did."""


class Speaker:
    """Speaks the parts of one letter. An engine that failed on one part is not asked for the next.

    Safe in threads and in forked processes: nothing of a voice is loaded here.
    """

    def __init__(self, seconds: float, engines: Sequence[Engine] = ENGINES) -> None:
        self.seconds = seconds
        self.engines = tuple(engines)

    def speak(self, breaths: Sequence[Breath]) -> "list[Samples[int]]":
        """The sound of each breath, in order, without quiet at its ends. It all takes at most ``seconds``.

        Raises SpeechFailed.
        """
        different = list(dict.fromkeys(breaths))
        failures = []
        left = self.seconds
        while self.engines:
            # Half of what is left, and all of it for the last: the best voice is the slowest.
            allowed = left / 2 if len(self.engines) > 1 else left
            left -= allowed
            try:
                sound = _speak_with(self.engines, different, allowed)
            except _EngineFailed as failure:
                failures.append(f"{failure.engine.name}: {failure.__cause__}")
                _log.warning("The engine %s did not speak: %s", failure.engine.name, failure.__cause__)
                self.engines = tuple(engine for engine in self.engines if engine is not failure.engine)
                continue
            return [sound[breath] for breath in breaths]
        raise SpeechFailed("; ".join(failures) or "there is no engine")


def speak(breaths: Sequence[Breath], seconds: float, engines: Sequence[Engine] = ENGINES) -> "list[Samples[int]]":
    """As ``Speaker.speak``, for a letter of one part."""
    return Speaker(seconds, engines).speak(breaths)


class _EngineFailed(Exception):
    def __init__(self, engine: Engine) -> None:
        super().__init__(engine.name)
        self.engine = engine


def _speak_with(engines: Sequence[Engine], breaths: Sequence[Breath], seconds: float) -> "dict[Breath, Samples[int]]":
    """Raises _EngineFailed; SpeechFailed where no engine has a voice for the language."""
    until = time.monotonic() + seconds
    sound: dict[Breath, Samples[int]] = {}
    waiting = list(breaths)
    for engine in engines:
        mine = [breath for breath in waiting if breath.language in engine.voices]
        waiting = [breath for breath in waiting if breath.language not in engine.voices]
        if not mine:
            continue
        try:
            spoken = dict(zip(mine, _spoken_by(engine, mine, round(until - time.monotonic(), 1)), strict=True))
        except (NotSound, subprocess.SubprocessError, OSError) as failure:
            raise _EngineFailed(engine) from failure
        sound.update(_as_loud_as(sound, spoken))
    if waiting:
        raise SpeechFailed(f"no engine has a voice for {waiting[0].language!r}")
    return sound


def _as_loud_as(
    first: "Mapping[Breath, Samples[int]]", second: "Mapping[Breath, Samples[int]]"
) -> "Mapping[Breath, Samples[int]]":
    """The sound of the second engine as loud as that of the first: they speak in one letter."""
    if not first:
        return second
    gain = waves.level(first.values()) / waves.level(second.values())
    return {breath: waves.louder(samples, gain) for breath, samples in second.items()}


def _spoken_by(engine: Engine, breaths: Sequence[Breath], seconds: float) -> "list[Samples[int]]":
    with tempfile.TemporaryDirectory(prefix="letterbox-speech-") as name:
        folder = Path(name)
        files = [folder / f"{number:05}.wav" for number in range(len(breaths))]
        job = folder / "job.json"
        sentences = [
            {"text": breath.text, "voice": engine.voices[breath.language], "rate": breath.rate, "file": file.name}
            for breath, file in zip(breaths, files, strict=True)
        ]
        job.write_text(json.dumps(sentences))
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
