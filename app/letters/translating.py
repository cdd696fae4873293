"""A translator's words come back: the letters that waited for them are written anew, and the case is told.

Nothing here commits.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import selectinload

from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.letters.actions import request_letter
from app.letters.compose import NoSuchLetter
from app.letters.lacks import LetterLacks
from app.letters.models import Letter, TranslatedWords, Translation
from app.letters.wanted_words import DONE, WANTED, WITHDRAWN, is_newest, lasting

BEFORE_WRITING_ANEW, AFTER_WRITING_ANEW = "before_writing_anew", "after_writing_anew"
NOT_SO = "not-so"  # why a letter is not written again: what it says does not hold any more
PAGE = 50  # rows of the list


class TranslatedMeanwhile(Exception):
    """Somebody else has written these words since the page was made. ``translation`` holds theirs."""

    def __init__(self, translation: Translation) -> None:
        super().__init__(translation.id)
        self.translation = translation


class NotWanted(Exception):
    """No letter needs these words any more."""


class NoWords(Exception):
    """A translation without a word."""


def after_writing_anew(app: Flask, follows: Callable[[Letter, Letter, datetime], None]) -> None:
    """Have a room above told of each letter that was written anew, translated: the one before, the new one, when."""
    app.extensions.setdefault(AFTER_WRITING_ANEW, []).append(follows)


def before_writing_anew(app: Flask, holds: Callable[[Letter, datetime], bool]) -> None:
    """Have a room above asked, before a letter is written anew, whether what it says still holds."""
    app.extensions.setdefault(BEFORE_WRITING_ANEW, []).append(holds)


def translate(
    translation_id: int, words: str, version: int, at: datetime, who: str
) -> tuple[Translation, list[Letter]]:
    """Keep a translator's words; ``version`` is the one that their page showed. Gives the letters written anew.

    A letter is written once all that it waits for is there. Raises LookupError, NoWords, NotWanted,
    TranslatedMeanwhile.
    """
    _lock_cases_of(translation_id)
    translation = db.session.get(Translation, translation_id, with_for_update=True, populate_existing=True)
    if translation is None:
        raise LookupError(translation_id)
    if translation.state == WITHDRAWN:
        raise NotWanted
    if translation.version != version:
        raise TranslatedMeanwhile(translation)
    words = "\n".join(line.rstrip() for line in words.strip().splitlines())
    if not words:
        raise NoWords
    if translation.state == DONE and translation.words == words:
        return translation, []
    translation.words, translation.state, translation.version = words, DONE, version + 1
    translation.done_at, translation.done_by = at, who
    db.session.flush()
    waiting = [use.letter for use in translation.uses if _can_be_written(use.letter)]
    return translation, [new for new in (_write_anew(letter, at, who) for letter in waiting) if new]


def _lock_cases_of(translation_id: int) -> None:
    """Cases first, in order: whoever writes in one takes the words after it."""
    found = select(Letter.case_id).join(TranslatedWords).where(TranslatedWords.translation_id == translation_id)
    db.session.scalars(select(Case).where(Case.id.in_(found)).order_by(Case.id).with_for_update()).all()


def _can_be_written(letter: Letter) -> bool:
    """Its words are still there, no other letter took its place, and nothing that it waits for is missing."""
    if letter.case.anonymised_at is not None or not is_newest(letter):
        return False
    missing = (
        select(func.count())
        .select_from(TranslatedWords)
        .join(Translation)
        .where(TranslatedWords.letter_id == letter.id, Translation.state != DONE)
    )
    return not db.session.scalar(missing)


def _write_anew(letter: Letter, at: datetime, who: str) -> Letter | None:
    """A new version, from what the letter was given. What was already sent stays as it is."""
    case, told = letter.case, {"letter": letter.name, "language": letter.language, "instead_of": letter.version}
    if not all(holds(letter, at) for holds in current_app.extensions.get(BEFORE_WRITING_ANEW, ())):
        add_event(case, "letter_not_translated", at, who, **told, reason=NOT_SO)
        return None
    try:
        new = request_letter(case, letter.name, at, given=lasting(letter) or None)
    except (LetterLacks, NoSuchLetter) as lacking:  # the case has changed since
        add_event(case, "letter_not_translated", at, who, **told, reason=str(lacking))
        return None
    add_event(case, "letter_translated", at, who, **told, version=new.version, was_sent=letter.sent_at is not None)
    db.session.flush()
    for follows in current_app.extensions.get(AFTER_WRITING_ANEW, ()):
        follows(letter, new, at)
    return new


def work_list(state: str, language: str | None, after: tuple[datetime, int] | None) -> Sequence[Translation]:
    """A page of the list and one row more; ``after`` ended the page before. ``language``: the one to write in.

    Of what is WANTED that which waits longest comes first; of what is DONE that which was written last.
    """
    is_wanted = state == WANTED
    place = tuple_(Translation.wanted_at if is_wanted else Translation.done_at, Translation.id)
    query = select(Translation).where(Translation.state == state)
    if language:
        query = query.where(Translation.language == language)
    if after:
        query = query.where(place > tuple_(*after) if is_wanted else place < tuple_(*after))
    order = [each if is_wanted else each.desc() for each in place.clauses]
    uses = selectinload(Translation.uses).joinedload(TranslatedWords.letter)
    return db.session.scalars(query.order_by(*order).limit(PAGE + 1).options(uses)).all()


def next_of_the_letter(translation: Translation) -> Translation | None:
    """What is still to be written of a letter that also waited for this: the first of it."""
    letters = select(TranslatedWords.letter_id).where(TranslatedWords.translation_id == translation.id)
    others = select(TranslatedWords.translation_id).where(TranslatedWords.letter_id.in_(letters))
    wanted = select(Translation).where(Translation.id.in_(others), Translation.state == WANTED)
    return db.session.scalars(wanted.order_by(Translation.id).limit(1)).first()
