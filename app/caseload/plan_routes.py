"""An action plan that was agreed with somebody who reported antisocial behaviour: written, looked at, sent."""

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.answer_routes import preview, went_out
from app.caseload.days import as_typed, day_from
from app.caseload.report_forms import STEPS, PlanForm
from app.caseload.report_routes import of_a_report, only_who_judges_risk
from app.caseload.routes import case_page, caseload, held, looked_at
from app.cases.actions import add_event
from app.cases.case_actions import CaseIsClosed, actions_of, agree_action
from app.cases.case_drafts import draft_of, forget_draft, keep_draft
from app.cases.models import Case
from app.extensions import db
from app.letters.actions import request_letter
from app.reception.going_out import NoWay, send_out, way_out
from app.staff.doors import acting_staff_member

PAGE, LETTER = "plan", "asb-action-plan"


@caseload.get("/cases/<reference>/plan")
def see_the_plan(reference: str) -> ResponseReturnValue:
    case = of_a_report(looked_at(reference))
    draft = draft_of(case, PAGE)
    form = PlanForm(datetime.now(UTC), formdata=None, data=draft.given if draft else None)
    is_preview = "look" in request.args and draft is not None and form.validate() and bool(_we(case, form))
    return _page(case, form, is_preview=is_preview)


@caseload.post("/cases/<reference>/plan")
def write_a_plan(reference: str) -> ResponseReturnValue:
    """``act``: keep the draft, or go on to the letter."""
    only_who_judges_risk()
    case, now = of_a_report(held(reference)), datetime.now(UTC)
    form = PlanForm(now)
    is_kept = request.form.get("act") == "keep"
    if not is_kept and not form.validate():
        return _page(case, form, status=422)
    if not is_kept and not _we(case, form):
        form["words_1"].errors = [_("Enter what we will do")]
        return _page(case, form, status=422)
    keep_draft(case, PAGE, form.given, now, acting_staff_member().email)
    db.session.commit()
    if is_kept:
        return _to(case, _("Kept as a draft. Nothing has been sent."))
    return redirect(url_for(".see_the_plan", reference=case.reference, look=1), 303)


@caseload.post("/cases/<reference>/plan/send")
def send_the_plan(reference: str) -> ResponseReturnValue:
    """Our steps become actions of the case, and the tenant gets the letter."""
    only_who_judges_risk()
    case, now, who = of_a_report(held(reference)), datetime.now(UTC), acting_staff_member()
    draft = draft_of(case, PAGE)
    if draft is None or draft.saved_at.isoformat() != request.form.get("draft"):
        return _to(case, problem=_("The draft was sent or changed meanwhile. Look at it again."))
    form = PlanForm(now, formdata=None, data=draft.given)
    if not form.validate():
        return _page(case, form, status=422)
    try:
        way_out(case.tenant)
        given = _given(case, form)
        for words, owner, due_on in form.steps:
            agree_action(case, words, owner, due_on, now, who)
    except NoWay:
        return _to(case, problem=_("We have no address that is safe. Tell them on the phone."))
    except CaseIsClosed:
        return _to(case, problem=_("The case is closed: open it again first."))
    add_event(case, "plan_sent", now, who.email, review_on=given["review_on"])
    way = send_out(request_letter(case, LETTER, now, given=given), now, who.email)
    forget_draft(case, PAGE)
    db.session.commit()
    return _to(case, went_out(way))


def _we(case: Case, form: PlanForm) -> list[dict[str, Any]]:
    """What is open already and what was typed, by its day."""
    there = [(one.words, one.owner.name if one.owner else None, one.due_on) for one in actions_of(case) if one.is_open]
    new = [(words, owner.name, due_on) for words, owner, due_on in form.steps]
    in_order = sorted([*there, *new], key=lambda step: step[2])
    return [{"words": words, "owner": owner, "due_on": due_on.isoformat()} for words, owner, due_on in in_order]


def _given(case: Case, form: PlanForm) -> dict[str, Any]:
    review_on = day_from(form.review_on.data)
    return {
        "we": _we(case, form),
        "you": [line for line in (form.you.data or "").split("\n") if line.strip()],
        "review_on": review_on.isoformat() if review_on else None,
        "words_language": form.words_language.data,
    }


def _page(case: Case, form: PlanForm, *, is_preview: bool = False, status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/plan.html",
        case,
        status,
        form=form,
        steps=STEPS,
        draft=draft_of(case, PAGE),
        letter=preview(case, LETTER, _given(case, form)) if is_preview else None,
        there=actions_of(case),
        as_typed=as_typed,
    )


def _to(case: Case, done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    reference = case.reference
    db.session.rollback()
    flash(done or problem or "", "done" if done else "problem")
    return redirect(url_for(".see_the_plan", reference=reference), 303)
