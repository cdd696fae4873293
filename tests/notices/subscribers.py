"""Somebody who gets notices by email, something to tell them, and what waits in the outbox."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.notices import actions, subscribing
from app.notices.models import Notice, Subscriber
from app.notices.shapes import Given

ADDRESS = "anna@example.org"
NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WHO = "kim@landlord.example"
WORDS = {
    "en": {"title": "The website is off", "words": "We work on **it**.\n- Call us.\n- Or write."},
    "ar": {"title": "الموقع متوقف", "words": "نعمل عليه."},
}


def a_subscriber(email: str = ADDRESS, language: str = "en", areas: tuple[str, ...] = ()) -> Subscriber:
    """Somebody who confirmed an hour ago."""
    subscribing.ask(email, language, list(areas), NOW - 2 * HOUR)
    found = db.session.scalars(select(Subscriber).where(Subscriber.email == email)).one()
    subscribing.confirm(found, NOW - HOUR)
    db.session.query(Message).filter(Message.address == email).delete()
    db.session.commit()
    return found


def published(*, areas: tuple[str, ...] = (), at: datetime = NOW, **different: Any) -> Notice:
    start_writing()
    given: dict[str, Any] = {"kind": "technical-trouble", "severity": "urgent", "words": WORDS, "starts_at": at}
    notice = actions.write(Given(**{**given, **different}, areas=areas), WHO, at)
    actions.publish(notice, WHO, at)
    db.session.commit()
    return notice


def waiting() -> list[tuple[str, str]]:
    """Who is mailed what: addresses and subjects, in the order in which they were put there."""
    db.session.rollback()
    found = db.session.scalars(select(Message).where(Message.unsubscribe.is_not(None)).order_by(Message.id))
    return [(message.address, message.subject or "") for message in found]
