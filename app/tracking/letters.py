"""The letters that somebody who follows a case may take home: those that have gone out to them."""

from sqlalchemy import and_, or_, select

from app.cases.models import Case
from app.extensions import db
from app.letters.models import Letter
from app.reception.taking_home import RECEIPT
from app.tracking.doors import Opened


def letters_of(case: Case, *, has_code: bool) -> list[Letter]:
    """The newest first. A receipt is theirs at once; any other letter once it was sent.

    ``has_code``: opened with the return code. A receipt says the code: whoever came with a postcode is not given it.
    """
    is_theirs = Letter.sent_at.is_not(None)
    wanted = or_(Letter.name == RECEIPT, is_theirs) if has_code else and_(Letter.name != RECEIPT, is_theirs)
    newest_first = select(Letter).where(Letter.case_id == case.id, wanted)
    return list(db.session.scalars(newest_first.order_by(Letter.composed_at.desc(), Letter.id.desc())))


def letter_of(found: Opened, letter_id: int) -> Letter | None:
    letters = letters_of(found.case, has_code=found.has_code)
    return next((letter for letter in letters if letter.id == letter_id), None)
