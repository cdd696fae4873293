"""The outbox: what goes to whom, and how it went."""

import contextlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.cases.models import Case
from app.cases.promises import HandlerNotNamed as HandlerNotNamed
from app.dispatch.models import Heartbeat, Message
from app.dispatch.needs_met import WAYS_OF_CHANNELS, format_by, is_ruled_out, unmet
from app.dispatch.sending import record_sent
from app.extensions import db, start_writing
from app.letters.models import Letter
from app.tenants.models import FORMATS_BY_EMAIL, Tenant

WORKER = "worker"
SWEEPS = "sweeps"


class NotSafe(Exception):
    """The tenant told us that this way would put somebody in danger."""


class NotWaiting(Exception):
    """The message has gone, or was not for the post."""


def queue_message(
    letter: Letter,
    channel: str,
    address: str,
    at: datetime,
    *,
    format_sent: str | None = None,
    is_decided: bool = False,
) -> Message:
    """Add a message to the outbox: it goes out once what was written with it is committed. No commit.

    ``channel`` is ``email`` (sent by the worker) or ``post`` (a colleague posts it). ``address`` is the email address,
    or the postal lines. ``format_sent`` is the needed one when left out. ``is_decided``: a colleague who may has
    decided, with a reason, that it goes by a way that the tenant ruled out. The message keeps which needs it leaves
    unmet. Raises HandlerNotNamed for the acknowledgement of a complaint that nobody deals with yet; NotSafe for a way
    that the tenant ruled out.
    """
    case = letter.case
    if not is_decided and not case.tenant.needs.is_safe(WAYS_OF_CHANNELS[channel]):
        raise NotSafe
    if letter.name == "acknowledgement" and case.kind == "complaint" and case.handler is None:
        raise HandlerNotNamed
    sent_as = format_sent or format_by(channel, case.tenant.needs.letter_format)
    left = unmet_by(letter, channel, sent_as)
    return _waiting(at, case=case, letter=letter, channel=channel, address=address, format=sent_as, unmet=list(left))


def unmet_by(letter: Letter, channel: str, format_sent: str) -> tuple[str, ...]:
    """The needs that this letter would leave unmet: keys of ``needs_met.NEEDS``."""
    tenant = letter.case.tenant
    usual = way_to(tenant)
    return unmet(
        tenant.needs,
        speaks=tenant.language,
        language=letter.language,
        channel=channel,
        usual_channel=usual[0] if usual else None,
        format_sent=format_sent,
    )


def queue_words(
    address: str,
    subject: str,
    words: str,
    language: str,
    at: datetime,
    case: Case | None = None,
    *,
    unsubscribe: str | None = None,
) -> Message:
    """Add an email of our own words to the outbox: a link back to a saved form, a note to a colleague. No commit.

    ``words`` are paragraphs with an empty line between them, in ``language``; a web address on its own line becomes a
    link. Words that are ``Markup`` are HTML of a letter's few tags instead, and may hold words of another language.
    The subject must say nothing that others should not see. ``unsubscribe``: the address that ends such emails with
    one press (RFC 8058); it is the same for all that one person gets.
    """
    is_set_out = True if isinstance(words, Markup) else None
    said = {"subject": subject, "words": str(words), "is_set_out": is_set_out, "language": language}
    return _waiting(at, case=case, channel="email", address=address, unsubscribe=unsubscribe, **said)


def take_back_words(unsubscribe: Iterable[str]) -> int:
    """Whoever ended such emails gets none that is still here, not even one that is being tried. No commit.

    ``unsubscribe``: the addresses, in whatever language, that ended theirs.
    """
    still_here = Message.state.in_(("waiting", "sending", "failed"))
    removed = db.session.execute(delete(Message).where(still_here, Message.unsubscribe.in_(list(unsubscribe))))
    return removed.rowcount  # type: ignore[attr-defined]


def forget_words(at: datetime) -> int:
    """Remove emails that belong to no case, once all in them is over: addresses are not kept longer than answers.

    Commits; gives how many.
    """
    start_writing()
    over = at - timedelta(days=current_app.config["LETTERBOX"].draft_days)
    removed = db.session.execute(
        delete(Message).where(Message.case_id.is_(None), Message.letter_id.is_(None), Message.created_at <= over)
    )
    db.session.commit()
    return removed.rowcount  # type: ignore[attr-defined]


def way_to(tenant: Tenant) -> tuple[str, str] | None:
    """Channel and address. Email where it was asked for or the letter is a file; else post; None without an address.

    A way that the tenant ruled out is never given.
    """
    needs = tenant.needs
    wants_email = needs.contact_channel == "email" or needs.letter_format in FORMATS_BY_EMAIL
    can_be_posted = bool(tenant.address) and needs.is_safe("letter")
    if tenant.email and needs.is_safe("email") and (wants_email or not can_be_posted):
        return "email", tenant.email
    if can_be_posted:
        return "post", "\n".join(line for line in (tenant.name, *tenant.address, tenant.postcode) if line)
    return None


def mark_posted(message: Message, at: datetime, who: str) -> None:
    """A colleague has posted the letter. No commit. Raises NotWaiting."""
    if message.channel != "post" or message.state != "waiting":
        raise NotWaiting
    record_sent(message, at, who)


def try_again(message: Message, at: datetime) -> None:
    """Send a message that failed once more. No commit. Raises NotWaiting; NotSafe for a way ruled out since."""
    if message.state != "failed":
        raise NotWaiting
    if message.case and message.letter and is_ruled_out(message.case.tenant.needs, message.channel, message.unmet):
        raise NotSafe
    message.state, message.try_at = "waiting", at


def send_the_translated_letter(before: Letter, new: Letter, at: datetime) -> None:
    """What still waits to go out is the letter that was written anew, translated. No commit."""
    db.session.execute(
        update(Message)
        .where(Message.letter_id == before.id, Message.state == "waiting")
        .values(letter_id=new.id)
        .execution_options(synchronize_session="fetch")
    )


def take_back(case: Case, is_over: Callable[[Letter, Message], bool], problem: str) -> None:
    """Letters that wait to go out and may not go any more stay here. No commit."""
    for message in messages_of(case.id):
        if message.state == "waiting" and message.letter is not None and is_over(message.letter, message):
            message.state, message.problem = "failed", problem


def messages_of(case_id: int) -> list[Message]:
    """The case's messages, oldest first."""
    return list(db.session.scalars(select(Message).where(Message.case_id == case_id).order_by(Message.id)))


def worker_seen_at() -> datetime | None:
    """When a worker last said that it lives; None if none ever did."""
    return db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == WORKER))


def beat(at: datetime) -> None:
    """A worker lives. No commit."""
    written = db.session.execute(update(Heartbeat).where(Heartbeat.name == WORKER).values(at=at))
    if not written.rowcount:  # type: ignore[attr-defined]
        with contextlib.suppress(IntegrityError), db.session.begin_nested():  # another one has just begun to live
            db.session.add(Heartbeat(name=WORKER, at=at))


def add_to_sweep(app: Flask, work: Callable[[datetime], object]) -> None:
    """Have the worker do this each minute, in an application context. It commits by itself."""
    app.extensions.setdefault(SWEEPS, []).append(work)


def _waiting(at: datetime, **values: Any) -> Message:
    message = Message(message_id=_message_id(), state="waiting", try_at=at, created_at=at, attempts=0, **values)
    db.session.add(message)
    return message


def _message_id() -> str:
    """RFC 5322. Fixed before the first attempt: a receiver that gets the message twice can tell."""
    return f"<{secrets.token_hex(16)}@letterbox>"
