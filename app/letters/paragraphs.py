"""Standard paragraphs: words that colleagues put into letters again and again, kept per language. No commits."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.letters.models import StandardParagraph
from app.staff.models import StaffMember


class KeyTaken(Exception):
    """There is a paragraph of this key in this language already."""


def paragraphs(landlord_key: str) -> list[StandardParagraph]:
    """All, also those withdrawn: by key, then language."""
    wanted = select(StandardParagraph).where(StandardParagraph.landlord == landlord_key)
    return list(db.session.scalars(wanted.order_by(StandardParagraph.key, StandardParagraph.language)))


def paragraphs_for(landlord_key: str, letter: str, language: str) -> list[StandardParagraph]:
    """Those that may be put into this letter, where it is written in this language."""
    return [
        one
        for one in paragraphs(landlord_key)
        if one.language == language and one.withdrawn_at is None and (not one.letters or letter in one.letters)
    ]


def add(
    landlord_key: str,
    key: str,
    language: str,
    at: datetime,
    who: StaffMember,
    *,
    title: str,
    words: str,
    letters: Iterable[str] = (),
) -> StandardParagraph:
    """Raises KeyTaken."""
    if any((one.key, one.language) == (key, language) for one in paragraphs(landlord_key)):
        raise KeyTaken(key)
    paragraph = StandardParagraph(landlord=landlord_key, key=key, language=language)
    db.session.add(paragraph)
    change(paragraph, at, who, title=title, words=words, letters=letters)
    try:
        db.session.flush()
    except IntegrityError:  # somebody else took it at the same moment
        db.session.rollback()
        raise KeyTaken(key) from None
    return paragraph


def change(
    paragraph: StandardParagraph,
    at: datetime,
    who: StaffMember,
    *,
    title: str,
    words: str,
    letters: Iterable[str] = (),
    is_withdrawn: bool = False,
) -> None:
    """Letters that have its words already keep them. ``is_withdrawn``: it is offered no more."""
    paragraph.title, paragraph.words, paragraph.letters = title, words, list(letters)
    paragraph.changed_at, paragraph.changed_by = at, who.email
    paragraph.withdrawn_at = (paragraph.withdrawn_at or at) if is_withdrawn else None
