"""Sound as numbers: one channel, 16 bits, the rate at which eSpeak NG speaks."""

import sys
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path

RATE = 22_050  # samples a second; eSpeak NG's own
SILENT = 120  # of 32,767: quieter than any sound of the voice, louder than its rounding noise
LOUDEST = 32_767
KEPT_EDGE = RATE // 50  # samples of quiet that stay at each end, so that no sound is clipped

Samples = array  # of "h"


class NotSound(Exception):
    """A file that should hold speech does not. Says what is wrong with it."""


def read(path: Path) -> "Samples[int]":
    """The samples of a WAV file. Raises NotSound when it is missing, cut off, or not as the voice writes it."""
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            samples = _array(file.readframes(file.getnframes()))
    except (OSError, EOFError, wave.Error) as wrong:
        raise NotSound(f"no sound in {path.name}: {wrong}") from wrong
    if shape != (1, 2, RATE):
        raise NotSound(f"{path.name} has {shape[0]} channels of {shape[1] * 8} bits at {shape[2]} Hz")
    return samples


def _array(frames: bytes) -> "Samples[int]":
    samples = array("h")
    samples.frombytes(frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def trimmed(samples: "Samples[int]") -> "Samples[int]":
    """Without the quiet before and after: pauses are the script's, not the voice's."""
    first, last = 0, len(samples)
    while first < last and abs(samples[first]) < SILENT:
        first += 1
    while last > first and abs(samples[last - 1]) < SILENT:
        last -= 1
    return samples[max(0, first - KEPT_EDGE) : last + KEPT_EDGE]


def peak(samples: "Samples[int]") -> int:
    return max(max(samples), -min(samples)) if samples else 0


def level(sounds: "Iterable[Samples[int]]") -> float:
    """How loud speech is, its pauses left out: the root of the mean square of what is not silent; 1 for silence."""
    squares = count = 0
    for samples in sounds:
        for sample in samples[::7]:  # a part of them tells as much
            if abs(sample) >= 4 * SILENT:
                squares += sample * sample
                count += 1
    return max(1.0, (squares / count) ** 0.5) if count else 1.0


def louder(samples: "Samples[int]", gain: float) -> "Samples[int]":
    """``gain`` times as loud, but no louder than a sample can be."""
    return array("h", (max(-LOUDEST, min(LOUDEST, round(sample * gain))) for sample in samples))


def silence(seconds: float) -> "Samples[int]":
    return array("h", bytes(2 * round(seconds * RATE)))


def frames(samples: "Samples[int]") -> bytes:
    """Little-endian bytes, as a WAV file has them."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()
