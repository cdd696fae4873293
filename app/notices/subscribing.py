"""Notices by email: asked for, confirmed by a link, ended by a link. Nobody learns from us who gets them.

One row for each address. The link that confirms also changes and ends: whoever has it, has the mailbox. Nothing is
sent before the address was confirmed, and asking anew changes nothing for somebody who gets notices already.

Each act begins with ``start_writing`` and commits nothing.
"""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError

from app.dispatch.actions import queue_words, take_back_words
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, speaking
from app.notices.models import NoticeMail, Subscriber

FORGOTTEN_AFTER = timedelta(days=7)  # an address that was never confirmed, or ended
MAILS_REMEMBERED = timedelta(days=7)  # longer than anything waits to be mailed: see mailing.FRESH
ASKED_AGAIN_AFTER = timedelta(hours=1)  # nobody can have us fill somebody else's mailbox
ENOUGH_REFUSED = 3  # emails to one address
MOST_DISTRICTS = 20
SECRET_BYTES = 32  # 256 bits

State = Literal["asked", "confirmed", "ended"]


class NotNow(Exception):
    """What was asked for does not fit the state: such as to change what was ended."""


def state_of(subscriber: Subscriber) -> State:
    if subscriber.ended_at is not None:
        return "ended"
    return "asked" if subscriber.confirmed_at is None else "confirmed"


def ask(email: str, language: str, areas: list[str], at: datetime) -> None:
    """Somebody typed this address. It gets an email with the link, at most one an hour; who typed it learns nothing.

    ``language`` is a tag, ``areas`` are districts as ``showing.district_of`` gives them; none: everywhere.
    """
    start_writing()
    address = email.strip().lower()
    found = _of_address(address)
    if found is None:
        found = _new(address, language, areas, at)
        if found is not None:
            _send_link(found, at)
        return
    is_too_soon, state = found.asked_at > at - ASKED_AGAIN_AFTER, state_of(found)
    if state == "asked" or (state == "ended" and not is_too_soon):
        found.language, found.areas, found.confirmed_at, found.ended_at = language, areas, None, None
    if not is_too_soon:
        found.asked_at = at
        _send_link(found, at)


def behind(secret: str, *, to_write: bool = False) -> Subscriber | None:
    """Whose link it is. With ``to_write``, held until the commit."""
    if not secret.isprintable():
        return None  # none of ours; PostgreSQL would refuse to look for a NUL
    if to_write:
        start_writing()
    wanted = select(Subscriber).where(Subscriber.secret == secret)
    return db.session.scalar(wanted.with_for_update() if to_write else wanted)


def confirm(subscriber: Subscriber, at: datetime) -> None:
    """From now on, or again: what was announced before is not sent."""
    if state_of(subscriber) != "confirmed":
        subscriber.confirmed_at, subscriber.ended_at = at, None


def choose(subscriber: Subscriber, language: str, areas: list[str]) -> None:
    """Raises NotNow for what was ended."""
    if state_of(subscriber) == "ended":
        raise NotNow
    subscriber.language, subscriber.areas = language, areas


def end(subscriber: Subscriber, at: datetime) -> None:
    """No more emails, not even those that wait. The address is forgotten some days later."""
    if subscriber.ended_at is None:
        subscriber.ended_at = at
    take_back_words(_address_in(tag, subscriber.secret) for tag in LANGUAGES)


def forget(at: datetime) -> None:
    """Remove addresses that were never confirmed, or were ended, and what was mailed so long ago that nothing asks."""
    over = at - FORGOTTEN_AFTER
    start_writing()
    never = Subscriber.confirmed_at.is_(None) & (Subscriber.asked_at <= over)
    db.session.execute(delete(Subscriber).where(or_(never, Subscriber.ended_at <= over)))
    db.session.execute(delete(NoticeMail).where(NoticeMail.at <= at - MAILS_REMEMBERED))
    db.session.commit()


def end_where_nobody_is(at: datetime) -> None:
    """A mailbox that refused several emails for good is written to no more. What failed is gone after some days."""
    refused = (
        select(Message.address)
        .where(Message.state == "failed", Message.unsubscribe.is_not(None))
        .group_by(Message.address)
        .having(func.count(Message.id) >= ENOUGH_REFUSED)
    )
    start_writing()
    wanted = select(Subscriber).where(Subscriber.email.in_(refused), Subscriber.ended_at.is_(None))
    for subscriber in db.session.scalars(wanted.with_for_update()).all():
        end(subscriber, at)
    db.session.commit()


def address_of(subscriber: Subscriber) -> str:
    """The whole address of their own page, in their language: it stands in each email, and ends them all."""
    return _address_in(subscriber.language, subscriber.secret)


def _address_in(tag: str, secret: str) -> str:
    path = current_app.url_map.bind("").build("subscribing.yours", {"language": tag, "secret": secret})
    return f"{current_app.config['LETTERBOX'].public_url}{path}"


def _of_address(address: str) -> Subscriber | None:
    return db.session.scalar(select(Subscriber).where(Subscriber.email == address).with_for_update())


def _new(address: str, language: str, areas: list[str], at: datetime) -> Subscriber | None:
    """None where somebody asks for the same address in this very moment: one email is enough."""
    made = Subscriber(
        email=address, language=language, areas=areas, secret=secrets.token_urlsafe(SECRET_BYTES), asked_at=at
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return None
    return made


def _send_link(subscriber: Subscriber, at: datetime) -> None:
    with speaking(subscriber.language):
        landlord = current_landlord().name
        if state_of(subscriber) == "confirmed":
            subject, paragraphs = _you_get_them_already(subscriber, landlord)
        else:
            subject, paragraphs = _please_confirm(subscriber, landlord)
    queue_words(subscriber.email, subject, "\n\n".join(paragraphs), subscriber.language, at)


def _please_confirm(subscriber: Subscriber, landlord: str) -> tuple[str, tuple[str, ...]]:
    # Translators: the subject of an email
    subject = _("Notices from %(landlord)s: please confirm", landlord=landlord)
    return str(subject), (
        str(_("Do you want our notices by email? Then open this page and press the button:")),
        address_of(subscriber),
        str(_("The link works for 7 days. We send you nothing before you press the button.")),
        str(_("If you did not ask for this, you need do nothing. We then delete your address.")),
    )


def _you_get_them_already(subscriber: Subscriber, landlord: str) -> tuple[str, tuple[str, ...]]:
    # Translators: the subject of an email
    subject = _("Your notices from %(landlord)s", landlord=landlord)
    return str(subject), (
        str(_("Somebody typed your address on our website to get our notices. You get them already.")),
        str(_("To change what you get, or to stop it, open this page:")),
        address_of(subscriber),
        str(_("If you did not ask for this, you need do nothing. Nothing has changed.")),
    )
