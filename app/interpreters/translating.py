"""What came in in another language, put into English for us: asked for, done by whom, kept. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.interpreters.lists import MOST_SHOWN, of_readers
from app.interpreters.models import DONE, DROPPED, WANTED, IncomingTranslation
from app.tenants.words import typed


class IsOver(Exception):
    """It was translated or dropped before."""


def want(case: Case, what: str, language: str, at: datetime, who: str) -> IncomingTranslation:
    made = IncomingTranslation(
        case=case, what=typed(what), language=language, state=WANTED, asked_at=at, asked_by=who, words="", because=""
    )
    db.session.add(made)
    db.session.flush()
    add_event(case, "translation_into_english_wanted", at, who, translation=made.id, words=language)
    return made


def done(wanted: IncomingTranslation, words: str, translated_by: str, at: datetime, who: str) -> None:
    """``words`` in English; ``translated_by`` names a person or a firm. Raises IsOver."""
    _must_be_wanted(wanted)
    wanted.state, wanted.words, wanted.translated_by = DONE, typed(words) or "", translated_by
    wanted.ended_at, wanted.ended_by = at, who
    add_event(wanted.case, "translation_into_english_done", at, who, translation=wanted.id, note=translated_by)


def drop(wanted: IncomingTranslation, because: str, at: datetime, who: str) -> None:
    """Raises IsOver."""
    _must_be_wanted(wanted)
    wanted.state, wanted.because = DROPPED, typed(because) or ""
    wanted.ended_at, wanted.ended_by = at, who
    add_event(wanted.case, "translation_into_english_dropped", at, who, translation=wanted.id)


def of_case(case: Case) -> list[IncomingTranslation]:
    """The newest first."""
    found = select(IncomingTranslation).where(IncomingTranslation.case_id == case.id)
    return list(db.session.scalars(found.order_by(IncomingTranslation.id.desc())))


def still_wanted(reader_id: int, *, sees_restricted: bool) -> Sequence[IncomingTranslation]:
    """Of every case that this colleague may open, the oldest first; one more than MOST_SHOWN where there are more."""
    found = select(IncomingTranslation).join(IncomingTranslation.case).options(contains_eager(IncomingTranslation.case))
    found = found.where(IncomingTranslation.state == WANTED, IncomingTranslation.language != "")
    found = found.where(of_readers(reader_id, sees_restricted=sees_restricted))
    return db.session.scalars(found.order_by(IncomingTranslation.asked_at).limit(MOST_SHOWN + 1)).all()


def _must_be_wanted(wanted: IncomingTranslation) -> None:
    if wanted.state != WANTED:
        raise IsOver
