"""All notices as an Atom feed (RFC 4287), in the language of the moment. Pure: notices and moment are handed in."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from flask_babel import gettext as _
from markupsafe import Markup

from app.formats.document import parse
from app.formats.markup import Setting
from app.landlords.standards import Landlord
from app.languages import Language, current_language
from app.notices.models import Notice
from app.notices.retelling import title_of, whole
from app.notices.showing import shown_from
from app.notices.words import KIND_WORDS

MEDIA_TYPE = "application/atom+xml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IDS = uuid.UUID("c1d5d6ae-6c39-4c0e-a9b1-6f5c2d0f3b4e")  # under which entries have theirs: it never changes


def atom(notices: Sequence[Notice], landlord: Landlord, site: str, offered: Sequence[str], at: datetime) -> bytes:
    """The feed as XML. ``site``: the whole address of this site, without a slash at its end.

    The same notices give the same bytes at every moment, but for one without any: its day is the moment's.
    """
    language = current_language()
    feed = FeedGenerator()
    feed.language(language.tag)
    feed.id(_id(landlord, "", language))
    feed.title(feed_title(landlord))
    feed.subtitle(_("What is planned, what is not working, and when we are closed."))
    feed.author(name=landlord.name, email=landlord.email)
    feed.generator("Letterbox")
    feed.updated(max((updated_at(notice) for notice in notices), default=_midnight(at)))
    feed.link(href=f"{site}/{language.tag}/notices.atom", rel="self", type=MEDIA_TYPE)
    feed.link(href=f"{site}/{language.tag}/notices", rel="alternate", type="text/html")
    for tag in offered:
        if tag != language.tag:
            feed.link(href=f"{site}/{tag}/notices.atom", rel="alternate", type=MEDIA_TYPE, hreflang=tag)
    for notice in notices:
        feed.add_entry(_entry(notice, landlord, site, language), order="append")
    made: bytes = feed.atom_str(pretty=True)
    return made


def feed_title(landlord: Landlord) -> str:
    # Translators: the name of a feed or a calendar that people subscribe to
    return str(_("Notices from %(landlord)s", landlord=landlord.name))


def updated_at(notice: Notice) -> datetime:
    """When it last became another one for readers: changed, or shown for the first time."""
    return max(notice.changed_at, shown_from(notice) or notice.changed_at)


def address_of(notice: Notice, site: str, language: Language) -> str:
    """The whole address of its page."""
    return f"{site}/{language.tag}/notices/{notice.key}"


def _entry(notice: Notice, landlord: Landlord, site: str, language: Language) -> FeedEntry:
    title, tag = title_of(notice)
    entry = FeedEntry()
    entry.register_extension("language", _TitleInItsLanguage)
    entry.language.of_title(tag if tag != language.tag else None)
    entry.id(_id(landlord, notice.key, language))
    entry.title(title)
    entry.updated(updated_at(notice))
    entry.published(shown_from(notice) or notice.changed_at)
    entry.link(href=address_of(notice, site, language), rel="alternate", type="text/html")
    entry.category(term=notice.kind, label=str(KIND_WORDS[notice.kind]))
    entry.content(_content(notice, language), type="html")
    return entry


class _TitleInItsLanguage(BaseEntryExtension):
    """feedgen knows one language for the whole feed."""

    def __init__(self) -> None:
        self._tag: str | None = None

    def of_title(self, tag: str | None) -> None:
        self._tag = tag

    def extend_atom(self, entry: Any) -> Any:
        if self._tag:
            entry.find("title").set(_LANG, self._tag)
        return entry


def _content(notice: Notice, language: Language) -> str:
    """HTML that says its own language and direction: where it is shown, nothing around it may say so."""
    words = Setting(is_right_to_left=language.is_right_to_left).blocks(parse(whole(notice), language.tag))
    return str(Markup('<div lang="{}" dir="{}">\n{}\n</div>').format(language.tag, language.direction, words))


def _id(landlord: Landlord, key: str, language: Language) -> str:
    """The same for ever, wherever the site moves to."""
    return uuid.uuid5(_IDS, f"{landlord.key}/{language.tag}/{key}").urn


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
