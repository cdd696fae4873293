"""Even volume: measured by ITU-R BS.1770 as ffmpeg's ebur128 does, then brought to the target by one gain.

One gain for the whole keeps the voice as it is; a compressor that follows the voice would pump in the pauses. The
limiter only catches single peaks.
"""

import re
import subprocess
from dataclasses import dataclass

from app.formats.document import FormatRefused

# AES TD1008 (2021), recommendations for streamed and downloaded sound: speech at −18 LUFS, peaks at most −1 dBTP.
TARGET_LUFS = -18.0
TOLERANCE_LU = 1.0
HIGHEST_PEAK_DBTP = -1.0
_LIMIT = 0.63  # of full scale, −4 dB: MP3 and resampling let peaks grow again
_CLOSE_ENOUGH = 0.2  # LU
_MOST_ROUNDS = 5
# dB, to begin with: about what eSpeak NG's voices need by the number of channels. Two are 3 LU louder than one.
_USUAL_GAIN = {1: 4.6, 2: -0.3}
_TAKEN_BACK = 1.5  # the limiter takes back a third of what is added
_METER = "ebur128=framelog=verbose"  # the sum at the end only, not a line for each tenth of a second
_QUIET = ("ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-threads", "1")


@dataclass(frozen=True)
class Shape:
    """Sound of 16 bits with one or two channels, ``rate`` samples a second."""

    channels: int
    rate: int

    @property
    def layout(self) -> str:
        return "mono" if self.channels == 1 else "stereo"


@dataclass(frozen=True)
class Loudness:
    lufs: float  # integrated
    peak: float  # true peak, dBTP


def ffmpeg(*arguments: str, sound: bytes | None = None, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Run ffmpeg; raises FormatRefused with what it said when it fails or takes longer than ``seconds``.

    Sound comes by standard input: when this process dies, that ends, and ffmpeg with it.
    """
    command = [*_QUIET, *arguments]
    if sound is not None:
        command.remove("-nostdin")
    try:
        return subprocess.run(command, input=sound, capture_output=True, check=True, timeout=seconds)  # noqa: S603
    except subprocess.CalledProcessError as wrong:
        raise FormatRefused(f"ffmpeg: {wrong.stderr.decode(errors='replace').strip()[-400:]}") from wrong
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise FormatRefused(f"ffmpeg: {wrong}") from wrong


def measure(path: str, seconds: float = 600) -> Loudness:
    """The loudness and highest peak of a file. Raises FormatRefused when there is no sound in it."""
    said = ffmpeg("-i", path, "-map", "0:a", "-af", f"{_METER}:peak=true", "-f", "null", "-", seconds=seconds).stderr
    return Loudness(_summed_up(said, "I", "LUFS"), _summed_up(said, "Peak", "dBFS"))


def _summed_up(said: bytes, name: str, unit: str) -> float:
    summary = said.decode(errors="replace").rpartition("Summary:")[2]
    found = re.search(rf"{name}:\s+(-?[\d.]+|-inf) {unit}", summary)
    if found is None:
        raise FormatRefused("ffmpeg measured no loudness")
    return float(found[1])


def allowed_for(sound: bytes, rate: int) -> float:
    """The seconds that a step may take: ffmpeg needs a hundredth of the sound's length, on a busy machine a tenth."""
    return 60 + len(sound) / 2 / rate


def levelled(sound: bytes, rate: int, to: Shape, target: float = TARGET_LUFS) -> bytes:
    """One channel of 16-bit sound → the same at ``target`` LUFS, in another shape (its channels all equal).

    What is given back is exactly ``to.rate / rate`` times as long. Raises FormatRefused when it cannot be levelled.
    """
    length = len(sound) // 2 * to.rate // rate * to.channels * 2
    gain = _USUAL_GAIN[to.channels]
    for _round in range(_MOST_ROUNDS):
        filters = (
            f"aresample={to.rate}",
            f"pan={to.layout}|" + "|".join(f"c{channel}=c0" for channel in range(to.channels)),
            f"volume={gain:.2f}dB",
            f"alimiter=limit={_LIMIT}:level=disabled:attack=1:release=50",
            "aformat=sample_fmts=s16",
            _METER,
        )
        made = ffmpeg(
            *("-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0", "-af", ",".join(filters)),
            *("-f", "s16le", "-ar", str(to.rate), "pipe:1"),
            sound=sound,
            seconds=allowed_for(sound, rate),
        )
        lufs = _summed_up(made.stderr, "I", "LUFS")
        if abs(lufs - target) <= _CLOSE_ENOUGH:
            return made.stdout[:length].ljust(length, b"\0")
        gain += _TAKEN_BACK * (target - lufs)
    raise FormatRefused(f"The sound stays at {lufs} LUFS and cannot be brought to {target}.")
