"""Sound and film by FFmpeg: what is inside; and the same without place, device and time, without re-encoding."""

import json
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds for one run
MEMORY = 1_500_000_000  # bytes
BIGGEST_MADE = 100_000_000
_QUIET = ["-hide_banner", "-v", "error", "-nostdin", "-protocol_whitelist", "file"]
# How a telephone or a browser records. Anything else is not worth the risk of reading it.
_FILM_CODECS = {"h264", "hevc", "mpeg4", "h263", "vp8", "vp9", "av1", "mjpeg"}
_SOUND_CODECS = {
    "aac", "mp3", "opus", "vorbis", "flac", "alac", "amr_nb", "amr_wb", "speex", "ac3",
    "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s32le", "pcm_u8", "pcm_f32le", "pcm_alaw", "pcm_mulaw", "adpcm_ima_wav",
}  # fmt: skip


class Unreadable(Exception):
    """It is not the sound or film that it begins like, or too much work."""


@dataclass(frozen=True)
class Inside:
    """``seconds`` is None where the file does not say."""

    kind: str  # sound | film
    seconds: float | None
    codecs: frozenset[str]


@dataclass(frozen=True)
class Wrapping:
    """A way to write streams down: FFmpeg's name for it, ours, and the codecs that it holds (None: all of ours)."""

    muxer: str
    media_type: str
    suffix: str
    holds: frozenset[str] | None = None


_MP4 = frozenset({"h264", "hevc", "mpeg4", "av1", "vp9", "aac", "mp3", "ac3", "opus", "alac", "flac"})
_WEBM = frozenset({"vp8", "vp9", "av1", "opus", "vorbis"})
_3GP = frozenset({"h264", "mpeg4", "h263", "aac", "amr_nb", "amr_wb"})
# By what reads it and by kind; the first that holds all of the codecs.
_WRAPPINGS = {
    ("mov", "film"): (
        Wrapping("mp4", "video/mp4", ".mp4", _MP4),
        Wrapping("3gp", "video/3gpp", ".3gp", _3GP),
        Wrapping("mov", "video/quicktime", ".mov"),
    ),
    ("mov", "sound"): (
        Wrapping("ipod", "audio/mp4", ".m4a", frozenset({"aac", "alac"})),
        Wrapping("3gp", "audio/3gpp", ".3gp", _3GP),
        Wrapping("mov", "video/quicktime", ".mov"),
    ),
    ("matroska", "film"): (
        Wrapping("webm", "video/webm", ".webm", _WEBM),
        Wrapping("matroska", "video/x-matroska", ".mkv"),
    ),
    ("matroska", "sound"): (
        Wrapping("webm", "audio/webm", ".webm", _WEBM),
        Wrapping("matroska", "audio/x-matroska", ".mka"),
    ),
    ("mp3", "sound"): (Wrapping("mp3", "audio/mpeg", ".mp3", frozenset({"mp3"})),),
    ("wav", "sound"): (Wrapping("wav", "audio/wav", ".wav"),),
    ("ogg", "sound"): (Wrapping("ogg", "audio/ogg", ".ogg", frozenset({"opus", "vorbis", "flac", "speex"})),),
    ("aac", "sound"): (Wrapping("adts", "audio/aac", ".aac", frozenset({"aac"})),),
    ("amr", "sound"): (Wrapping("amr", "audio/amr", ".amr", frozenset({"amr_nb", "amr_wb"})),),
}


def look_inside(path: Path, demuxer: str) -> Inside:
    """What streams there are, and how long they last. Raises Unreadable."""
    asked = "format=duration:stream=codec_type,codec_name:stream_disposition=attached_pic"
    found = _probe(["-f", demuxer, "-show_entries", asked, f"file:{path}"])
    streams = [one for one in found.get("streams", ()) if not one.get("disposition", {}).get("attached_pic")]
    pictures = {one.get("codec_name", "") for one in streams if one.get("codec_type") == "video"}
    sounds = {one.get("codec_name", "") for one in streams if one.get("codec_type") == "audio"}
    if not (pictures or sounds) or not pictures <= _FILM_CODECS or not sounds <= _SOUND_CODECS:
        raise Unreadable
    return Inside("film" if pictures else "sound", _seconds(found), frozenset(pictures | sounds))


def strip(source: Path, target: Path, demuxer: str, inside: Inside) -> Wrapping:
    """Write the first picture and the first sound into a new file, and nothing else. Raises Unreadable."""
    wrapping = next(
        (one for one in _WRAPPINGS.get((demuxer, inside.kind), ()) if one.holds is None or inside.codecs <= one.holds),
        None,
    )
    if wrapping is None:
        raise Unreadable
    _run(
        [
            "ffmpeg", *_QUIET, "-f", demuxer, "-i", f"file:{source}",
            # V is a picture that moves: covers and posters carry descriptions of their own. Data and subtitles stay
            # out: cameras write where they were into a stream beside the film.
            *(["-map", "0:V:0"] if inside.kind == "film" else []), "-map", "0:a:0?", "-dn", "-sn",
            "-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-c", "copy",
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
            *(["-id3v2_version", "0", "-write_id3v1", "0"] if wrapping.muxer == "mp3" else []),
            "-f", wrapping.muxer, f"file:{target}",
        ]
    )  # fmt: skip
    return wrapping


def check(path: Path) -> float | None:
    """The made file's seconds. Its first second must be seen or heard. Raises Unreadable."""
    asked = "format=duration:stream=nb_read_frames"
    found = _probe(["-read_intervals", "%+1", "-count_frames", "-show_entries", asked, f"file:{path}"])
    frames = [one.get("nb_read_frames", "0") for one in found.get("streams", ())]
    if not any(number.isdecimal() and int(number) for number in frames):
        raise Unreadable
    return _seconds(found)


def _seconds(found: dict[str, Any]) -> float | None:
    try:
        return float(found["format"]["duration"])
    except (KeyError, ValueError):
        return None


def _probe(arguments: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run(["ffprobe", *_QUIET_PROBE, "-of", "json", *arguments]) or b"{}")
    return found


_QUIET_PROBE = [one for one in _QUIET if one != "-nostdin"]


def _run(command: list[str]) -> bytes:
    """What the program says. Raises Unreadable when it fails, or when it would take too long."""
    with subprocess.Popen(  # noqa: S603  our own arguments; the file is named by us
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        _hold_back(process.pid)
        try:
            said, _complaints = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired as late:
            process.kill()
            raise Unreadable from late
    if process.returncode:
        raise Unreadable
    return said


def _hold_back(process_id: int) -> None:
    try:
        resource.prlimit(process_id, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(process_id, resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE)))
        resource.prlimit(process_id, resource.RLIMIT_FSIZE, (BIGGEST_MADE, BIGGEST_MADE))
    except ProcessLookupError:
        pass  # it has ended already
