"""A made data disc (ISO 9660 with Joliet), read by the standard: ECMA-119 gives the places of its bytes."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.formats.check import mp3

BLOCK = 2048  # bytes
FIRST_DESCRIPTOR = 16  # block
PRIMARY, SUPPLEMENTARY, LAST = 1, 2, 255
ROOT_AT = 156  # in a descriptor
MOST_BYTES = 74 * 60 * 75 * BLOCK  # a disc of 74 minutes: every blank disc holds as much
PLAIN_NAME = re.compile(r"[A-Z0-9_]{1,27}\.[A-Z0-9]{1,3};1")
LONGEST_JOLIET_NAME = 64


class _Broken(Exception):
    """It is no disc that can be read. Says why."""


@dataclass(frozen=True)
class _Entry:
    name: str
    block: int
    size: int


def check(path: Path) -> list[str]:
    """One sentence a finding."""
    disc = path.read_bytes()
    try:
        plain, joliet = (_folder(disc, kind) for kind in (PRIMARY, SUPPLEMENTARY))
    except (_Broken, struct.error, IndexError, UnicodeDecodeError) as wrong:
        return [f"it cannot be read as a disc: {wrong}"]
    return [*_shape(disc, plain, joliet), *_sounds(disc, joliet)]


def _folder(disc: bytes, kind: int) -> list[_Entry]:
    """The files of the root folder, as this kind of descriptor tells them."""
    block = FIRST_DESCRIPTOR
    while disc[block * BLOCK] != kind:
        if disc[block * BLOCK + 1 : block * BLOCK + 6] != b"CD001" or disc[block * BLOCK] == LAST:
            raise _Broken("it lacks a descriptor of its volume")
        block += 1
    root = _record(disc, block * BLOCK + ROOT_AT, kind)
    at, end = root.block * BLOCK, root.block * BLOCK + root.size
    found = []
    while at < end and at < len(disc):
        if not disc[at]:  # the rest of this block is empty
            at = (at // BLOCK + 1) * BLOCK
            continue
        found.append(_record(disc, at, kind))
        at += disc[at]
    return found[2:]  # without the folder itself and the one above it


def _record(disc: bytes, at: int, kind: int) -> _Entry:
    block, size = struct.unpack_from("<I4xI", disc, at + 2)
    name = disc[at + 33 : at + 33 + disc[at + 32]]
    return _Entry(name.decode("utf-16-be" if kind == SUPPLEMENTARY and len(name) > 1 else "ascii"), block, size)


def _shape(disc: bytes, plain: list[_Entry], joliet: list[_Entry]) -> Iterator[str]:
    if len(disc) > MOST_BYTES:
        yield f"it has {len(disc)} bytes, more than a disc of 74 minutes holds"
    if [(entry.block, entry.size) for entry in plain] != [(entry.block, entry.size) for entry in joliet]:
        yield "its short and its long names do not lead to the same files in the same order"
    if bad := [entry.name for entry in plain if not PLAIN_NAME.fullmatch(entry.name)]:
        yield f"a plain player cannot read the name {bad[0]}"
    if long := [entry.name for entry in joliet if len(entry.name) > LONGEST_JOLIET_NAME]:
        yield f"the name {long[0]} is too long"
    if any(entry.block * BLOCK + entry.size > len(disc) for entry in plain):
        yield "it is cut off"


def _sounds(disc: bytes, entries: list[_Entry]) -> Iterator[str]:
    sounds = [entry for entry in entries if entry.name.endswith(".mp3")]
    if not sounds:
        yield "it has no sound"
    if [entry.name[:2] for entry in sounds] != [f"{number:02}" for number in range(1, len(sounds) + 1)]:
        yield "its sound files are not numbered in their order"
    for entry in sounds:
        content = disc[entry.block * BLOCK : entry.block * BLOCK + entry.size]
        yield from mp3.findings(entry.name, content)
