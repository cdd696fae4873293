"""How much a tenant may attach: data in ``limits.toml``, checked when the site starts."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

LIMITS = Path(__file__).with_name("limits.toml")
FORM_AROUND_FILES = 1_000_000  # bytes of a request that are not the files themselves


class WrongLimits(ValueError):
    """``limits.toml`` cannot be used. The message says which line, and what to write instead."""


@dataclass(frozen=True)
class Draft:
    """Of one form: how many files, and how many bytes together."""

    files: int
    bytes: int


@dataclass(frozen=True)
class Photo:
    bytes: int
    pixels: int
    longest_side: int


@dataclass(frozen=True)
class Document:
    bytes: int
    pages: int


@dataclass(frozen=True)
class Sound:
    bytes: int
    seconds: int


@dataclass(frozen=True)
class Film:
    bytes: int
    seconds: int


@dataclass(frozen=True)
class Limits:
    draft: Draft
    photo: Photo
    document: Document
    sound: Sound
    film: Film

    @property
    def largest_file(self) -> int:
        """Bytes that no file may pass, whatever it is."""
        return max(self.bytes_of(kind) for kind in ("photo", "document", "sound", "film"))

    @property
    def largest_request(self) -> int:
        return self.draft.bytes + FORM_AROUND_FILES

    def bytes_of(self, kind: str) -> int:
        found: int = getattr(self, kind).bytes
        return found


@cache
def limits() -> Limits:
    return read_limits(LIMITS.read_text(encoding="utf-8"))


def read_limits(text: str) -> Limits:
    """Raises WrongLimits."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise WrongLimits(f"limits.toml cannot be read: {wrong}") from wrong
    found = Limits(**{table.name: _table(given, table.name, table.type) for table in fields(Limits)})
    if unknown := set(given) - {table.name for table in fields(Limits)}:
        raise WrongLimits(f"limits.toml has tables that mean nothing: {', '.join(sorted(unknown))}")
    if found.largest_file > found.draft.bytes:
        raise WrongLimits("limits.toml: [draft] bytes must be as much as the largest file may have, or more")
    return found


def _table(given: dict[str, Any], name: str, kind: Any) -> Any:
    values, wanted = given.get(name), {field.name for field in fields(kind)}
    if not isinstance(values, dict) or set(values) != wanted:
        raise WrongLimits(f"limits.toml: [{name}] must have {', '.join(sorted(wanted))}, and nothing else")
    for key, value in values.items():
        if type(value) is not int or value < 1:
            raise WrongLimits(f"limits.toml: [{name}] {key} is {value!r}: write a whole number, 1 or more")
    return kind(**values)
