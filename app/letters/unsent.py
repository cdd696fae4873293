"""Letters looked at before they are written: the same words and the same files, and nothing of them is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cases.models import Case
from app.extensions import db
from app.formats.document import Document
from app.letters.compose import compose, title_of
from app.letters.documents import document_of, landlord_of
from app.letters.models import Letter


@dataclass(frozen=True)
class Unsent:
    """``body`` is the letter's HTML; ``document`` is what any format is made from."""

    name: str
    language: str
    title: str
    body: str
    document: Document


def as_it_would_be(case: Case, name: str, given: Mapping[str, Any], at: datetime) -> Unsent:
    """Only reads. Raises NoSuchLetter, lacks.LetterLacks."""
    title = title_of(case, name, given=given)
    body = compose(case, name, landlord_of(case), given=given)
    with db.session.no_autoflush:
        letter = Letter(case=case, name=name, language=case.language, title=title, body=body, composed_at=at)
        return unsent(letter)


def unsent(letter: Letter) -> Unsent:
    """For a letter that an act has written and that is to be rolled back."""
    document = document_of(letter, landlord_of(letter.case))
    return Unsent(letter.name, letter.language, letter.title, letter.body, document)
