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
    ".wav": "wav",
    ".cue": "audio",
    ".brf": "braille",
    ".pef": "pef",
    ".zip": "audio",
    ".epub": "talking_book",
    ".iso": "disc_image",
}
# How a file begins → the same, where its name does not say.
BEGINNINGS = {
    b"%PDF-": "pdf",
    b"<!doctype html": "html",
    b"ID3": "audio",
    b"RIFF": "wav",
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
    module = FOLDER if path.is_dir() else KINDS.get(path.suffix.lower()) or _by_content(path)
    if module is None:
        return [Finding(path.name, f"there are no rules for files that end in “{path.suffix}”")]
    found: list[str] = import_module(f"app.formats.check.{module}").check(path)
    return [Finding(path.name, words) for words in found]


def _by_content(path: Path) -> str | None:
    """What a file without an ending is: `letters make --out` writes to any name."""
    if path.suffix:
        return None
    content = path.read_bytes()
    for beginning, module in BEGINNINGS.items():
        if content[: len(beginning)].lower() == beginning.lower():
            return module
    # A page of braille for an embosser knows capitals only, and ends its lines as no text of ours does.
    return "braille" if b"\r\n" in content and content == content.upper() else "text"
