"""Staff pages: the calls that tenants asked for, and what became of each."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.call_backs.actions import NotWaiting, end
from app.caseload import call_backs, words
from app.extensions import db, start_writing
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may_work_on_cases

call_back_desk = Blueprint("call_back_desk", __name__, url_prefix="/staff/call-backs")
call_back_desk.before_request(require_staff)
call_back_desk.after_request(keep_private)


@call_back_desk.context_processor
def names_for_the_menu() -> dict[str, object]:
    return {"may_record_contacts": lambda: may_work_on_cases(acting_staff_member())}


@call_back_desk.get("")
def see_the_calls() -> ResponseReturnValue:
    now = datetime.now(UTC)
    return render_template(
        "caseload/call_backs.html",
        rows=call_backs.waiting(),
        ended=call_backs.lately_ended(),
        waits=call_backs.waits(now),
        calls=call_backs,
        words=words,
        now=now,
        may_work=may_work_on_cases(acting_staff_member()),
    )


@call_back_desk.post("/<reference>/<any(called, missed, cancelled):outcome>")
def record_the_outcome(reference: str, outcome: str) -> ResponseReturnValue:
    start_writing()
    call_back = call_backs.to_end(reference) or abort(404)
    name = call_back.name
    try:
        end(call_back, outcome, datetime.now(UTC), acting_staff_member().email)
        db.session.commit()
        flash(_("Recorded for %(name)s: %(outcome)s", name=name, outcome=call_backs.OUTCOMES[outcome]), "done")
    except NotWaiting:
        db.session.rollback()
        flash(_("This call was recorded or cancelled before. Look below."), "problem")
    return redirect(url_for(".see_the_calls"), 303)
