"""One MP3 among several: how long it is told to be, how long it is, and whether it says what it holds."""

import io
from collections.abc import Iterator
from typing import Any

from mutagen import MutagenError
from mutagen.mp3 import MP3

MUST_NAME = {"TIT2": "title", "TPE1": "sender (artist)", "TLAN": "language", "TRCK": "number"}
LOST = 0.2  # seconds by which an MP3 may differ from what was put in: it has whole frames, and a start of its own


def findings(name: str, content: bytes, seconds: float | None = None) -> Iterator[str]:
    """One sentence a finding. ``seconds`` that it should last; what its own head says where left out."""
    try:
        sound: Any = MP3(io.BytesIO(content))
    except MutagenError as wrong:
        yield f"{name} cannot be played: {wrong}"
        return
    # Its head says how long it was made; what is there may be less.
    there = min(sound.info.length, len(content) * 8 / sound.info.bitrate)
    wanted = sound.info.length if seconds is None else seconds
    if abs(there - wanted) > LOST:
        yield f"{name} lasts {there:.1f} s, not {wanted:.1f} s"
    for frame, what in MUST_NAME.items():
        if not str((sound.tags or {}).get(frame, "")).strip():
            yield f"{name} does not name its {what}"
