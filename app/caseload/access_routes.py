"""The access log: for auditors and administrators."""

from datetime import UTC, datetime, timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.caseload.access import Before, looks, sign_ins
from app.caseload.access_words import OUTCOMES, look_words
from app.caseload.days import day_from
from app.caseload.forms import number_from
from app.caseload.routes import caseload
from app.extensions import db
from app.staff.accounts import everybody
from app.staff.doors import acting_staff_member
from app.staff.models import StaffMember
from app.staff.roles import may, may_read_restricted

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)


@caseload.get("/access")
def see_access() -> ResponseReturnValue:
    """``show``: sign-ins or looks; ``who``: a colleague's number; ``day``; ``before``: where the page before ended."""
    if not may("see_access", acting_staff_member()):
        abort(403)
    show = request.args.get("show", "sign-ins")
    if show not in ("sign-ins", "looks"):
        abort(404)
    who = db.session.get(StaffMember, number_from(request.args.get("who")) or 0)
    typed = request.args.get("day", "").strip()
    on, before = day_from(typed), _before(request.args.get("before"))
    if show == "looks":
        page = looks(who.email if who else None, on, before)
    else:
        page = sign_ins(who.id if who else None, on, before)
    return render_template(
        "caseload/access.html",
        show=show,
        page=page,
        who=who,
        day=typed,
        is_no_day=bool(typed) and on is None,
        colleagues=everybody(),
        outcomes=OUTCOMES,
        look_words=look_words,
        sees_restricted=may_read_restricted(acting_staff_member()),
        next_page=_in_address(page.next_place),
    )


def _in_address(place: Before | None) -> str | None:
    return f"{(place.at - EPOCH) // ONE}-{place.number}" if place else None


def _before(text: str | None) -> Before | None:
    """None, the first page, for what is no place."""
    moment, _dash, number = (text or "").partition("-")
    if not (moment.isdecimal() and number.isdecimal() and len(moment) < 18 and len(number) < 10):
        return None
    return Before(EPOCH + int(moment) * ONE, int(number))
