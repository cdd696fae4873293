"""A made WAV file: it plays, says whose it is, has a mark for each section, and is evenly loud.

Read part by part as the RIFF format has it; the sound itself by ffmpeg.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from app.formats.check.audio import SECONDS, SHORTEST, loudness_findings, silences_in
from app.formats.document import FormatRefused
from app.formats.speech.loudness import measure

Chunk = tuple[bytes, bytes]


def check(path: Path) -> list[str]:
    """One sentence a finding."""
    content = path.read_bytes()
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return ["it is no WAV file"]
    if struct.unpack_from("<I", content, 4)[0] != len(content) - 8:
        return ["it was cut short: its head says another length"]
    parts = list(_parts(content[12:]))
    named = dict(parts)
    if b"fmt " not in named or b"data" not in named:
        return ["it holds no sound"]
    return [*_findings(parts, named[b"fmt "], len(named[b"data"])), *_sound_findings(path)]


def _parts(content: bytes) -> Iterator[Chunk]:
    place = 0
    while place + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, place)
        yield name, content[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _findings(parts: list[Chunk], shape: bytes, length: int) -> Iterator[str]:
    kind, _channels, rate, _bytes, width, bits = struct.unpack_from("<HHIIHH", shape)
    if (kind, bits) != (1, 16):
        yield f"its sound is of kind {kind} with {bits} bits, not plain samples of 16"
    seconds = length / width / rate if width and rate else 0
    if seconds < SHORTEST:
        yield f"it lasts {seconds:.1f} s, not {SHORTEST:.0f} s or more"
    lists = {content[:4]: dict(_parts(content[4:])) for name, content in parts if name == b"LIST"}
    for name, words in ((b"INAM", "title"), (b"IART", "sender (artist)")):
        if not lists.get(b"INFO", {}).get(name, b"").strip(b"\0 "):
            yield f"it does not name its {words}"
    yield from _mark_findings(parts, length // width if width else 0)


def _mark_findings(parts: list[Chunk], samples: int) -> Iterator[str]:
    points = dict(parts).get(b"cue ", b"\0\0\0\0")
    starts = [
        struct.unpack_from("<I", points, 4 + 24 * number + 20)[0]
        for number in range(struct.unpack_from("<I", points)[0])
    ]
    titles = [
        text
        for name, content in parts
        if name == b"LIST" and content[:4] == b"adtl"
        for kind, text in _parts(content[4:])
        if kind == b"labl" and text[4:].strip(b"\0 ")
    ]
    if len(starts) < 2:
        yield f"it has {len(starts)} marks: an opening and a letter are two at least"
    elif starts[0] or starts != sorted(set(starts)) or starts[-1] >= samples:
        yield "its marks do not stand one after the other in its sound"
    if len(titles) != len(starts):
        yield f"{len(starts)} marks have {len(titles)} titles"


def _sound_findings(path: Path) -> Iterator[str]:
    try:
        loudness = measure(str(path), SECONDS)
        silences = silences_in(path)
    except (FormatRefused, OSError, ValueError) as wrong:
        yield f"it cannot be played: {wrong}"
        return
    yield from (f"it is silent for {length:.1f} s at {start:.1f} s" for start, length in silences)
    yield from loudness_findings(loudness.lufs, loudness.peak)
