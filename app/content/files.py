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
from app.dispatch.queue import AFTER_ALL_OTHERS, current_queue
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
REFUSED_FOR = timedelta(hours=6)  # then the voice is tried again
MOST_NUDGES = 10  # in one minute
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
    return _ask_for(wish) if wish.format == "audio" else _printed(wish)


def _printed(wish: Wish) -> bytes | Path:
    """Where the disk cannot hold it, it is made for this one reader."""
    content = _make(wish)
    try:
        write_whole(wish.path, content)
    except OSError as trouble:
        log.warning("page %s is not kept as %s: %s", wish.composed.slug, wish.format, trouble)
        return content
    return wish.path


def _make(wish: Wish) -> bytes:
    return formats.make(wish.format, wish.document, Choice(point_size=wish.size)).content


def _ask_for(wish: Wish) -> Path:
    if _age(wish.refused, wish.at) < REFUSED_FOR:
        raise FormatRefused("the voice broke off a short while ago")
    if wish.wanted.is_file():
        raise InTheMaking(takes_long=_age(wish.wanted, wish.at) > PATIENCE)
    try:
        write_whole(wish.wanted, json.dumps([wish.composed.slug, wish.composed.language]).encode())
    except OSError as trouble:
        log.warning("nobody is asked to read out page %s: %s", wish.composed.slug, trouble)
        raise InTheMaking(takes_long=True) from trouble
    current_queue().nudge(TASK, 0, AFTER_ALL_OTHERS)
    raise InTheMaking


def read_one_out(at: datetime) -> bool:
    """Make the sound of the page that somebody has waited for the longest, of those that no other worker is at.

    One at a time, so that no letter waits behind a whole website. False where nobody waits, or it failed.
    """
    for wanted in _waiting():
        with _claimed(wanted, at) as is_mine:
            if is_mine and wanted.is_file():
                return _read_out(wanted, at)
    return False


def _waiting() -> list[Path]:
    return sorted(folder().glob("*.wanted"), key=_when)


def _read_out(wanted: Path, at: datetime) -> bool:
    """The wish is taken away when it is met, refused, or for words that nobody shows any more."""
    try:
        slug, language = json.loads(wanted.read_text("utf-8"))
        wish = Wish(page_in(slug, language, at, is_shown=False), "audio", at)
    except (ValueError, NoSuchPage):
        wanted.unlink(missing_ok=True)
        return False
    is_made = wish.wanted == wanted and _spoken(wish)
    wanted.unlink(missing_ok=True)
    return is_made


def _spoken(wish: Wish) -> bool:
    """Whatever goes wrong, others' wishes go on; this one may be wished again after a while."""
    try:
        write_whole(wish.path, _make(wish))
    except Exception as trouble:  # the voice is somebody else's program
        log.warning("page %s in %s is not read out: %s", wish.composed.slug, wish.composed.language, trouble)
        with suppress(OSError):
            wish.refused.touch()
        return False
    return True


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
    for _wanted in _waiting()[:MOST_NUDGES]:
        current_queue().nudge(TASK, 0, AFTER_ALL_OTHERS)
    if at.minute == 0:
        clear(at)


def _age(path: Path, at: datetime) -> timedelta:
    """How long ago it was written; longer than anybody waits, where there is none."""
    return timedelta(seconds=at.timestamp() - _when(path))


def _when(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another worker has met the wish
        return 0.0
