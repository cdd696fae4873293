"""WAV: the letter's sound as it was spoken, for players and editors that take nothing else.

Each section has a mark (a cue point with its title), which sound editors and many players show.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence

from app.formats import Choice
from app.formats.document import Document, File, file_name
from app.formats.speech import Recorded, record, waves
from app.formats.speech.loudness import Shape, levelled

SHAPE = Shape(channels=1, rate=waves.RATE)


def make(document: Document, choice: Choice) -> File:
    """One channel of 16 bits, even volume, titles in it, a mark for each section.

    Raises FormatRefused when no voice speaks the language or the voice failed.
    """
    return file_of(document, record(document, choice.rate))


def file_of(document: Document, sections: Sequence[Recorded]) -> File:
    """What was recorded, as a file. Raises FormatRefused when it cannot be levelled."""
    samples = waves.silence(0)
    for section in sections:
        samples.extend(section.samples)
    sound = levelled(waves.frames(samples), waves.RATE, SHAPE)
    info = {"INAM": document.title, "IART": document.sender.name, "ISBJ": document.reference.text}
    chunks = (_chunk(b"fmt ", _shape()), _info(info), _chunk(b"data", sound), *_marks(sections))
    return File(file_name(document, "audio.wav"), "audio/wav", _chunk(b"RIFF", b"WAVE" + b"".join(chunks)))


def _chunk(name: bytes, content: bytes) -> bytes:
    """A part of a RIFF file (IBM and Microsoft, 1991): its name, its length, and an even number of bytes."""
    return struct.pack("<4sI", name, len(content)) + content + b"\0" * (len(content) % 2)


def _shape() -> bytes:
    width = SHAPE.channels * 2
    return struct.pack("<HHIIHH", 1, SHAPE.channels, SHAPE.rate, SHAPE.rate * width, width, 16)


def _info(entries: dict[str, str]) -> bytes:
    return _list(b"INFO", (_chunk(name.encode(), _ended(text)) for name, text in entries.items()))


def _marks(sections: Sequence[Recorded]) -> Iterator[bytes]:
    """Where each section starts, in samples, and what it is called."""
    starts, start = [], 0
    for section in sections:
        starts.append(start)
        start += len(section.samples)
    points = b"".join(
        struct.pack("<II4sIII", number, start, b"data", 0, 0, start) for number, start in enumerate(starts, 1)
    )
    yield _chunk(b"cue ", struct.pack("<I", len(starts)) + points)
    yield _list(
        b"adtl",
        (
            _chunk(b"labl", struct.pack("<I", number) + _ended(section.title))
            for number, section in enumerate(sections, 1)
        ),
    )


def _list(kind: bytes, chunks: Iterable[bytes]) -> bytes:
    return _chunk(b"LIST", kind + b"".join(chunks))


def _ended(text: str) -> bytes:
    return " ".join(text.split()).encode() + b"\0"
