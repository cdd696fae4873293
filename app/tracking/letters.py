"""The letters that somebody who follows a case may take home: those that have gone out to them."""

from sqlalchemy import or_, select

from app.cases.models import Case
from app.extensions import db
from app.letters.models import Letter
from app.reception.taking_home import RECEIPT


def letters_of(case: Case) -> list[Letter]:
    """The newest first. A receipt is theirs at once; any other letter once it was sent."""
    return list(
        db.session.scalars(
            select(Letter)
            .where(Letter.case_id == case.id, or_(Letter.name == RECEIPT, Letter.sent_at.is_not(None)))
            .order_by(Letter.composed_at.desc(), Letter.id.desc())
        )
    )


def letter_of(case: Case, letter_id: int) -> Letter | None:
    return next((letter for letter in letters_of(case) if letter.id == letter_id), None)
