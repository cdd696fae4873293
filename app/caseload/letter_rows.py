"""A case's letters as its page lists them: each format with how far it is, the needed one first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.caseload.words import format_words
from app.cases.models import Case
from app.dispatch.actions import messages_of
from app.dispatch.models import Message
from app.extensions import db
from app.formats import FORMATS, Choice
from app.letters.actions import needed_format
from app.letters.files import Key, key_of
from app.letters.models import Letter, LetterFile
from app.tenants.models import LARGEST_LARGE_PRINT, SMALLEST_LARGE_PRINT

STATES = {
    "made": _l("Ready"),
    "making": _l("Being made now"),
    "refused": _l("Cannot be made"),
    "waiting": _l("Waiting to be made"),
    "failed": _l("Not made yet"),
    "not-asked": _l("Made when you download it"),
}


@dataclass(frozen=True)
class FileRow:
    """One format of one letter. ``arguments`` go into the address of its download."""

    format: str
    words: str
    is_needed: bool
    state: str
    problem: str | None
    arguments: dict[str, Any]

    @property
    def state_words(self) -> str:
        return str(STATES[self.state])

    @property
    def can_be_had(self) -> bool:
        return self.state != "refused"


@dataclass(frozen=True)
class LetterRows:
    letter: Letter
    is_latest: bool
    files: tuple[FileRow, ...]
    messages: tuple[Message, ...]

    @property
    def is_on_its_way(self) -> bool:
        return any(message.state != "failed" for message in self.messages)

    @property
    def has_failed(self) -> bool:
        return any(message.state == "failed" for message in self.messages)


def letters_of(case: Case) -> tuple[LetterRows, ...]:
    """Every letter of the case, the acknowledgement before the receipt and the newest version first."""
    letters = db.session.scalars(
        select(Letter)
        .where(Letter.case_id == case.id)
        .options(selectinload(Letter.files))
        .order_by(Letter.name, Letter.version.desc())
    ).all()
    messages = messages_of(case.id)
    latest = {letter.name: letter.version for letter in reversed(letters)}
    return tuple(
        LetterRows(
            letter=letter,
            is_latest=latest[letter.name] == letter.version,
            files=_rows(letter, needed_format(case)),
            messages=tuple(message for message in messages if message.letter_id == letter.id),
        )
        for letter in letters
    )


def _rows(letter: Letter, need: tuple[str, Choice]) -> tuple[FileRow, ...]:
    needed_key = key_of(*need)
    stored = {(file.format, file.point_size, file.braille_grade, file.variant): file for file in letter.files}
    usual = [key_of(name, need[1] if name == need[0] else None) for name in FORMATS]
    keys = dict.fromkeys((needed_key, *_in_order(usual, stored)))
    return tuple(_row(key, stored.get(key), key == needed_key) for key in keys)


def _in_order(usual: Sequence[Key], stored: dict[Key, LetterFile]) -> list[Key]:
    """All formats in their usual order, each followed by the other sizes or grades asked for before."""
    return [key for one in usual for key in (one, *sorted(key for key in stored if key[0] == one[0]))]


def _row(key: Key, file: LetterFile | None, is_needed: bool) -> FileRow:
    name, point_size, braille_grade, variant = key
    arguments = {"point_size": point_size or None, "grade": braille_grade or None, "variant": variant or None}
    return FileRow(
        format=name,
        words=format_words(name, point_size, braille_grade, variant),
        is_needed=is_needed,
        state=_state(file),
        problem=file.problem if file and file.state != "made" else None,
        arguments={key: value for key, value in arguments.items() if value},
    )


def _state(file: LetterFile | None) -> str:
    if file is None:
        return "not-asked"
    if file.state == "requested":
        return "failed" if file.problem else "waiting"
    return file.state


def other_choices() -> list[tuple[str, dict[str, int], str]]:
    """Format, what stands in its address, and words: the sizes of large print that readers ask for, both grades."""
    sizes = range(SMALLEST_LARGE_PRINT, LARGEST_LARGE_PRINT + 1, 2)
    return [
        *(("large-print", {"point_size": size}, format_words("large-print", point_size=size)) for size in sizes),
        *(("braille", {"grade": grade}, format_words("braille", braille_grade=grade)) for grade in (1, 2)),
    ]


def message_words(message: Message) -> str:
    """How a message stands."""
    match message.channel, message.state:
        case "post", "sent":
            return _("Posted")
        case "post", _:
            return _("To be posted")
        case _, "sent":
            return _("Sent")
        case _, "failed":
            return _("Could not be sent")
        case _, "sending":
            return _("Being sent now")
    return _("Waiting to be sent")
