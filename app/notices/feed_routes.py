"""The feeds of notices: for programs that look every hour, most of the time for nothing new."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, request

from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, current_language
from app.notices import calendars, feeds
from app.notices.front_routes import now
from app.notices.lists import of_everybody
from app.notices.models import Notice

FRESH_FOR = 60  # seconds
KEPT = "notice_feeds"  # in app.extensions: the last one made of each kind and language, with what it was made of

notice_feeds = Blueprint("notice_feeds", __name__, url_prefix="/<lang:language>")


@notice_feeds.get("/notices.atom")
def atom() -> Response:
    offered = [tag for tag in current_landlord().languages if tag in LANGUAGES]

    def make(notices: Sequence[Notice], at: datetime) -> bytes:
        return feeds.atom(notices, current_landlord(), _site(), offered, at)

    return _answer(feeds.MEDIA_TYPE, make)


@notice_feeds.get("/notices.ics")
def calendar() -> Response:
    def make(notices: Sequence[Notice], _at: datetime) -> bytes:
        return calendars.calendar(notices, current_landlord(), _site())

    return _answer(calendars.MEDIA_TYPE, make)


def _answer(media_type: str, make: Callable[[Sequence[Notice], datetime], bytes]) -> Response:
    """With the mark of its content, so that who has it already is told so and gets nothing more."""
    response = Response(_made(media_type, make), content_type=media_type)
    response.content_language.add(current_language().tag)
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_FOR
    response.add_etag()
    conditional = response.make_conditional(request)
    assert isinstance(conditional, Response)
    return conditional


def _made(media_type: str, make: Callable[[Sequence[Notice], datetime], bytes]) -> bytes:
    """Fifty notices take a quarter of a second to set out: the same ones, at the same versions, are set out once.

    Every process asks the database which they are, each time.
    """
    at = now()
    notices = of_everybody(at)
    made_of = tuple((notice.key, notice.version) for notice in notices) or at.date()
    kept: dict[Any, tuple[Any, bytes]] = current_app.extensions.setdefault(KEPT, {})
    which = (media_type, current_language().tag)
    if which not in kept or kept[which][0] != made_of:
        kept[which] = made_of, make(notices, at)
    return kept[which][1]


def _site() -> str:
    site: str = current_app.config["LETTERBOX"].public_url
    return site
