"""Made files on the disk: whole and safe there, or not there at all."""

import contextlib
import os
import secrets
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from flask import current_app

from app.formats.document import File
from app.letters.models import LetterFile

LEFT_BEHIND_AFTER = 3600.0  # seconds: no process takes so long over one file
OWNER_ONLY = 0o600  # letters are nobody else's to read
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same bytes each time


def folder() -> Path:
    path: Path = current_app.config["LETTERBOX"].letters_path
    return path


def path_of(file: LetterFile) -> Path:
    """Where a made file lies. Raises ValueError when it has not been made."""
    if file.path is None:
        raise ValueError("this file has not been made")
    return folder() / file.path


def exists(path: str | None) -> bool:
    return path is not None and (folder() / path).is_file()


def in_one_piece(made: File) -> File:
    """The file itself; a folder, such as an audio CD, as a zip."""
    if not made.members:
        return made
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for member in all_in(made):
            entry = zipfile.ZipInfo(member.name, date_time=ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, member.content)
    return File(name=f"{made.name}.zip", media_type="application/zip", content=packed.getvalue())


def all_in(folder: File) -> Iterator[File]:
    """The files of a folder and of the folders in it, named by their way there: ``disc-2/track-01.wav``."""
    for member in folder.members:
        if not member.members:
            yield member
        for inner in all_in(member):
            yield replace(inner, name=f"{member.name}/{inner.name}")


def put(reference: str, stem: str, made: File) -> str:
    """Write the file below the letters folder; gives its path there. Raises OSError when the disk cannot hold it."""
    relative = PurePosixPath(reference) / (stem + "".join(PurePosixPath(made.name).suffixes[-1:]))
    write_whole(folder() / relative, made.content)
    return str(relative)


def write_whole(path: Path, content: bytes) -> None:
    """Put the content in place in one step, safe against a power cut. On failure nothing is left behind."""
    with whole_file(path) as handle:
        handle.write(content)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """The same for what is too large to be held in memory: what was written inside the block is put in place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_what_was_left_behind(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w+b") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _clear_what_was_left_behind(path: Path) -> None:
    """A process that was killed while it wrote leaves its part."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > LEFT_BEHIND_AFTER:
                part.unlink()


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
