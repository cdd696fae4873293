"""Notices to those who want them by email: what was announced, added, solved or cancelled, each once.

The row that says that it was mailed is written with the message itself: a worker that dies in between has written
neither. What is older than a day is mailed no more: it was true yesterday.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, Text, cast, exists, or_, select, text, true
from sqlalchemy.orm import selectinload

from app.dispatch.actions import queue_words
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.languages import current_language, speaking
from app.notices import subscribing
from app.notices.feeds import address_of
from app.notices.models import Notice, NoticeMail, Subscriber
from app.notices.retelling import title_of, whole
from app.notices.showing import shown_from, stage_at, was_shown

FRESH = timedelta(days=1)
BATCH = 200  # subscribers in one transaction: on SQLite nobody else writes meanwhile
MOST_IN_A_MINUTE = 1_000  # what one worker can send in it
LONGEST_SUBJECT = 180
TIMES = {"starts_at", "ends_at"}
MOVED = "moved-"
_LINK = Markup('<a href="{}">{}</a>')
_TURN = 0x4E4F5449  # PostgreSQL's advisory lock: one process mails at a time


@dataclass(frozen=True)
class News:
    """One thing to tell: ``what`` is "published", or "update-" or "moved-" and the number of the update or event."""

    notice: Notice
    what: str
    at: datetime  # whoever confirmed later than this did not ask for it


def sweep(at: datetime) -> int:
    """The minute's work: forget whom there is to forget, and put in the outbox what is new. Gives how many emails."""
    subscribing.end_where_nobody_is(at)
    subscribing.forget(at)
    made = 0
    for news in news_at(at):
        while made < MOST_IN_A_MINUTE and (batch := _mail(news, at)):
            made += batch
    db.session.rollback()
    return made


def news_at(at: datetime) -> list[News]:
    """What is new at this moment, the oldest first."""
    since = at - FRESH
    wanted = (
        select(Notice)
        .where(
            Notice.published_at <= at,
            Notice.announce_at <= at,
            or_(Notice.changed_at > since, Notice.announce_at > since),
        )
        .options(selectinload(Notice.updates), selectinload(Notice.events))
    )
    found = [news for notice in db.session.scalars(wanted) for news in _news_of(notice, at)]
    return sorted((news for news in found if since < news.at <= at), key=lambda news: (news.at, news.what))


def _news_of(notice: Notice, at: datetime) -> Iterator[News]:
    """Of one that is over, only how it ended: what was said before that is of no use any more."""
    if not was_shown(notice):
        return
    is_over = stage_at(notice, at) == "over"
    shown = shown_from(notice)
    if shown is not None and not is_over:
        yield News(notice, "published", shown)
        yield from _moved(notice, shown)
    for update in notice.updates:
        if update.what != "update" or not is_over:
            yield News(notice, f"update-{update.id}", update.at)


def _moved(notice: Notice, shown: datetime) -> Iterator[News]:
    """The last time that other times were given: people have the earlier ones in their mailbox."""
    moved = [
        event
        for event in notice.events
        if event.what == "changed" and event.at > shown and TIMES & set(event.details.get("fields", ()))
    ]
    for event in moved[-1:]:
        yield News(notice, f"{MOVED}{event.id}", event.at)


def _mail(news: News, at: datetime) -> int:
    """The next subscribers who do not have it. Commits."""
    notice, write = news.notice, _written(news)
    start_writing()
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    waiting = db.session.scalars(_without(news)).all()
    for subscriber in waiting:
        ends = subscribing.address_of(subscriber)
        subject, words = write(subscriber.language)
        with speaking(subscriber.language):
            words += _foot(notice, ends)
        queue_words(subscriber.email, subject, words, subscriber.language, at, unsubscribe=ends)
        db.session.add(NoticeMail(subscriber_id=subscriber.id, notice_id=notice.id, what=news.what, at=at))
    db.session.commit()
    return len(waiting)


def _without(news: News) -> Select[Any]:
    has_it = exists().where(
        NoticeMail.subscriber_id == Subscriber.id,
        NoticeMail.notice_id == news.notice.id,
        NoticeMail.what == news.what,
    )
    return (
        select(Subscriber)
        .where(
            Subscriber.confirmed_at <= news.at, Subscriber.ended_at.is_(None), _lives_there(news.notice.areas), ~has_it
        )
        .order_by(Subscriber.id)
        .limit(BATCH)
    )


def _lives_there(areas: list[str]) -> ColumnElement[bool]:
    """Who named no district wants all; a notice that names none is for all. Both databases keep the list as text."""
    if not areas:
        return true()
    theirs = cast(Subscriber.areas, Text)
    return or_(theirs == "[]", *(theirs.contains(f'"{area}"', autoescape=True) for area in areas))


def _written(news: News) -> Callable[[str], tuple[str, Markup]]:
    """``write(tag)`` gives subject and words in that language: made once, whoever gets them."""

    @functools.cache
    def write(tag: str) -> tuple[str, Markup]:
        with speaking(tag):
            words = _words(news.notice)
            if news.what.startswith(MOVED):
                moved = _("The times of this notice have changed. These are the new ones.")
                words = Markup("<p><strong>{}</strong></p>\n{}").format(moved, words)
            return _subject(news.notice), words

    return write


def _subject(notice: Notice) -> str:
    """Its title, where it is there in the reader's language: a subject cannot say in which language it is."""
    title, tag = title_of(notice)
    landlord = current_landlord().name
    if tag != current_language().tag:
        # Translators: the subject of an email
        return str(_("A notice from %(landlord)s", landlord=landlord))
    # Translators: the subject of an email: whose notice it is, and its title
    return str(_("%(landlord)s: %(title)s", landlord=landlord, title=title))[:LONGEST_SUBJECT]


def _words(notice: Notice) -> Markup:
    title, tag = title_of(notice)
    if tag == current_language().tag:
        return whole(notice)
    return Markup('<h2><span lang="{}">{}</span></h2>\n{}').format(tag, title, whole(notice, is_below_title=True))


def _foot(notice: Notice, ends: str) -> Markup:
    page = address_of(notice, current_app.config["LETTERBOX"].public_url, current_language())
    lines = (
        (_("You can read it on our website too: %(address)s"), page),
        (_("You get this because you asked for our notices by email. To change or to stop that: %(address)s"), ends),
    )
    return Markup("").join(
        Markup("\n<p>{}</p>").format(Markup(words) % {"address": _LINK.format(address, address)})  # noqa: S704  # ours
        for words, address in lines
    )
