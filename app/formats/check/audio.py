"""A made audio letter: an MP3 that plays, says whose it is, can be jumped through, and is evenly loud."""

import json
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from mutagen import MutagenError
from mutagen.id3 import ID3

from app.formats.check import audio_cd
from app.formats.document import FormatRefused
from app.formats.speech.loudness import HIGHEST_PEAK_DBTP, TARGET_LUFS, TOLERANCE_LU, ffmpeg, measure

SHORTEST = 20.0  # seconds: the opening announcement alone takes as long
LONGEST_SILENCE = 4.0  # seconds: longer, and a listener thinks that it has ended
GAP = 0.06  # seconds between the end of one chapter and the start of the next, or the end of the sound
SECONDS = 600


def check(path: Path) -> list[str]:
    """One sentence a finding. A folder, a cue sheet or a zip file is an audio CD."""
    if path.is_dir() or path.suffix.lower() in (".cue", ".zip"):
        return audio_cd.check(path)
    try:
        found = _probed(path)
        silences = silences_in(path)
        loudness = measure(str(path), SECONDS)
    except (FormatRefused, subprocess.SubprocessError, OSError, ValueError) as wrong:
        return [f"it cannot be played: {wrong}"]
    duration = _played(found)
    return [
        *_stream_findings(found, duration),
        *_chapter_findings(found.get("chapters", []), duration),
        *_tag_findings(path),
        *(f"it is silent for {length:.1f} s at {start:.1f} s" for start, length in silences),
        *loudness_findings(loudness.lufs, loudness.peak),
    ]


def loudness_findings(lufs: float, peak: float) -> Iterator[str]:
    if abs(lufs - TARGET_LUFS) > TOLERANCE_LU:
        yield f"its loudness is {lufs} LUFS, not {TARGET_LUFS} ± {TOLERANCE_LU}"
    if peak > HIGHEST_PEAK_DBTP:
        yield f"its highest peak is {peak} dBTP, not {HIGHEST_PEAK_DBTP} at most"


def _probed(path: Path) -> dict[str, Any]:
    """What ffprobe knows of the file. Raises CalledProcessError when it knows nothing."""
    shown = ("-show_format", "-show_streams", "-show_chapters", "-count_packets", "-of", "json")
    ended = subprocess.run(  # noqa: S603
        ["ffprobe", "-v", "error", *shown, str(path)],  # noqa: S607
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def _played(found: dict[str, Any]) -> float:
    """Seconds, by the frames that are there: the duration in an MP3's head stays when its end is lost."""
    streams = [stream for stream in found.get("streams", []) if stream.get("codec_type") == "audio"]
    if not streams:
        return 0.0
    rate = int(streams[0]["sample_rate"])
    samples = 1152 if rate >= 32_000 else 576  # ISO 11172-3 and 13818-3, layer III
    return int(streams[0]["nb_read_packets"]) * samples / rate


def _stream_findings(found: dict[str, Any], duration: float) -> Iterator[str]:
    codecs = [stream.get("codec_name") for stream in found.get("streams", [])]
    if codecs != ["mp3"]:
        yield f"it holds {', '.join(map(str, codecs)) or 'nothing'}, not one MP3 stream"
    if duration < SHORTEST:
        yield f"it lasts {duration:.1f} s, not {SHORTEST:.0f} s or more"


def _chapter_findings(chapters: list[dict[str, Any]], duration: float) -> Iterator[str]:
    if len(chapters) < 2:
        yield f"it has {len(chapters)} chapters: an opening and a letter are two at least"
        return
    times = [(float(chapter["start_time"]), float(chapter["end_time"])) for chapter in chapters]
    if times[0][0] > GAP:
        yield f"its first chapter starts at {times[0][0]:.2f} s, not at the start"
    for number, ((_start, end), (start, _end)) in enumerate(pairwise(times), 2):
        if abs(start - end) > GAP:
            yield f"chapter {number} starts at {start:.2f} s, and the one before it ends at {end:.2f} s"
    # An MP3 is as long as its frames: up to two of them (0.05 s each) longer than the sound in it.
    if abs(times[-1][1] - duration) > 2 * GAP:
        yield f"its last chapter ends at {times[-1][1]:.2f} s, and the sound at {duration:.2f} s"
    for number, ((start, end), chapter) in enumerate(zip(times, chapters, strict=True), 1):
        if end <= start:
            yield f"chapter {number} ends before it starts"
        if not chapter.get("tags", {}).get("title", "").strip():
            yield f"chapter {number} has no title"


def _tag_findings(path: Path) -> Iterator[str]:
    """Read by mutagen, which had no part in writing them."""
    try:
        tags = ID3(path)
    except MutagenError as wrong:
        yield f"it has no tags: {wrong}"
        return
    for frame, name in (("TIT2", "title"), ("TPE1", "sender (artist)"), ("TLAN", "language")):
        if not str(tags.get(frame, "")).strip():
            yield f"it does not name its {name}"
    if (language := str(tags.get("TLAN", ""))) and not re.fullmatch("[a-z]{3}", language):
        yield f"its language is {language!r}, not three letters of ISO 639-2"


def silences_in(path: Path) -> list[tuple[float, float]]:
    """(start, length) in seconds of each silence that is too long."""
    ended = ffmpeg(
        *("-i", str(path), "-af", f"silencedetect=noise=-50dB:d={LONGEST_SILENCE}", "-f", "null", "-"),
        seconds=SECONDS,
    )
    ends = re.findall(r"silence_end: ([\d.]+) \| silence_duration: ([\d.]+)", ended.stderr.decode(errors="replace"))
    return [(float(end) - float(length), float(length)) for end, length in ends]
