"""Attached files on the disk: below the uploads folder, under random names, whole or not there at all."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import IO

from flask import current_app

OWNER_ONLY = 0o600
FOLDER_OWNER_ONLY = 0o700
LEFT_BEHIND_AFTER = timedelta(days=1)
_BLOCK = 1 << 18  # bytes
_WORKSHOP = ".parts"  # on the same disk, so that a finished file is only renamed
_NAME_BYTES = 24


class TooLarge(Exception):
    """There is more in the stream than was allowed."""


def folder() -> Path:
    path: Path = current_app.config["LETTERBOX"].uploads_path
    return path


def path_of(name: str) -> Path:
    """Where the file of this name lies. Names are random, so that folders fill evenly."""
    return folder() / name[:2] / name[2:4] / name


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder of one's own to prepare one file in. It is gone afterwards, whatever happened."""
    parts = folder() / _WORKSHOP
    parts.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    own = parts / secrets.token_hex(8)
    own.mkdir(mode=FOLDER_OWNER_ONLY)
    try:
        yield own
    finally:
        _remove_folder(own)


def write_down(stream: IO[bytes], path: Path, most: int) -> int:
    """Copy the stream into a new file; gives its bytes. Raises TooLarge beyond ``most``, OSError on a full disk."""
    written = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
        while block := stream.read(_BLOCK):
            written += len(block)
            if written > most:
                raise TooLarge
            file.write(block)
    return written


def put(made: Path) -> str:
    """Move a finished file to its place, safe against a power cut; gives its name."""
    name = secrets.token_hex(_NAME_BYTES)
    path = path_of(name)
    path.parent.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    made.chmod(OWNER_ONLY)
    _sync(made)
    made.replace(path)
    _sync(path.parent)
    return name


def remove(name: str) -> None:
    """The file, if it is there."""
    with contextlib.suppress(OSError):
        path_of(name).unlink(missing_ok=True)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def stored(shelf: int | None = None) -> Iterator[Path]:
    """Files in their places, on one of the 256 shelves or on all."""
    pattern = "[0-9a-f][0-9a-f]" if shelf is None else f"{shelf:02x}"
    for path in folder().glob(f"{pattern}/*/*"):
        if path.is_file():
            yield path


def is_left_behind(path: Path, at: datetime) -> bool:
    """Whether it has lain there for a day: whoever wrote it has had time to say whose it is."""
    with contextlib.suppress(OSError):
        return path.stat().st_mtime < (at - LEFT_BEHIND_AFTER).timestamp()
    return False


def clear_workshop(at: datetime) -> None:
    """What processes that were killed left half made."""
    for own in (folder() / _WORKSHOP).glob("*"):
        if is_left_behind(own, at):
            _remove_folder(own)


def _remove_folder(path: Path) -> None:
    with contextlib.suppress(OSError):
        for part in path.iterdir():
            part.unlink(missing_ok=True)
        path.rmdir()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
