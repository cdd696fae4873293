"""A made audio CD: tracks that a burner takes as they are, and a cue sheet that names every one of them."""

import re
import subprocess
import tempfile
import wave
import zipfile
from collections.abc import Iterator
from pathlib import Path

from app.formats.check import disc_image, pdfua
from app.formats.document import FormatRefused
from app.formats.speech.loudness import TARGET_LUFS, measure

# IEC 60908: written here once more, and not taken from the module that makes the tracks.
FRAME = 588  # samples of 2 × 16 bits at 44,100 Hz
FRAMES_A_SECOND = 75
SHORTEST_TRACK = 4 * FRAMES_A_SECOND
LONGEST_DISC = 74 * 60 * FRAMES_A_SECOND
MOST_TRACKS = 99
MOST_DIFFERENCE = 4.0  # LU between a track and the target: a short track of one slow number is quieter than prose

_FILE = re.compile(r'FILE "([^"/\\]+)" WAVE')
_TRACK = re.compile(r"TRACK (\d\d) AUDIO")
_TEXT = re.compile(r'(TITLE|PERFORMER) "([^"]+)"')
_BRAILLE_LABEL = re.compile(rb"(?:[ -_]{1,20}\r\n)+")
_INDEX = re.compile(r"INDEX 01 (\d\d):(\d\d):(\d\d)")


def check(path: Path) -> list[str]:
    """One sentence a finding, for a folder, a zip file of one, or the cue sheet in one. Folders in it are its discs."""
    if path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory(prefix="letterbox-cd-") as folder:
            try:
                zipfile.ZipFile(path).extractall(folder)
            except (OSError, zipfile.BadZipFile) as wrong:
                return [f"it cannot be unpacked: {wrong}"]
            inside = list(Path(folder).iterdir())
            return check(inside[0] if len(inside) == 1 and inside[0].is_dir() else Path(folder))
    folder_of_disc = path if path.is_dir() else path.parent
    discs = sorted(part for part in folder_of_disc.iterdir() if part.is_dir())
    if discs:
        found = [f"{disc.name}: {finding}" for disc in discs for finding in _disc_findings(disc)]
        return [*found, *_for_players(folder_of_disc)]
    set_of_discs = [] if folder_of_disc.name.startswith("disc-") else _for_players(folder_of_disc)
    return [*_disc_findings(folder_of_disc), *set_of_discs]


def _for_players(folder: Path) -> Iterator[str]:
    """The image of the disc of MP3 files, one for the whole set."""
    image = folder / "players.iso"
    if not image.exists():
        yield "it has no disc for players of MP3 files (players.iso)"
        return
    yield from (f"players.iso: {finding}" for finding in disc_image.check(image))
    yield from _label(folder, "players-label")


def _label(folder: Path, name: str) -> Iterator[str]:
    """Its text, the sheet that is printed from it, and its braille where there is one."""
    words = folder / f"{name}.txt"
    if not words.exists() or not words.read_text(encoding="utf-8", errors="replace").strip():
        yield f"it has no label to print ({words.name})"
    sheet = folder / f"{name}.pdf"
    if not sheet.exists():
        yield f"it has no label to print ({sheet.name})"
    else:
        try:
            yield from (f"{sheet.name}: {finding}" for finding in pdfua.findings(sheet))
        except pdfua.EngineMissing as missing:
            yield f"{sheet.name}: PDF/UA-1 was not checked: {missing}"
    braille = folder / f"{name}.brf"
    if braille.exists() and not _BRAILLE_LABEL.fullmatch(braille.read_bytes()):
        yield f"{braille.name} has other than lines of braille of at most 20 cells"


def _disc_findings(folder: Path) -> Iterator[str]:
    sheets = sorted(folder.glob("*.cue"))
    if len(sheets) != 1:
        yield f"it has {len(sheets)} cue sheets, not one"
        return
    yield from _label(folder, "label")
    named, findings = _read_cue_sheet(sheets[0])
    yield from findings
    there = sorted(track.name for track in folder.glob("*.wav"))
    if named != there:
        yield f"the cue sheet names {', '.join(named)}, and the folder holds {', '.join(there)}"
    if not 1 <= len(there) <= MOST_TRACKS:
        yield f"it has {len(there)} tracks, not 1 to {MOST_TRACKS}"
    frames = 0
    for name in there:
        length, track_findings = _track(folder / name)
        frames += length + 2 * FRAMES_A_SECOND  # the pause before each track
        yield from (f"{name} {finding}" for finding in track_findings)
    if frames > LONGEST_DISC:
        yield f"it lasts {frames // FRAMES_A_SECOND} s with its pauses, not 74 minutes at most"


def _read_cue_sheet(path: Path) -> tuple[list[str], list[str]]:
    """The files that it names, in order, and what is wrong with it."""
    found: list[str] = []
    try:
        lines = [line.strip() for line in path.read_bytes().decode("latin-1").split("\r\n")]
    except OSError as wrong:
        return [], [f"the cue sheet cannot be read: {wrong}"]
    files, numbers = [], []
    for place, line in enumerate(filter(None, lines), 1):
        if match := _FILE.fullmatch(line):
            files.append(match[1])
        elif match := _TRACK.fullmatch(line):
            numbers.append(int(match[1]))
        elif not _TEXT.fullmatch(line) and not _INDEX.fullmatch(line):
            found.append(f"line {place} of the cue sheet is no command of one: {line[:40]!r}")
    if numbers != list(range(1, len(files) + 1)):
        found.append("the tracks of the cue sheet are not numbered from 1, one a file")
    text = "\n".join(lines)
    if text.count("INDEX 01 00:00:00") != len(files):
        found.append("not every track of the cue sheet starts at the start of its file")
    for word in ("TITLE", "PERFORMER"):
        if text.count(f"{word} ") != len(files) + 1:
            found.append(f"the cue sheet does not give a {word} for the disc and for each track")
    return files, found


def _track(path: Path) -> tuple[int, list[str]]:
    """Its length in frames, and what is wrong with it."""
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getframerate(), file.getsampwidth() * 8, file.getnchannels())
            samples = file.getnframes()
            data = file.readframes(samples)
    except (OSError, EOFError, wave.Error) as wrong:
        return 0, [f"cannot be read: {wrong}"]
    found = []
    if shape != (44_100, 16, 2):
        found.append(f"has {shape[0]} Hz, {shape[1]} bits and {shape[2]} channels, not 44100, 16 and 2")
    if len(data) != samples * shape[1] // 8 * shape[2]:
        found.append("is cut off")
    if samples % FRAME:
        found.append(f"has {samples} samples, which are no whole frames of {FRAME}")
    if samples < SHORTEST_TRACK * FRAME:
        found.append(f"lasts {samples / 44_100:.2f} s, not 4 s or more")
    if data[0::4] != data[2::4] or data[1::4] != data[3::4]:
        found.append("does not say the same in both ears")
    return samples // FRAME, [*found, *_loudness(path)]


def _loudness(path: Path) -> Iterator[str]:
    try:
        loudness = measure(str(path))
    except (FormatRefused, subprocess.SubprocessError) as wrong:
        yield f"cannot be played: {wrong}"
        return
    if abs(loudness.lufs - TARGET_LUFS) > MOST_DIFFERENCE:
        yield f"has a loudness of {loudness.lufs} LUFS, far from {TARGET_LUFS}"
    if loudness.peak > -1.0:
        yield f"has a peak of {loudness.peak} dBTP, above −1"
