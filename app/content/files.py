"""A page as a file: text at once, print when it is first asked for, sound by the worker. Kept by what stands in it.

There are so many pages in so many languages and sizes, and no more: whoever asks for all of them fills no disk. A wish
for sound is a small file too, so that a page of the website needs no row of the database.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from flask import current_app

from app import formats
from app.content.composing import Composed, document_of, page_in
from app.content.reading import NoSuchPage
from app.dispatch.queue import current_queue
from app.formats import Choice
from app.formats.document import Document, FormatRefused
from app.formats.matrix import reason_against
from app.landlords.standards import current_landlord
from app.letters.storage import write_whole

FORMATS = ("standard-print", "large-print", "text", "audio")
SIZES = (16, 18, 20, 24, 28)  # points of large print
USUAL_SIZE = 18
ENDINGS = {"standard-print": "pdf", "large-print": "pdf", "text": "txt", "audio": "mp3"}
TASK = "read_pages_out"  # of the queue
LEASE = timedelta(minutes=10)  # how long one worker has for one page
KEPT_FOR = timedelta(days=30)  # then it is made anew: by newer voices and sheets, or not at all, being of older words
PATIENCE = timedelta(minutes=10)  # after which a reader is told that it takes long

log = logging.getLogger(__name__)


class InTheMaking(Exception):
    """The worker is asked for it. ``takes_long``: it should have been there by now."""

    def __init__(self, takes_long: bool = False) -> None:
        super().__init__("in the making")
        self.takes_long = takes_long


@dataclass(frozen=True)
class Wish:
    """One page in one format, wished for at a moment: what is made of it lies under ``key``."""

    composed: Composed
    format: str
    at: datetime
    size: int = USUAL_SIZE

    @property
    def document(self) -> Document:
        is_read_out = self.format in formats.HAS_RATE
        return document_of(self.composed, current_landlord(), self.at, is_read_out=is_read_out)

    @property
    def key(self) -> str:
        """Of all that stands in it, but for the day on which it is made."""
        undated = replace(self.document, dated=replace(self.document.dated, text="", value=""))
        size = self.size if self.format in formats.HAS_SIZE else 0
        return sha256(repr((self.format, size, undated)).encode()).hexdigest()[:32]

    @property
    def path(self) -> Path:
        return folder() / f"{self.key}.{ENDINGS[self.format]}"

    @property
    def wanted(self) -> Path:
        return folder() / f"{self.key}.wanted"

    @property
    def refused(self) -> Path:
        return folder() / f"{self.key}.refused"

    @property
    def name(self) -> str:
        """For whoever keeps the file."""
        size = f"-{self.size}" if self.format in formats.HAS_SIZE else ""
        return f"{self.composed.slug}-{self.composed.language}-{self.format}{size}.{ENDINGS[self.format]}"


def folder() -> Path:
    path: Path = current_app.config["LETTERBOX"].instance_path / "pages"
    return path


def offered(language: str) -> tuple[str, ...]:
    """The formats that this machine can make of pages in the language."""
    return tuple(name for name in FORMATS if reason_against(language, name) is None)


def made(wish: Wish) -> bytes | Path:
    """The file, or its content where it is kept nowhere (text).

    Raises FormatRefused when it cannot be made well, InTheMaking while the worker reads it out.
    """
    if reason := reason_against(wish.composed.language, wish.format):
        raise FormatRefused(reason)
    if wish.format == "text":
        return formats.make("text", wish.document).content
    if wish.path.is_file():
        return wish.path
    if wish.format != "audio":
        return _make(wish)
    return _ask_for(wish)


def _make(wish: Wish) -> Path:
    write_whole(wish.path, formats.make(wish.format, wish.document, Choice(point_size=wish.size)).content)
    return wish.path


def _ask_for(wish: Wish) -> Path:
    if wish.refused.is_file():
        raise FormatRefused(wish.refused.read_text("utf-8"))
    if wish.wanted.is_file():
        raise InTheMaking(takes_long=wish.at.timestamp() - _when(wish.wanted) > PATIENCE.total_seconds())
    write_whole(wish.wanted, json.dumps([wish.composed.slug, wish.composed.language]).encode())
    current_queue().nudge(TASK, 0)
    raise InTheMaking


def read_out_what_is_wanted(at: datetime) -> int:
    """Make the sound of every page that somebody waits for, unless another worker is at it. Gives how many it made."""
    count = 0
    for wanted in sorted(folder().glob("*.wanted"), key=_when):
        with _claimed(wanted, at) as is_mine:
            if is_mine and wanted.is_file():
                count += _read_out(wanted, at)
    return count


def _read_out(wanted: Path, at: datetime) -> bool:
    """The wish is taken away when it is met, refused, or for words that nobody shows any more."""
    try:
        slug, language = json.loads(wanted.read_text("utf-8"))
        wish = Wish(page_in(slug, language, at, is_shown=False), "audio", at)
    except (ValueError, NoSuchPage):
        wanted.unlink(missing_ok=True)
        return False
    if wish.wanted == wanted:
        try:
            _make(wish)
        except FormatRefused as refusal:
            log.warning("page %s in %s is not read out: %s", slug, language, refusal.reason)
            write_whole(wish.refused, refusal.reason.encode())
    wanted.unlink(missing_ok=True)
    return wish.path.is_file()


@contextmanager
def _claimed(wanted: Path, at: datetime) -> Iterator[bool]:
    """Whether this process has it to itself: a file that only one can make, and that runs out with a dead worker."""
    claim = wanted.with_suffix(".making")
    with suppress(FileNotFoundError):
        if at.timestamp() - claim.stat().st_mtime > LEASE.total_seconds():
            claim.unlink()
    try:
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        yield False
        return
    try:
        yield True
    finally:
        claim.unlink(missing_ok=True)


def clear(at: datetime) -> int:
    """Remove what was made long ago; what is still asked for is made again. Gives how many."""
    removed = 0
    for path in folder().glob("*"):
        if at.timestamp() - _when(path) > KEPT_FOR.total_seconds():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def sweep(at: datetime) -> None:
    """The worker's minute work: wishes whose nudge was lost; once an hour, what is old."""
    read_out_what_is_wanted(at)
    if at.minute == 0:
        clear(at)


def _when(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another worker has met the wish
        return 0.0
