"""What the page being asked for shows of notices: asked once for each request, at one moment."""

import logging
from datetime import UTC, datetime

from flask import current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.notices.banners import Banner, Mark, banners_of, marks_in
from app.notices.lists import Front, front
from app.notices.standing import Standing, standing_at

log = logging.getLogger(__name__)
COOKIE = "put_away"
KNOWN = "notices_known"  # in app.extensions: what this process read last
OWN_PAGE = "notices.see_one"


def now() -> datetime:
    return datetime.now(UTC)


def moment_of_request() -> datetime:
    """One moment for all that a page says, so that no part of it is a minute further than another."""
    if "moment" not in g:
        g.moment = now()
    moment: datetime = g.moment
    return moment


def front_of_request() -> Front:
    """The notices and the waiting time, asked for once.

    The rows belong to no session: whatever the page does with its own, what it shows stays as it was read. Where the
    database is away, a page comes all the same, with what this process read last; not where the page has asked the
    database for other things already, or is about to write: it is told that the database is away.
    """
    if "front" not in g:
        is_alone = not db.session().in_transaction()
        try:
            with db.session.no_autoflush:
                g.front = _as_it_stands(moment_of_request())
        except SQLAlchemyError as error:
            if not is_alone:
                raise
            log.error("Pages come with the notices of before, for the database is not working: %s", error)
            db.session.rollback()
            g.front, g.front_is_of_before = _last_read()[1], True
    found: Front = g.front
    return found


def front_is_known() -> bool:
    """False where the database is away: such a page must not be kept."""
    front_of_request()
    return "front_is_of_before" not in g


def _last_read() -> tuple[Standing | None, Front]:
    found: tuple[Standing | None, Front] = current_app.extensions.get(KNOWN, (None, Front((), None)))
    return found


def _as_it_stands(moment: datetime) -> Front:
    """As this process read it before, if that still stands. The database is asked each time: others write there too."""
    standing = standing_at(moment)
    known, earlier = _last_read()
    if known == standing:
        return earlier
    held = set(db.session)
    found = front(moment)
    rows = {*found.notices, *filter(None, [found.waiting])}
    for row in rows - held:
        db.session.expunge(row)
    if not rows & held:  # what this request's own session changes is nobody else's yet
        current_app.extensions[KNOWN] = standing, found
    return found


def put_away_by_reader() -> frozenset[Mark]:
    """Of the notices of the moment, those that this reader put away. What else is in the cookie changes no page."""
    standing = {(notice.key, notice.version) for notice in front_of_request().notices}
    return marks_in(request.cookies.get(COOKIE, "")) & standing


def banners_of_page() -> tuple[tuple[Banner, ...], int]:
    """For any page: its banners, and how many more notices there are. A notice's own page does not say it twice."""
    own = (request.view_args or {}).get("key") if request.endpoint == OWN_PAGE else None
    notices = [notice for notice in front_of_request().notices if notice.key != own]
    return banners_of(notices, moment_of_request(), put_away_by_reader())
