"""Public pages from the shelf: made once, and again as soon as anything on them would be different.

Each request asks the database which notices stand and how long callers wait, so that several processes agree. Nothing
else is asked for a page from the shelf.
"""

from collections.abc import Hashable

from flask import Flask, Response, current_app, g, request, session

from app.cases.clock import LONDON
from app.content.remembered import all_remembered
from app.notices.front_routes import front_is_known, front_of_request, moment_of_request, put_away_by_reader
from app.notices.showing import stage_at
from app.notices.standing import last_change
from app.pages.kept import KEPT, PACKED_AS, KeptPage, Shelf
from app.pages.reading_routes import reading_aids
from app.pages.routes import opening_now
from app.staff.previewing import previewed

SHELF = "kept_pages"  # in app.extensions
SHOWS_ALL_NOTICES = {"notices.see_all", "notices.see_one"}
MADE_ANEW = {"content-type", "content-length", "etag", "vary", "cache-control"}  # headers that _answer writes itself


def init_app(app: Flask) -> None:
    app.extensions[SHELF] = Shelf()
    app.before_request(take_from_shelf)
    app.after_request(put_on_shelf)
    app.add_template_global(is_kept_page)


def is_kept_page() -> bool:
    """Whether the page asked for holds nobody's words, so that nothing is lost when it is loaded again."""
    return request.endpoint in KEPT


def take_from_shelf() -> Response | None:
    """For ``before_request``: the page as it was made, if all that it says still holds."""
    if not _may_be_kept() or not front_is_known():
        return None
    g.kept_as = _reader(), _state()
    page = current_app.extensions[SHELF].take(*g.kept_as)
    if page is None:
        return None
    del g.kept_as
    return _answer(page)


def put_on_shelf(response: Response) -> Response:
    """For ``after_request``, before the language is remembered: what a page itself says to one reader is not kept."""
    kept_as = g.pop("kept_as", None)
    if kept_as is None or not _is_for_everybody(response):
        return response
    reader, state = kept_as
    said = tuple((name, value) for name, value in response.headers if name.lower() not in MADE_ANEW)
    page = KeptPage(state, response.get_data(), said)
    current_app.extensions[SHELF].put(reader, page)
    return _answer(page)


def _may_be_kept() -> bool:
    is_read = request.method in ("GET", "HEAD") and not request.query_string
    return is_read and request.endpoint in KEPT and not current_app.debug and not previewed()


def _is_for_everybody(response: Response) -> bool:
    return (
        response.status_code == 200
        and response.mimetype == "text/html"
        and not response.is_streamed
        and not response.cache_control.no_store
        and "Set-Cookie" not in response.headers
        and "csrf_token" not in g  # it holds a form
        and not session.modified
    )


def _reader() -> Hashable:
    """For whom it is the same page: who reads it with the same aids, and has put away the same notices."""
    return request.path, reading_aids().kept, put_away_by_reader()


def _state() -> Hashable:
    """All that pages show and that changes by itself, or by an act in another process."""
    moment, front = moment_of_request(), front_of_request()
    notices = tuple((notice.key, notice.version, stage_at(notice, moment)) for notice in front.notices)
    waiting = front.waiting and (front.waiting.set_at, front.waiting.minutes)
    listed = last_change() if request.endpoint in SHOWS_ALL_NOTICES else ()
    return moment.astimezone(LONDON).date(), opening_now(), notices, waiting, listed, all_remembered(moment)


def _answer(page: KeptPage) -> Response:
    """The whole page, or “not changed” to a browser that has it."""
    encoding = _encoding()
    response = Response(page.as_sent(encoding), mimetype="text/html")
    response.headers.extend(page.said)
    if encoding:
        response.content_encoding = encoding
    response.set_etag(f"{page.tag}-{encoding}" if encoding else page.tag)
    response.cache_control.no_cache = True  # a browser may keep it, and asks each time whether it still holds
    response.vary.update(["Accept-Encoding", "Cookie"])
    response.make_conditional(request)
    return response


def _encoding() -> str:
    """The best that the browser reads; of two that it likes as much, the smaller one."""
    wanted = max(PACKED_AS, key=lambda name: request.accept_encodings[name])
    return wanted if request.accept_encodings[wanted] > 0 else ""
