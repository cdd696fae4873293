"""The files of letters: each made once, by whoever claims its row, and safe on the disk before the row says so.

A claim is one UPDATE that only one process can win, and it runs out: what a dead process was making is made by
another. Making is deterministic and the file is put in place in one step; so even two that make it at once leave one
whole file.
"""

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.exc import IntegrityError

from app import formats
from app.cases.actions import add_event
from app.extensions import db, start_writing
from app.formats import Choice
from app.formats.document import FormatRefused
from app.letters import storage
from app.letters.documents import document_of, landlord_of
from app.letters.models import Letter, LetterFile

LEASE = timedelta(minutes=3)  # how long a claim holds: several times what the slowest format takes on a busy machine
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
PATIENCE = 60.0  # seconds to wait for another process that is making the same file
Key = tuple[str, int, int, str]

log = logging.getLogger(__name__)


class NotMadeYet(Exception):
    """Another process is making this file and has not finished: ask again in a minute."""


def key_of(format_name: str, choice: Choice | None) -> Key:
    """What tells two files of one letter apart: the format, and what is chosen within it.

    Raises KeyError for an unknown format.
    """
    if format_name not in formats.FORMATS:
        raise KeyError(format_name)
    choice = choice or Choice()
    return (
        format_name,
        choice.point_size if format_name in formats.HAS_SIZE else 0,
        choice.braille_grade if format_name in formats.HAS_GRADE else 0,
        _variant(format_name, choice),
    )


def _variant(format_name: str, choice: Choice) -> str:
    """The paper, the rate or the braille page, where it is not the usual one: "yellow", "slow", "28x24"."""
    usual = Choice()
    if format_name in formats.HAS_PAPER and choice.paper != usual.paper:
        return choice.paper
    if format_name in formats.HAS_RATE and choice.rate != usual.rate:
        return choice.rate
    if format_name in formats.HAS_GRADE and (choice.cells, choice.lines) != (usual.cells, usual.lines):
        return f"{choice.cells}x{choice.lines}"
    return ""


def stem_for(letter: Letter, language: str, key: Key) -> str:
    """A file's name without its ending: which letter, which version, in what language and format."""
    format_name, point_size, braille_grade, variant = key
    within = f"-{point_size}" if point_size else f"-grade-{braille_grade}" if braille_grade else ""
    return f"{letter.name}-{letter.version}-{language}-{format_name}{within}{f'-{variant}' if variant else ''}"


def choice_of(file: LetterFile) -> Choice:
    return choice_within((file.format, file.point_size, file.braille_grade, file.variant))


def choice_within(key: Key) -> Choice:
    """The choice that ``key_of`` made the key of, as far as it counts within that format."""
    format_name, point_size, braille_grade, variant = key
    usual = Choice()
    chosen = replace(
        usual,
        point_size=point_size or usual.point_size,
        braille_grade=braille_grade or usual.braille_grade,
    )
    if not variant:
        return chosen
    if format_name in formats.HAS_PAPER:
        return replace(chosen, paper=variant)
    if format_name in formats.HAS_RATE:
        return replace(chosen, rate=variant)
    cells, lines = variant.split("x")
    return replace(chosen, cells=int(cells), lines=int(lines))


def row_for(letter: Letter, key: Key, at: datetime) -> LetterFile:
    """The row of this file, added to the session when there is none. No commit."""
    for file in letter.files:
        if (file.format, file.point_size, file.braille_grade, file.variant) == key:
            return file
    format_name, point_size, braille_grade, variant = key
    file = LetterFile(
        letter=letter, format=format_name, point_size=point_size, braille_grade=braille_grade, variant=variant,
        state="requested", try_at=at, attempts=0,
    )  # fmt: skip
    db.session.add(file)
    return file


def made_file(letter: Letter, format: str, choice: Choice | None, at: datetime) -> LetterFile:
    """The letter's file in this format, made now if it has not been. Commits; what was unsaved is dropped.

    Raises KeyError for an unknown format, FormatRefused when the letter cannot be made well in it, NotMadeYet when
    another process is at it for too long, OSError when the disk cannot hold it.
    """
    file_id = _stored_row(letter.id, key_of(format, choice), at)
    started = time.monotonic()
    while True:
        now = at + timedelta(seconds=time.monotonic() - started)
        file = db.session.get_one(LetterFile, file_id, populate_existing=True)
        if file.state == "made" and storage.exists(file.path):
            return file
        if make_file(file_id, now, is_wanted_now=True):
            return db.session.get_one(LetterFile, file_id, populate_existing=True)
        if time.monotonic() - started > PATIENCE:
            raise NotMadeYet
        db.session.rollback()
        time.sleep(0.1)


