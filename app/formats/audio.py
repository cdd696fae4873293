"""The letter as an MP3 with chapters, spoken in its language."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.formats import Choice
from app.formats.document import Document, File, file_name
from app.formats.speech import Recorded, record, waves
from app.formats.speech.loudness import TARGET_LUFS, Shape, allowed_for, ffmpeg, levelled
from app.formats.speech.voices import voice_for

# One channel at the voice's own rate: it has no sound above 11 kHz. At 48 kbit/s a minute takes 360 kB.
BIT_RATE = "48k"
SHAPE = Shape(channels=1, rate=waves.RATE)
LAME_TAKES_AWAY = 0.45  # dB: LAME multiplies by 0.95 before it encodes


def make(document: Document, choice: Choice) -> File:
    """An MP3: title, sender, language, a chapter for each section, even volume.

    The same sound gives the same bytes; the voice itself may differ by what nobody hears (see ``speech/child.py``).
    Raises FormatRefused when no voice speaks the language or the voice failed.
    """
    sections = record(document, choice.rate)
    sound = _even(sections)
    return File(file_name(document, "audio.mp3"), "audio/mpeg", mp3(sound, _labels(document, sections)))


def parts(document: Document, sections: Sequence[Recorded]) -> Iterator[bytes]:
    """An MP3 for each section, tagged with its title and number; none is louder than the others."""
    sound = _even(sections)
    start = 0
    for number, section in enumerate(sections, 1):
        end = start + 2 * len(section.samples)
        labels = tags(document, section.title, album=document.title, track=f"{number}/{len(sections)}")
        yield mp3(sound[start:end], "\n".join(labels) + "\n")
        start = end


def _even(sections: Sequence[Recorded]) -> bytes:
    """All sections in one, by one gain at the volume of a letter once LAME has encoded it."""
    samples = waves.silence(0)
    for section in sections:
        samples.extend(section.samples)
    return levelled(waves.frames(samples), waves.RATE, SHAPE, TARGET_LUFS + LAME_TAKES_AWAY)


def mp3(sound: bytes, labels: str) -> bytes:
    """Sound in ``SHAPE`` as an MP3 with these tags and chapters, as ``tags`` begins them."""
    with tempfile.TemporaryDirectory(prefix="letterbox-audio-") as name:
        folder = Path(name)
        (folder / "labels").write_text(labels, encoding="utf-8")
        # The names of the tags are version 2.3's: more players read it than 2.4.
        ffmpeg(
            *("-f", "s16le", "-ar", str(SHAPE.rate), "-ac", "1", "-i", "pipe:0"),
            *("-f", "ffmetadata", "-i", str(folder / "labels")),
            *("-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", "-c:a", "libmp3lame", "-b:a", BIT_RATE),
            *("-bitexact", "-id3v2_version", "3", str(folder / "letter.mp3")),
            sound=sound,
            seconds=allowed_for(sound, SHAPE.rate),
        )
        return (folder / "letter.mp3").read_bytes()


def _labels(document: Document, sections: Sequence[Recorded]) -> str:
    """Tags and chapters as ffmpeg reads them. Times in milliseconds, as ID3 has them; no gap between two chapters."""
    lines = tags(document, document.title)
    start = samples = 0
    for section in sections:
        samples += len(section.samples)
        end = samples * 1000 // waves.RATE
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={end}", f"title={_escaped(section.title)}"]
        start = end
    return "\n".join(lines) + "\n"


def tags(document: Document, title: str, **more: str) -> list[str]:
    """The lines that begin the labels of one sound file: its ``title``, the sender, the language; others by name."""
    named = {"title": title, "artist": document.sender.name, "language": voice_for(document.language).iso_639_2, **more}
    return [";FFMETADATA1", *(f"{name}={_escaped(text)}" for name, text in named.items()), "genre=Speech"]


def _escaped(text: str) -> str:
    """``=``, ``;``, ``#``, ``\\`` and line ends mean something in an ffmpeg metadata file."""
    return "".join(f"\\{character}" if character in "=;#\\\n" else character for character in " ".join(text.split()))
