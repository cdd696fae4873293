"""What the staff pages of notices share: their door, the notice that a page is about, and the way back to it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import notice_words, words
from app.extensions import db
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, current_language
from app.notices import actions, lists
from app.notices.models import Notice
from app.notices.showing import missing_in_update, missing_languages, words_in
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may, may_work_on_cases

notice_desk = Blueprint("notice_desk", __name__, url_prefix="/staff/notices")
notice_desk.before_request(require_staff)
notice_desk.after_request(keep_private)


def now() -> datetime:
    return datetime.now(UTC)


@notice_desk.context_processor
def names_for_templates() -> dict[str, Any]:
    offered = current_landlord().languages
    return {
        "words": words,
        "desk_words": notice_words,
        "offered_languages": [LANGUAGES[tag] for tag in offered],
        "first_words": lambda notice: words_in(notice, current_language().tag, offered[0]),
        "missing_in": lambda notice: missing_languages(notice, offered),
        "missing_in_words": lambda update: missing_in_update(update, offered),
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: may_work_on_cases(acting_staff_member()),
    }


def only_who_may(act: str) -> None:
    """``act``: a key of roles.MAY."""
    if not may(act, acting_staff_member()):
        abort(403)


def opened(key: str) -> Notice:
    return lists.notice_of(key) or abort(404)


def held(key: str) -> Notice:
    """For an act that writes: nobody else changes it until the commit."""
    return actions.held(key) or abort(404)


def version_seen() -> int:
    """The one that the page showed on which a button was pressed; none is ever 0."""
    return request.form.get("version", 0, type=int)


def may_be_changed_by_me(notice: Notice) -> bool:
    """Drafts by whoever writes notices; what tenants read already by those only who publish."""
    return may("publish_notices" if notice.state == "published" else "write_notices", acting_staff_member())


def back(key: str, done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    """To the page of the notice. Nothing that was not committed stays."""
    db.session.rollback()
    if done:
        flash(done, "done")
    if problem:
        flash(problem, "problem")
    return redirect(url_for("notice_desk.see_a_notice", key=key), 303)


def overtaken(key: str) -> ResponseReturnValue:
    return back(key, problem=_("A colleague changed this notice meanwhile. Nothing was done: look at it again."))
