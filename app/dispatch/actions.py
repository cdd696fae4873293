"""The outbox: what goes to whom, and how it went."""

import secrets
from datetime import datetime

from app.dispatch.models import Message
from app.extensions import db
from app.letters.models import Letter


def queue_message(letter: Letter, channel: str, address: str, at: datetime) -> Message:
    """Add a message to the outbox: it goes out once what was written with it is committed. No commit.

    ``channel`` is ``email`` (sent by the worker) or ``post`` (a colleague posts it). ``address`` is the email address,
    or the postal lines.
    """
    message = Message(
        case=letter.case,
        letter=letter,
        channel=channel,
        address=address,
        message_id=_message_id(),
        state="waiting",
        try_at=at,
        created_at=at,
        attempts=0,
    )
    db.session.add(message)
    return message


def _message_id() -> str:
    """RFC 5322. Fixed before the first attempt: a receiver that gets the message twice can tell."""
    return f"<{secrets.token_hex(16)}@letterbox>"


def worker_seen_at() -> datetime | None:
    """When a worker last said that it lives; None if none ever did."""
    return None
