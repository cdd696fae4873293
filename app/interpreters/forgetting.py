"""What is removed of interpreters when a case's time is over: the language, and all that was typed."""

from sqlalchemy import update

from app.cases.models import Case
from app.extensions import db
from app.interpreters.models import IncomingTranslation, InterpreterRequest

GONE = ""


def forget(case: Case) -> None:
    """When it was asked for, booked and met stays: it is counted. No commit."""
    asked = update(InterpreterRequest).where(InterpreterRequest.case_id == case.id)
    db.session.execute(
        asked.values(language=GONE, wished_for=None, prefers=None, joining=None, booking=None, note=GONE)
    )
    wanted = update(IncomingTranslation).where(IncomingTranslation.case_id == case.id)
    db.session.execute(wanted.values(what=GONE, language=GONE, words=GONE, translated_by=None, because=GONE))


def forget_call(call_back_id: int) -> None:
    """The same for a call that belongs to no case. No commit."""
    asked = update(InterpreterRequest).where(InterpreterRequest.call_back_id == call_back_id)
    db.session.execute(
        asked.values(language=GONE, wished_for=None, prefers=None, joining=None, booking=None, note=GONE)
    )
