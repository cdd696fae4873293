"""Better voices than eSpeak NG's, where an operator has put any: Piper's, chosen by language.

A voice is two files, as Piper's makers hand them out: ``en_GB-alba-medium.onnx``, its language and quality in its name,
and ``en_GB-alba-medium.onnx.json``. Which locale does for a language is said in ``voices.toml``.
"""

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from app.config import WrongSetting
from app.formats.speech.engine import CHILD, Engine
from app.formats.speech.voices import VOICES
from app.formats.speech.waves import RATE

_log = logging.getLogger(__name__)
_COMMAND = (sys.executable, "-I", CHILD, "piper")
_QUALITIES = ("high", "medium")  # the others speak at another rate than the rest of a letter


@lru_cache
def piper_in(entries: tuple[str, ...]) -> Engine | None:
    """The engine with the best voice for each language; None when nowhere is a voice for a language of ours.

    ``entries``: folders, or names of installed packages. Raises WrongSetting.
    """
    if not entries:
        return None
    if find_spec("piper") is None:
        raise WrongSetting("SPEECH_VOICES", ":".join(entries), "install piper-tts first, which speaks with such voices")
    found = [path for entry in entries for path in _voices_in(entry) if _is_usable(path)]
    voices = {
        language: str(best[0]) for language, voice in VOICES.items() if (best := list(_best_first(found, voice.piper)))
    }
    return Engine("piper", _COMMAND, voices) if voices else None


def _voices_in(entry: str) -> list[Path]:
    package = find_spec(entry) if entry.isidentifier() else None
    places = [entry] if "/" in entry else list(package.submodule_search_locations or ()) if package else []
    voices = sorted(path.resolve() for place in places for path in Path(place).rglob("*.onnx"))
    if not voices:
        what = "write a folder with NAME.onnx and NAME.onnx.json in it, or the name of an installed package with them"
        raise WrongSetting("SPEECH_VOICES", entry, what)
    return voices


def _best_first(paths: Sequence[Path], locales: Iterable[str]) -> Iterator[Path]:
    for locale in locales:
        for quality in _QUALITIES:
            yield from (path for path in paths if _parts(path)[0] == locale and _parts(path)[-1] == quality)


def _parts(path: Path) -> list[str]:
    """``en_GB-alba-medium.onnx`` → en_GB, alba, medium."""
    return path.stem.split("-")


def _is_usable(path: Path) -> bool:
    """Whether its description is there and it speaks at the rate of the other voices. If not, the log says why."""
    try:
        rate = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))["audio"]["sample_rate"]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        _log.warning("The voice %s is not used: its description cannot be read: %r", path, wrong)
        return False
    if rate != RATE:
        _log.warning("The voice %s is not used: it speaks at %s Hz, not %d. Take a “medium” one.", path, rate, RATE)
    return bool(rate == RATE)
