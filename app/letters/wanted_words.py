"""Which words of colleagues wait for a translator, and which have been translated: asked for with each letter."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.letters.models import Letter, TranslatedWords, Translation
from app.letters.our_words import Found, Source

WANTED, DONE, WITHDRAWN = "wanted", "done", "withdrawn"
# Each of these stands by itself: a later one of the same name does not take its place.
EACH_BY_ITSELF = frozenset(
    {
        "follow-up",
        "letter",
        "appointment",
        "appointment-cancelled",
        "call-back-missed",
        "interpreter-booked",
        "interpreter-not-there",
    }
)


def translated(sources: Iterable[Source], language: str) -> Found:
    """What of this has been put into the language, by whichever letter it was asked for."""
    wanted = {(source.sha256, source.language): source for source in sources}
    hashes = [sha256 for sha256, _language in wanted]
    rows = db.session.execute(
        select(Translation.sha256, Translation.source_language, Translation.words).where(
            Translation.sha256.in_(hashes), Translation.language == language, Translation.state == DONE
        )
    )
    return {wanted[sha256, spoken]: words for sha256, spoken, words in rows if (sha256, spoken) in wanted and words}


def ask_for(letter: Letter, sources: Iterable[Source], at: datetime) -> list[Translation]:
    """Have a translator write these for the letter, and write down which words it was written with. No commit.

    What nobody needs any more, because this letter took the place of an earlier one, is withdrawn. Gives those that
    are still to be written.
    """
    sources, rows = tuple(sources), []
    if not sources and letter.version == 1:
        return []
    for source in sources:
        row = _row(source, letter.language, at)
        if row.state == WITHDRAWN:
            row.state, row.wanted_at = WANTED, at
        db.session.add(TranslatedWords(letter=letter, translation=row))
        rows.append(row)
    db.session.flush()
    _withdraw_what_nobody_needs(letter)
    return [row for row in rows if row.state == WANTED]


def _row(source: Source, language: str, at: datetime) -> Translation:
    query = select(Translation).where(_is(source), Translation.language == language)
    found = db.session.scalar(query)
    if found is not None:
        return found
    row = Translation(
        sha256=source.sha256, source_language=source.language, language=language, source=source.words,
        state=WANTED, wanted_at=at, version=1,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another letter asked for the same at the same moment
        return db.session.scalars(query).one()
    return row


def _is(source: Source) -> ColumnElement[bool]:
    return and_(Translation.sha256 == source.sha256, Translation.source_language == source.language)


def _withdraw_what_nobody_needs(letter: Letter) -> None:
    """Words of earlier versions of this letter that no letter that holds needs."""
    if letter.name in EACH_BY_ITSELF:
        return
    earlier = select(TranslatedWords.translation_id).join(Letter).where(
        Letter.case_id == letter.case_id, Letter.name == letter.name, Letter.version < letter.version
    )  # fmt: skip
    for row in db.session.scalars(select(Translation).where(Translation.id.in_(earlier), Translation.state == WANTED)):
        if not any(is_newest(use.letter) for use in row.uses):
            row.state = WITHDRAWN


def is_newest(letter: Letter) -> bool:
    """Whether no other letter took its place: a later version, or for one that stands by itself the same anew."""
    later = select(Letter).where(
        Letter.case_id == letter.case_id, Letter.name == letter.name, Letter.version > letter.version
    )
    found = db.session.scalars(later).all()
    return not any(letter.name not in EACH_BY_ITSELF or says_the_same(letter, other) for other in found)


def says_the_same(letter: Letter, other: Letter) -> bool:
    """Whether both were given the same to say, so that one is the other with its words translated."""
    return (letter.case_id, letter.name) == (other.case_id, other.name) and lasting(letter) == lasting(other)


def lasting(letter: Letter) -> dict[str, object]:
    """What the letter was given, without what was added of the day: who is away."""
    return {key: value for key, value in (letter.given or {}).items() if key != "handler_away"}


def uses_of(letter_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Letter and state of a translation, for each one that these letters wait for or were written with."""
    query = (
        select(TranslatedWords.letter_id, Translation.state)
        .join(Translation)
        .where(TranslatedWords.letter_id.in_(tuple(letter_ids)))
    )
    return [(letter_id, state) for letter_id, state in db.session.execute(query)]
