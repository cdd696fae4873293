"""A notice as tenants will see it: the real pages with the real banner, in a frame, before anybody is told."""

from datetime import datetime

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from flask_talisman import Talisman

from app.caseload.notice_desk_routes import notice_desk, now, only_who_may, opened
from app.caseload.notice_forms import notice_form
from app.extensions import CONTENT_POLICY
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES
from app.notices.banners import banner_of
from app.notices.lists import Front
from app.notices.models import Notice
from app.notices.updates import updates_of

# Each with its template. The first is what is shown at first.
PAGES = {"home": "pages/home.html", "notice": "notices/one.html"}
# In a frame of our own, where nothing runs and nothing is sent.
in_our_frame = Talisman()(
    frame_options="SAMEORIGIN",
    content_security_policy={
        **CONTENT_POLICY,
        "script-src": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    },
)


@notice_desk.get("/<key>/look/<tag>")
@in_our_frame
def look_at_a_notice(key: str, tag: str) -> ResponseReturnValue:
    """``page``: home, with the banner at its top, or notice, which is its own page."""
    notice, template = opened(key), PAGES.get(request.args.get("page", "home")) or abort(404)
    if tag not in current_landlord().languages:
        abort(404)
    return _shown(*as_if_shown(notice, now()), tag, template, notice)


@notice_desk.post("/look/<tag>")
@in_our_frame
def look_while_writing(tag: str) -> ResponseReturnValue:
    """Its own page, under its banner, of what is in the editor's fields, as far as it is typed. Nothing is kept."""
    only_who_may("write_notices")
    if tag not in current_landlord().languages:
        abort(404)
    written = notice_form(current_landlord().languages)().as_far_as_typed(now())
    return _shown(*as_if_shown(written, now()), tag, PAGES["notice"])


def _shown(
    shown: Notice, moment: datetime, tag: str, template: str, with_updates_of: Notice | None = None
) -> ResponseReturnValue:
    g.front, g.moment, g.language = Front((shown,), None), moment, LANGUAGES[tag]
    refresh()
    return render_template(
        "caseload/notice_look.html",
        shown_page=template,
        told=banner_of(shown, moment),
        updates=updates_of(with_updates_of, current_landlord().languages[0]) if with_updates_of else [],
        is_put_away=False,
        moment=moment,
        is_kept_page=lambda: True,  # as on the pages that have the button
    )


def as_if_shown(notice: Notice, at: datetime) -> tuple[Notice, datetime]:
    """A copy that nobody keeps, published if it is not yet, and the moment from which tenants see it or this one."""
    shown = Notice(**{column.key: getattr(notice, column.key) for column in Notice.__table__.columns})
    moment = max(at, notice.announce_at)
    if shown.published_at is None:
        shown.state, shown.published_at, shown.cancelled_at = "published", moment, None
    return shown, moment
