"""Staff pages: complaints that are checked again, and what reviewers found (V02)."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import words as case_words
from app.extensions import db, start_writing
from app.measures import checks, dashboard, words
from app.measures.forms import CheckForm
from app.measures.models import QualityCheck
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.people_forms import number_or_none
from app.staff.roles import may, may_read_restricted, may_work_on_cases
from app.tenants.words import typed

quality = Blueprint("quality", __name__, url_prefix="/staff/quality")
quality.before_request(require_staff)
quality.after_request(keep_private)


@quality.before_request
def only_for_those_who_may() -> None:
    if not may("check_quality", acting_staff_member()):
        abort(403)


@quality.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "words": case_words,
        "measure_words": words,
        "checks": checks,
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: may_work_on_cases(acting_staff_member()),
    }


@quality.get("")
def see_the_checks() -> ResponseReturnValue:
    now = datetime.now(UTC)
    period = dashboard.chosen_period(request.args.get("first"), request.args.get("last"), now)
    return render_template(
        "measures/quality.html",
        to_do=checks.to_do(acting_staff_member()),
        panels=checks.results(period),
        period=period,
        months=dashboard.months_to_choose(now),
    )


@quality.get("/checks")
def see_a_list() -> ResponseReturnValue:
    now = datetime.now(UTC)
    period = dashboard.chosen_period(request.args.get("first"), request.args.get("last"), now)
    question, answer = request.args.get("question"), request.args.get("answer")
    colleague = acting_staff_member()
    found = checks.found_in(period, colleague, question, answer, number_or_none(request.args.get("after")) or 0)
    return render_template(
        "measures/checks.html",
        found=found[: checks.PAGE],
        next_place=found[checks.PAGE - 1].id if len(found) > checks.PAGE else None,
        period=period,
        question=question if question in checks.QUESTIONS else None,
        answer=answer,
        sees_restricted=may_read_restricted(colleague),
    )


@quality.get("/checks/<int:check_id>")
def see_a_check(check_id: int) -> ResponseReturnValue:
    return _page(_opened(check_id), CheckForm())


@quality.post("/checks/<int:check_id>")
def record_a_check(check_id: int) -> ResponseReturnValue:
    start_writing()
    check, form = _opened(check_id), CheckForm()
    if not form.validate():
        return _page(check, form, 422)
    db.session.refresh(check, with_for_update=True)
    try:
        checks.record(check, acting_staff_member(), form.answers(), typed(form.notes.data) or "", datetime.now(UTC))
    except checks.CheckedAlready:
        flash(_("This complaint was checked by somebody else meanwhile."), "problem")
        return redirect(url_for(".see_a_check", check_id=check_id), 303)
    except checks.NotTheirs:
        abort(403)
    reference = check.case.reference
    db.session.commit()
    flash(_("Recorded: %(reference)s is checked.", reference=reference), "done")
    return redirect(url_for(".see_the_checks"), 303)


def _opened(check_id: int) -> QualityCheck:
    check = db.session.get(QualityCheck, check_id) or abort(404)
    colleague = acting_staff_member()
    if check.case.is_restricted and not may_read_restricted(colleague):
        abort(403)
    if check.checked_at is None and not checks.eligible(check, colleague):
        abort(403)
    return check


def _page(check: QualityCheck, form: CheckForm, status: int = 200) -> ResponseReturnValue:
    return render_template("measures/check.html", check=check, form=form), status
