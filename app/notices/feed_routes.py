"""The feeds of notices: for programs that look every hour, most of the time for nothing new."""

from flask import Blueprint, Response, current_app, request

from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, current_language
from app.notices import calendars, feeds
from app.notices.front_routes import now
from app.notices.lists import of_everybody

FRESH_FOR = 60  # seconds

notice_feeds = Blueprint("notice_feeds", __name__, url_prefix="/<lang:language>")


@notice_feeds.get("/notices.atom")
def atom() -> Response:
    at = now()
    offered = [tag for tag in current_landlord().languages if tag in LANGUAGES]
    return _answer(feeds.atom(of_everybody(at), current_landlord(), _site(), offered, at), feeds.MEDIA_TYPE)


@notice_feeds.get("/notices.ics")
def calendar() -> Response:
    return _answer(calendars.calendar(of_everybody(now()), current_landlord(), _site()), calendars.MEDIA_TYPE)


def _answer(made: bytes, media_type: str) -> Response:
    """With the mark of its content, so that who has it already is told so and gets nothing more."""
    response = Response(made, content_type=media_type)
    response.content_language.add(current_language().tag)
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_FOR
    response.add_etag()
    conditional = response.make_conditional(request)
    assert isinstance(conditional, Response)
    return conditional


def _site() -> str:
    site: str = current_app.config["LETTERBOX"].public_url
    return site
