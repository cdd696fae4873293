"""Checks a made file against its format's rules, by means that had no part in making it."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

# How a file's name ends → the module whose ``check(path) -> list[str]`` knows its rules.
KINDS = {
    ".pdf": "pdf",
    ".html": "html",
    ".txt": "text",
    ".mp3": "audio",
    ".cue": "audio",
    ".brf": "braille",
}
FOLDER = "audio"  # an audio CD: tracks and a cue sheet


@dataclass(frozen=True)
class Finding:
    """One departure from the rules, in one sentence, for staff."""

    file: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}: {self.words}"


def check(path: Path) -> list[Finding]:
    """All findings in a made file or, for an audio CD, folder; none where it keeps its format's rules.

    Raises FileNotFoundError when there is no such file.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    module = FOLDER if path.is_dir() else KINDS.get(path.suffix.lower())
    if module is None:
        return [Finding(path.name, f"there are no rules for files that end in “{path.suffix}”")]
    found: list[str] = import_module(f"app.formats.check.{module}").check(path)
    return [Finding(path.name, words) for words in found]
