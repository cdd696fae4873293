"""What is removed of a case's messages when its time is over: addresses and words. That they went out stays."""

from sqlalchemy import update

from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db


def forget(case: Case) -> None:
    """No commit. What was still waiting has nowhere to go any more: it has failed."""
    messages = update(Message).where(Message.case_id == case.id)
    db.session.execute(messages.values(address="", problem=None, unsubscribe=None))
    db.session.execute(messages.where(Message.words.is_not(None)).values(words="", subject=""))
    db.session.execute(messages.where(Message.state != "sent").values(state="failed"))
