"""The letter as a set of discs: audio CDs with their cue sheets and labels, and one disc of MP3 files for players.

An audio CD has a track for each section, and a cue sheet to burn it by. Who owns a player for blind people burns the
image ``players.iso`` instead: it holds the same sections, however many audio CDs they fill.
"""

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.formats import Choice, disc_image, disc_labels
from app.formats.audio import parts
from app.formats.disc_labels import Label, label_files
from app.formats.document import Document, File, file_name
from app.formats.speech import Recorded, record, waves
from app.formats.speech.loudness import TARGET_LUFS, Shape, allowed_for, ffmpeg, levelled
from app.languages import speaking

# Red Book (IEC 60908): two channels of 16 bits at 44,100 Hz, in frames of 1/75 s; at most 99 tracks of 4 s or more.
SHAPE = Shape(channels=2, rate=44_100)
FRAME = 588  # samples
FRAMES_A_SECOND = 75
SHORTEST_TRACK = 4 * FRAMES_A_SECOND  # frames
MOST_TRACKS = 99
LONGEST_DISC = 74 * 60 * FRAMES_A_SECOND  # frames: what every player and every blank disc takes
_GAP = 2 * FRAMES_A_SECOND  # the pause that a burner puts before a track: counted, so that the disc is never too long
_AHEAD = SHAPE.rate // waves.RATE
VOICE_FRAME = FRAME // _AHEAD * 2  # bytes of the voice, in one channel, that make a frame of the disc
_SECOND_CHANNEL = 3.01  # LU: the same sound from two channels is twice as strong
CD_TEXT = "latin-1"  # all that CD-TEXT can hold (ISO 8859-1)


@dataclass(frozen=True)
class Track:
    title: str
    sound: bytes | memoryview  # one channel at the voice's rate, whole frames: a quarter of what the disc takes

    @property
    def frames(self) -> int:
        return len(self.sound) // VOICE_FRAME


def make(document: Document, choice: Choice) -> File:
    """A folder: ``track-01.wav`` …, ``letter.cue``, ``label.txt`` (``.pdf``, ``.brf``), ``players.iso`` and its labels.

    Where one disc is too short, folders ``disc-1`` … hold what belongs to each. Raises FormatRefused when no voice
    speaks the language or the voice failed.
    """
    sections = record(document, choice.rate)
    discs = list(discs_of(_tracks(sections)))
    with speaking(document.language):
        made = [tuple(_files(document, disc, number, len(discs))) for number, disc in enumerate(discs, 1)]
        for_players = tuple(_for_players(document, sections))
    if len(made) > 1:
        made = [tuple(File(f"disc-{number}", "inode/directory", members=disc) for number, disc in enumerate(made, 1))]
    return File(file_name(document, "audio-cd"), "inode/directory", members=(*made[0], *for_players))


def _for_players(document: Document, sections: Sequence[Recorded]) -> Iterator[File]:
    """The image of the disc of MP3 files, and its labels."""
    files = [
        File(disc_image.name_of(number, section.title, ".mp3"), "audio/mpeg", sound)
        for number, (section, sound) in enumerate(zip(sections, parts(document, sections), strict=True), 1)
    ]
    about = Label(disc_labels.for_players(), [(section.title, section.seconds) for section in sections])
    labels = list(label_files(document, about, "players-label"))
    dated = date.fromisoformat(document.dated.value[:10])
    image = disc_image.image([*files, labels[0]], document.reference.text, dated)
    yield File("players.iso", "application/x-iso9660-image", image)
    yield from labels


def _tracks(sections: Sequence[Recorded]) -> list[Track]:
    """One gain for the whole letter, so that no track is louder than the others."""
    samples = waves.silence(0)
    ends: list[int] = []
    for section in sections:
        samples.extend(section.samples)
        samples.extend(waves.silence(_missing(len(samples) - (ends[-1] if ends else 0)) / waves.RATE))
        ends.append(len(samples))
    one = Shape(channels=1, rate=waves.RATE)
    sound = memoryview(levelled(waves.frames(samples), waves.RATE, one, TARGET_LUFS - _SECOND_CHANNEL))
    bounds = [0, *(2 * end for end in ends)]
    cuts = [sound[start:end] for start, end in pairwise(bounds)]
    return [
        Track(section.title, piece) for section, cut in zip(sections, cuts, strict=True) for piece in _discs_long(cut)
    ]


