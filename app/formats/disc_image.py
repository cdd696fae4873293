"""A data disc as a file (ISO 9660 with Joliet): for players of MP3 discs, and for computers.

The dates on it are the letter's, so that the same sound gives the same disc.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from pycdlib import PyCdlib
from pycdlib.dates import DirectoryRecordDate

from app.formats.document import File

_ISO_LEVEL = 2  # ECMA-119, 10.2: names of up to 31 characters, no file in pieces: what the plainest player reads
_JOLIET_LEVEL = 3
LONGEST_NAME = 64  # characters of a Joliet name (pycdlib counts bytes of UTF-8); the whole title is in the sound's tags
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f*/:;?\\\U00010000-\U0010ffff]")  # Joliet; two-byte letters only
_BLOCK = 2048  # bytes
_FIRST_DESCRIPTOR = 16  # block; the last one is marked as such
_LAST = 255
_DATES_AT = (813, 830, 864)  # ECMA-119, 8.4.26, 8.4.27, 8.4.29: created, modified, takes effect; none expires


def image(files: Sequence[File], volume: str, dated: date) -> bytes:
    """The disc's bytes. ``files`` lie in its one folder in this order; ``volume`` is a name of letters and digits."""
    disc = PyCdlib()
    disc.new(
        interchange_level=_ISO_LEVEL, joliet=_JOLIET_LEVEL, vol_ident=_plain(volume)[:32], app_ident_str="LETTERBOX"
    )
    try:
        for number, file in enumerate(files, 1):
            disc.add_fp(
                BytesIO(file.content),
                len(file.content),
                iso_path=f"/{_iso_name(number, file.name)}",
                joliet_path=f"/{file.name}",
            )
        for record in _records(disc):
            record.date = _moment(dated)
        made = BytesIO()
        disc.write_fp(made)
    finally:
        disc.close()
    return _dated(made.getvalue(), dated)


def name_of(number: int, title: str, ending: str) -> str:
    """``03 What happens next.mp3``: in order on every player, and without what a file's name may not have."""
    kept = " ".join(_NOT_IN_A_NAME.sub("", title).split())
    room = LONGEST_NAME - len(ending.encode())
    return f"{number:02} {kept}".encode()[:room].decode(errors="ignore").rstrip(" .") + ending


def _iso_name(number: int, name: str) -> str:
    ending = _plain(name.rpartition(".")[2])[:3]
    return f"PART_{number:02}.{ending};1"


def _plain(text: str) -> str:
    """Only what ECMA-119 calls d-characters."""
    return re.sub("[^A-Z0-9]+", "_", text.upper())


def _records(disc: Any) -> Iterator[Any]:
    """Every entry of both folders, and the folders themselves."""
    for where in ({"iso_path": "/"}, {"joliet_path": "/"}):
        yield disc.get_record(**where)
        yield from disc.list_children(**where)


def _moment(day: date) -> DirectoryRecordDate:
    made = DirectoryRecordDate()
    made.parse(bytes((day.year - 1900, day.month, day.day, 0, 0, 0, 0)))
    return made


def _dated(disc: bytes, day: date) -> bytes:
    """The descriptors have the moment of making in them: the letter's day takes its place."""
    made = bytearray(disc)
    moment = day.strftime("%Y%m%d").encode() + b"0" * 8 + b"\0"
    block = _FIRST_DESCRIPTOR
    while made[block * _BLOCK] != _LAST:
        for at in _DATES_AT:
            made[block * _BLOCK + at : block * _BLOCK + at + len(moment)] = moment
        block += 1
    return bytes(made)
