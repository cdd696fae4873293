"""One message from the outbox: claimed, handed over, and its fate written down."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select, update

from app.cases import promises
from app.cases.actions import add_event
from app.dispatch import mail
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.letters.actions import landlord_of

# How long a claim holds: longer than a slow server may take over every step of one message.
LEASE = timedelta(minutes=10)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
ENOUGH_ATTEMPTS = 125  # with the pauses above, five days: RFC 5321, 4.5.4.1

log = logging.getLogger(__name__)


def send_message(message_id: int, at: datetime) -> bool:
    """Send this message, if it is an email whose time has come and nobody else has it. Commits; raises nothing of mail.

    True when it is sent. Trouble that may pass is waited out, ever longer, for five days; what the server refuses for
    good has failed, at once and visibly.
    """
    attempt = _claim(message_id, at)
    if attempt is None:
        return False
    try:
        composed = mail.compose(db.session.get_one(Message, message_id, populate_existing=True), at)
        db.session.rollback()  # no transaction is held open while a server thinks
        mail.deliver(composed)
    except mail.WillNeverBeTaken as refusal:
        _failed(message_id, attempt, at, str(refusal))
        return False
    except Exception as trouble:
        _try_later(message_id, attempt, at, f"{type(trouble).__name__}: {trouble}")
        return False
    _sent(message_id, attempt, at)
    return True


def to_send(at: datetime, limit: int = 200) -> list[int]:
    """The ids of emails whose time has come, the longest waiting first; what goes to many, after all others."""
    in_turn = (Message.unsubscribe.is_not(None), Message.try_at, Message.id)
    return list(db.session.scalars(select(Message.id).where(_is_free(at)).order_by(*in_turn).limit(limit)))


def record_sent(message: Message, at: datetime, who: str | None = None) -> None:
    """Write down that it went out, and what that means for the case. No commit."""
    message.state, message.sent_at, message.problem = "sent", at, None
    letter, case = message.letter, message.case
    if letter is None or case is None:
        if case is not None:
            add_event(case, "note_sent", at, who)
        else:
            message.words = ""  # they may hold a secret, such as the link to a saved form: nobody needs them now
        return
    letter.sent_at = letter.sent_at or at
    how = {"channel": message.channel, "format": message.format}
    add_event(case, "message_sent", at, who, letter=letter.name, version=letter.version, **how)
    promises.letter_went_out(case, landlord_of(case), letter.name, at, who)


def _is_free(at: datetime) -> ColumnElement[bool]:
    return and_(Message.channel == "email", Message.state.in_(("waiting", "sending")), Message.try_at <= at)


def _claim(message_id: int, at: datetime) -> int | None:
    """Win the message for this process: the number of this attempt, or None. Commits."""
    start_writing()
    attempts = db.session.scalar(select(Message.attempts).where(Message.id == message_id))
    if attempts is None:
        db.session.rollback()
        return None
    won = db.session.execute(
        update(Message)
        .where(Message.id == message_id, Message.attempts == attempts, _is_free(at))
        .values(state="sending", attempts=attempts + 1, try_at=at + LEASE)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return attempts + 1 if won.rowcount == 1 else None  # type: ignore[attr-defined]


def _mine(message_id: int, attempt: int) -> Message | None:
    """The message, to be written, unless the claim ran out and another process has taken over."""
    start_writing()
    return db.session.scalar(
        select(Message)
        .where(Message.id == message_id, Message.state == "sending", Message.attempts == attempt)
        .with_for_update(of=Message)
        .execution_options(populate_existing=True)
    )


def _sent(message_id: int, attempt: int, at: datetime) -> None:
    if message := _mine(message_id, attempt):
        record_sent(message, at)
    db.session.commit()


def _failed(message_id: int, attempt: int, at: datetime, problem: str) -> None:
    if message := _mine(message_id, attempt):
        message.state, message.problem = "failed", problem
        if message.case is not None and message.letter is not None:
            name, channel = message.letter.name, message.channel
            add_event(message.case, "message_failed", at, letter=name, channel=channel, reason=problem)
        elif message.case is not None:
            add_event(message.case, "note_failed", at, reason=problem)
    db.session.commit()


def _try_later(message_id: int, attempt: int, at: datetime, problem: str) -> None:
    log.warning("message %s, attempt %s: %s", message_id, attempt, problem)
    message = _mine(message_id, attempt)
    if message and attempt >= ENOUGH_ATTEMPTS:
        _failed(message_id, attempt, at, problem)
        return
    if message:
        message.state, message.problem = "waiting", problem
        message.try_at = at + min(FIRST_RETRY * 2 ** min(attempt - 1, 10), LONGEST_RETRY)
    db.session.commit()