def _missing(samples: int) -> int:
    """How many samples at the voice's rate make a track of whole frames that is long enough."""
    frame = FRAME // _AHEAD
    wanted = max(SHORTEST_TRACK * frame, -(-samples // frame) * frame)
    return wanted - samples


def _discs_long(sound: memoryview) -> Iterator[memoryview]:
    """A section longer than a disc goes on as another track. The last piece is never shorter than a track may be."""
    longest = (LONGEST_DISC - _GAP - SHORTEST_TRACK) * VOICE_FRAME
    shortest = SHORTEST_TRACK * VOICE_FRAME
    while len(sound) > longest + shortest:
        yield sound[:longest]
        sound = sound[longest:]
    yield sound


def discs_of(tracks: Iterable[Track]) -> Iterator[list[Track]]:
    """Tracks in order, as many on a disc as it holds."""
    disc: list[Track] = []
    frames = 0
    for track in tracks:
        if disc and (len(disc) == MOST_TRACKS or frames + _GAP + track.frames > LONGEST_DISC):
            yield disc
            disc, frames = [], 0
        disc.append(track)
        frames += _GAP + track.frames
    yield disc


def _files(document: Document, tracks: Sequence[Track], disc: int, discs: int) -> Iterator[File]:
    for number, track in enumerate(tracks, 1):
        yield File(_name(number), "audio/wav", _wav(_in_two_channels(track.sound)))
    yield File("letter.cue", "application/x-cue", _cue_sheet(document, tracks).encode(CD_TEXT))
    parts_of_disc = [(track.title, track.frames / FRAMES_A_SECOND) for track in tracks]
    yield from label_files(document, Label(disc_labels.audio_cd(), parts_of_disc, disc, discs))


def _name(number: int) -> str:
    return f"track-{number:02}.wav"


def _in_two_channels(sound: bytes | memoryview) -> bytes:
    """As the disc has it, exactly as long. Raises FormatRefused."""
    one = bytes(sound)
    made = ffmpeg(
        *("-f", "s16le", "-ar", str(waves.RATE), "-ac", "1", "-i", "pipe:0"),
        *("-af", f"aresample={SHAPE.rate},pan=stereo|c0=c0|c1=c0,aformat=sample_fmts=s16"),
        *("-f", "s16le", "-ar", str(SHAPE.rate), "pipe:1"),
        sound=one,
        seconds=allowed_for(one, waves.RATE),
    ).stdout
    length = len(sound) * _AHEAD * SHAPE.channels
    return made[:length].ljust(length, b"\0")


def _wav(sound: bytes) -> bytes:
    """RIFF by hand: 44 bytes that never differ, then the samples."""
    width = SHAPE.channels * 2
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, SHAPE.channels, SHAPE.rate, SHAPE.rate * width, width, 16)
    head = (b"RIFF", struct.pack("<I", 36 + len(sound)), b"WAVE", shape, struct.pack("<4sI", b"data", len(sound)))
    return b"".join((*head, sound))


def _cue_sheet(document: Document, tracks: Sequence[Track]) -> str:
    """Lines end as the burning programs of every system read them."""
    lines = [
        f"PERFORMER {_quoted(document.sender.name, 'Letterbox')}",
        f"TITLE {_quoted(document.title, document.reference.text)}",
    ]
    for number, track in enumerate(tracks, 1):
        lines += [
            f'FILE "{_name(number)}" WAVE',
            f"  TRACK {number:02} AUDIO",
            f"    TITLE {_quoted(track.title, f'{document.reference.text} {number}')}",
            f"    PERFORMER {_quoted(document.sender.name, 'Letterbox')}",
            "    INDEX 01 00:00:00",
        ]
    return "\r\n".join(lines) + "\r\n"


def _quoted(text: str, instead: str) -> str:
    """CD-TEXT knows Western letters only: others lose their accents; another script gives way to ``instead``.

    The whole title stands in ``label.txt``.
    """
    letters = " ".join(text.split()).replace('"', "'")
    kept = "".join(_in_cd_text(letter) for letter in letters).strip()
    return f'"{kept if any(letter.isalpha() for letter in kept) else instead}"'


def _in_cd_text(letter: str) -> str:
    plain = {"’": "'", "‘": "'", "“": "'", "”": "'", "–": "-", "—": "-"}.get(letter, letter)
    for form in (plain, unicodedata.normalize("NFKD", plain)):
        kept = form.encode(CD_TEXT, "ignore").decode(CD_TEXT)
        if kept and kept.isprintable():
            return kept
    return ""
