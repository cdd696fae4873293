"""What is removed of a case's letters when its time is over: their words, files and translations.

That they were sent stays.
"""

import contextlib
import shutil

from sqlalchemy import select

from app.cases.models import Case
from app.extensions import db
from app.letters import storage
from app.letters.compose import TITLED
from app.letters.models import Letter, LetterDraft, TranslatedWords, Translation


def forget(case: Case) -> None:
    """The files go first: if the act fails after that, they are made again. No commit."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(storage.folder() / case.reference)
    for letter in db.session.scalars(select(Letter).where(Letter.case_id == case.id)):
        letter.body, letter.given = "", None
        letter.title = "" if letter.name in TITLED else letter.title
        for file in list(letter.files):
            db.session.delete(file)
    _forget_translations(case)
    for draft in db.session.scalars(select(LetterDraft).where(LetterDraft.case_id == case.id)):
        db.session.delete(draft)
    db.session.flush()


def _forget_translations(case: Case) -> None:
    """What was translated for this case; words that another case also has stay with that."""
    mine = select(Letter.id).where(Letter.case_id == case.id)
    wanted = select(Translation).join(TranslatedWords).where(TranslatedWords.letter_id.in_(mine)).distinct()
    for translation in db.session.scalars(wanted).all():
        for use in [use for use in translation.uses if use.letter.case_id == case.id]:
            translation.uses.remove(use)
        if not translation.uses:
            db.session.delete(translation)
