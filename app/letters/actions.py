"""What can be done with a letter: ask for it, see it as a document, and have a file of it in a format."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.cases.actions import add_event
from app.cases.handlers import handler_away
from app.cases.models import Case
from app.extensions import db
from app.formats import Choice
from app.letters.compose import title_of, written
from app.letters.documents import document_in as document_in
from app.letters.documents import document_of as document_of
from app.letters.documents import landlord_of as landlord_of
from app.letters.files import NotMadeYet as NotMadeYet
from app.letters.files import key_of, row_for
from app.letters.files import made_file as made_file
from app.letters.models import Letter
from app.letters.our_words import Written
from app.letters.storage import path_of as path_of
from app.letters.wanted_words import ask_for
from app.tenants.models import CommunicationNeeds

FILE_COPY = ("standard-print", Choice())


def request_letter(
    case: Case,
    name: str,
    at: datetime,
    choices: Iterable[tuple[str, Choice]] = (),
    given: Mapping[str, Any] | None = None,
) -> Letter:
    """Compose the letter now, in the language of the case, and ask for its files. No commit.

    Files: the format that the tenant needs, a file copy in standard print, and each ``(format, Choice)`` given.
    ``given`` is what the letter says beyond the case, from a room above. It fits into JSON, moments and days as ISO
    text (the templates' filters ``as_day`` and ``as_day_and_time`` read it); the template has it as ``given``.
    A letter asked for again is a new version. Raises NoSuchLetter, LetterLacks, KeyError for an unknown format.
    """
    landlord = landlord_of(case)
    given = {**(given or {}), **_absence(case, at)}
    title, words = title_of(case, name, given=given), written(case, name, landlord, given=given)
    db.session.flush()
    letter = Letter(
        case=case,
        name=name,
        version=_next_version(case, name),
        language=case.language,
        title=title,
        body=words.html,
        composed_at=at,
        given=given or None,
    )
    db.session.add(letter)
    for format_name, choice in (needed_format(case), FILE_COPY, *choices):
        row_for(letter, key_of(format_name, choice), at)
    add_event(case, "letter_written", at, letter=name, version=letter.version, language=letter.language)
    _have_translated(letter, words, at)
    return letter


def _have_translated(letter: Letter, words: Written, at: datetime) -> None:
    """What a colleague wrote in another language waits for a translator, or has been translated for another letter."""
    left = ask_for(letter, words.foreign, at)
    if left:
        told: dict[str, Any] = {"letter": letter.name, "version": letter.version, "language": letter.language}
        add_event(letter.case, "translation_wanted", at, **told, parts=len(left))


def _absence(case: Case, at: datetime) -> dict[str, Any]:
    """Whoever is named in the letter may be away: then it says until when, and who helps (L14)."""
    away = handler_away(case, at)
    if away is None:
        return {}
    return {"handler_away": {"until": away.back_on.isoformat(), "deputy": away.deputy.name if away.deputy else None}}


def choice_for(needs: CommunicationNeeds) -> Choice:
    """What this tenant needs within each format."""
    return Choice(
        point_size=needs.point_size,
        braille_grade=needs.braille_grade,
        paper=needs.paper_colour,
        rate=needs.speaking_rate,
        cells=needs.braille_cells,
        lines=needs.braille_lines,
    )


def needed_format(case: Case) -> tuple[str, Choice]:
    """The format that this tenant needs, and what they need within it."""
    needs = case.tenant.needs
    return needs.letter_format, choice_for(needs)


def _next_version(case: Case, name: str) -> int:
    newest = db.session.scalar(select(func.max(Letter.version)).where(Letter.case_id == case.id, Letter.name == name))
    return (newest or 0) + 1
