"""From what somebody sent to what we keep: recognised, measured, and made anew without what gives people away."""

import errno
import json
import logging
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.uploads import media, reasons
from app.uploads.kinds import HEAD, Sort, recognise
from app.uploads.limits import limits
from app.uploads.reasons import NotTaken

log = logging.getLogger(__name__)
PATIENCE = 60.0  # seconds for one photo or PDF
ROOM = 1_000_000  # bytes: with less free, what failed failed for want of them
PROBLEMS = {
    "broken": reasons.broken,
    "locked": reasons.locked,
    "too_many_pixels": reasons.too_many_pixels,
    "too_many_pages": reasons.too_many_pages,
}
_CHILD = str(Path(__file__).with_name("child.py"))


@dataclass(frozen=True)
class Made:
    path: Path
    kind: str  # photo | document | sound | film
    media_type: str


def clean(source: Path, shown_name: str) -> Made:
    """Make the file that we keep, beside the one that was sent.

    Raises NotTaken, saying why; OSError when the disk is full.
    """
    size = source.stat().st_size
    if size == 0:
        raise reasons.empty(shown_name)
    with source.open("rb") as file:
        sort = recognise(file.read(HEAD))
    if sort is None:
        raise reasons.unknown(shown_name)
    target = source.with_name("made")
    try:
        if sort.kind == "media":
            return _media(source, target, sort, shown_name, size)
        return _photo_or_document(source, target, sort, shown_name, size)
    except NotTaken:
        if shutil.disk_usage(source.parent).free < ROOM:
            raise OSError(errno.ENOSPC, "no room to make a file that was attached") from None
        raise


def _photo_or_document(source: Path, target: Path, sort: Sort, shown_name: str, size: int) -> Made:
    if size > limits().bytes_of(sort.kind):
        raise reasons.too_large(shown_name, sort.kind)
    job = {
        "kind": sort.kind,
        "reader": sort.reader,
        "source": str(source),
        "target": str(target),
        "pixels": limits().photo.pixels,
        "longest_side": limits().photo.longest_side,
        "pages": limits().document.pages,
    }
    result = _child(job)
    if problem := result.get("problem"):
        log.info("a %s (%s) was not taken: %s %s", sort.kind, sort.reader, problem, result.get("detail", ""))
        raise PROBLEMS.get(problem, reasons.broken)(shown_name)
    return Made(target, sort.kind, result["media_type"])


def _child(job: dict[str, Any]) -> dict[str, str]:
    try:
        ended = subprocess.run(  # noqa: S603  our own script
            [sys.executable, "-I", _CHILD], input=json.dumps(job).encode(), capture_output=True, timeout=PATIENCE
        )
        result: dict[str, str] = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError) as wrong:  # too slow, or ended in the middle of it
        return {"problem": "broken", "detail": repr(wrong)}
    return result


def _media(source: Path, target: Path, sort: Sort, shown_name: str, size: int) -> Made:
    try:
        inside = media.look_inside(source, sort.reader)
        _measure(inside.kind, shown_name, size, inside.seconds)
        wrapping = media.strip(source, target, sort.reader, inside)
        _measure(inside.kind, shown_name, size, media.check(target))
    except media.Unreadable:
        raise reasons.broken(shown_name) from None
    return Made(target, inside.kind, wrapping.media_type)


def _measure(kind: str, shown_name: str, size: int, seconds: float | None) -> None:
    if size > limits().bytes_of(kind):
        raise reasons.too_large(shown_name, kind)
    longest = limits().film.seconds if kind == "film" else limits().sound.seconds
    if seconds is not None and seconds > longest + 1:
        raise reasons.too_long(shown_name, kind)