def make_file(file_id: int, at: datetime, *, is_wanted_now: bool = False) -> bool:
    """Claim the file and make it; False where there is nothing to make or another process has it. Commits.

    ``is_wanted_now``: somebody waits, so a refusal or a pause after trouble is not waited out, and a file that
    vanished from the disk is made again. Raises what making raised, once the trouble is recorded.
    """
    attempt = _claim(file_id, at, is_wanted_now)
    if attempt is None:
        return False
    try:
        made = _make(file_id)
    except FormatRefused as refusal:
        _finish(file_id, attempt, at, "letter_refused", state="refused", problem=refusal.reason)
        raise
    except Exception as trouble:
        problem = f"{type(trouble).__name__}: {trouble}"
        log.warning("letter file %s, attempt %s: %s", file_id, attempt, problem)
        _finish(file_id, attempt, at, None, state="requested", problem=problem, try_at=at + pause_after(attempt))
        raise
    except BaseException:  # told to stop: the next worker need not wait for the claim to run out
        _finish(file_id, attempt, at, None, state="requested", try_at=at)
        raise
    _finish(file_id, attempt, at, "letter_made", state="made", problem=None, made_at=at, **made)
    return True


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed: twice as long each time, within an hour."""
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 10), LONGEST_RETRY)


def to_make(at: datetime, limit: int = 200) -> list[int]:
    """The ids of files that nobody is making and whose time has come, the longest waiting first."""
    found = db.session.scalars(
        select(LetterFile.id).where(_is_free(at)).order_by(LetterFile.try_at, LetterFile.id).limit(limit)
    )
    return list(found)


def _is_free(at: datetime) -> ColumnElement[bool]:
    return and_(LetterFile.state.in_(("requested", "making")), LetterFile.try_at <= at)


def _is_free_for_somebody_waiting(at: datetime) -> ColumnElement[bool]:
    claim_ran_out = and_(LetterFile.state == "making", LetterFile.try_at <= at)
    return or_(LetterFile.state.in_(("requested", "refused")), claim_ran_out)


def _stored_row(letter_id: int, key: Key, at: datetime) -> int:
    """The id of this file's row, which is made when there is none. Commits."""
    query = select(LetterFile.id).where(
        LetterFile.letter_id == letter_id,
        LetterFile.format == key[0], LetterFile.point_size == key[1], LetterFile.braille_grade == key[2],
        LetterFile.variant == key[3],
    )  # fmt: skip
    found = db.session.scalar(query)
    if found is None:
        start_writing()
        row_for(db.session.get_one(Letter, letter_id), key, at)
        try:
            db.session.commit()
        except IntegrityError:  # somebody else asked for the same at the same moment
            db.session.rollback()
        found = db.session.scalars(query).one()
    return found


def _claim(file_id: int, at: datetime, is_wanted_now: bool) -> int | None:
    """Win the row for this process: the number of this attempt, or None. Commits."""
    start_writing()
    file = db.session.get(LetterFile, file_id, populate_existing=True)
    if file is None:
        db.session.rollback()
        return None
    condition = (_is_free_for_somebody_waiting if is_wanted_now else _is_free)(at)
    if is_wanted_now and file.state == "made" and not storage.exists(file.path):
        condition = or_(condition, and_(LetterFile.state == "made", LetterFile.sha256 == file.sha256))
    attempt = file.attempts + 1
    won = db.session.execute(
        update(LetterFile)
        .where(LetterFile.id == file_id, LetterFile.attempts == file.attempts, condition)
        .values(state="making", attempts=attempt, try_at=at + LEASE)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return attempt if won.rowcount == 1 else None  # type: ignore[attr-defined]


def _make(file_id: int) -> dict[str, Any]:
    """Make the file and put it on the disk. Gives what its row has to say. No transaction is held meanwhile."""
    file = db.session.get_one(LetterFile, file_id, populate_existing=True)
    letter, choice, format_name = file.letter, choice_of(file), file.format
    document = document_of(letter, landlord_of(letter.case))
    stem = stem_for(letter, letter.language, (format_name, file.point_size, file.braille_grade, file.variant))
    reference = letter.case.reference
    db.session.rollback()
    made = storage.in_one_piece(formats.make_letter(format_name, document, choice))
    path = storage.put(reference, stem, made)
    return {
        "path": path,
        "media_type": made.media_type,
        "sha256": sha256(made.content).hexdigest(),
        "size": len(made.content),
    }


def _finish(file_id: int, attempt: int, at: datetime, event: str | None, **values: Any) -> None:
    """Write down how it went, unless the claim ran out and another process has taken over. Commits."""
    start_writing()
    mine = db.session.execute(
        update(LetterFile)
        .where(LetterFile.id == file_id, LetterFile.state == "making", LetterFile.attempts == attempt)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if mine.rowcount == 1 and event:  # type: ignore[attr-defined]
        file = db.session.get_one(LetterFile, file_id, populate_existing=True)
        letter = file.letter
        details: dict[str, Any] = {"letter": letter.name, "version": letter.version, "format": file.format}
        if file.problem:
            details["reason"] = file.problem
        add_event(letter.case, event, at, **details)
    db.session.commit()
