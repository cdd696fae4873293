"""A complaint's page: how far it is, what can be done next, its points and its remedies."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import complaint_words
from app.caseload.complaint_acts import ACTS, Act
from app.caseload.complaint_forms import PointForm, StepForm
from app.caseload.complaint_steps import steps_of
from app.caseload.complaint_words import NOT_INDEPENDENT, against_words
from app.caseload.routes import back, back_to, case_page, caseload, held, looked_at, opened
from app.cases.actions import NotIndependent
from app.cases.case_actions import actions_of, late_actions
from app.cases.models import Case
from app.complaints import points, stage_one
from app.complaints.casework import file_as_it_is, file_of, standing_of
from app.complaints.models import ComplaintPoint, Remedy
from app.complaints.stages import NotAllowed, reasons_against
from app.extensions import db
from app.landlords.standards import current_landlord
from app.staff.doors import acting_staff_member
from app.tracking.actions import complaint_of, handle_as_complaint

HERE = "caseload.see_the_complaint"
TOLD_BY = "phone"  # nothing is asked, not even how the tenant said so


@caseload.context_processor
def names_for_complaints() -> dict[str, Any]:
    return {"complaint_of": complaint_of, "late_actions": late_actions}


@caseload.get("/cases/<reference>/complaint")
def see_the_complaint(reference: str) -> ResponseReturnValue:
    case = only_complaints(looked_at(reference))
    standing = standing_of(case)
    return case_page(
        "caseload/complaint.html",
        case,
        file=file_as_it_is(case),
        standing=standing,
        steps=steps_of(case),
        acts={key: act for key, act in ACTS.items() if not reasons_against(act.rule, standing)},
        against=lambda rule: reasons_against(rule, standing),
        actions=actions_of(case),
        complaint_words=complaint_words,
    )


@caseload.get("/cases/<reference>/complaint/<act>")
def begin_an_act(reference: str, act: str) -> ResponseReturnValue:
    found = ACTS.get(act) or abort(404)
    case = only_complaints(looked_at(reference))
    file = file_as_it_is(case)
    form = found.form(file, formdata=None, data=found.so_far(file))
    return _act_page(case, found, form, against_words(reasons_against(found.rule, standing_of(case))))


@caseload.post("/cases/<reference>/complaint/<act>")
def do_an_act(reference: str, act: str) -> ResponseReturnValue:
    found = ACTS.get(act) or abort(404)
    case = only_complaints(held(reference))
    form = found.form(file_of(case))
    if not form.validate():
        return _act_page(case, found, form, status=422)
    try:
        done = found.do(case, form, datetime.now(UTC), acting_staff_member())
    except (NotAllowed, NotIndependent) as refused:
        db.session.rollback()
        return _act_page(opened(reference), found, form, _why(refused), 422)
    db.session.commit()
    return back_to(HERE, case, done)


def _why(refused: NotAllowed | NotIndependent) -> list[str]:
    return against_words(refused.reasons) if isinstance(refused, NotAllowed) else [str(NOT_INDEPENDENT)]


def _act_page(
    case: Case, act: Act, form: StepForm, against: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    file, against = file_as_it_is(case), against or []
    return case_page("caseload/complaint_act.html", case, status, act=act, form=form, file=file, against=against)


@caseload.get("/cases/<reference>/complaint/points/<int:point_id>")
def see_a_point(reference: str, point_id: int) -> ResponseReturnValue:
    case = only_complaints(looked_at(reference))
    point = _point_of(case, point_id)
    so_far = {name: getattr(point, name) for name in ("words", "decision", "answer", "basis")}
    form = PointForm(point.file, formdata=None, data=so_far)
    return _point_page(case, point, form, against_words(reasons_against("answer_point", standing_of(case))))


@caseload.post("/cases/<reference>/complaint/points/<int:point_id>")
def answer_a_point(reference: str, point_id: int) -> ResponseReturnValue:
    case = only_complaints(held(reference))
    point = _point_of(case, point_id)
    form, now, who = PointForm(point.file), datetime.now(UTC), acting_staff_member()
    if not form.validate():
        return _point_page(case, point, form, status=422)
    try:
        if form.words.data != point.words:
            points.change_point(case, point, form.words.data, now, who)
        if form.is_decided:
            points.answer_point(case, point, form.decision.data, form.answer.data, form.basis.data, now, who)
    except (NotAllowed, NotIndependent) as refused:
        db.session.rollback()
        case = opened(reference)
        return _point_page(case, _point_of(case, point_id), form, _why(refused), 422)
    db.session.commit()
    return back_to(HERE, case, _("The point is saved."))


@caseload.post("/cases/<reference>/complaint/points/<int:point_id>/off")
def take_a_point_off(reference: str, point_id: int) -> ResponseReturnValue:
    case = only_complaints(held(reference))
    try:
        points.take_off_point(case, _point_of(case, point_id), datetime.now(UTC), acting_staff_member())
    except (NotAllowed, NotIndependent) as refused:
        return back_to(HERE, case, problem=" ".join(_why(refused)))
    db.session.commit()
    return back_to(HERE, case, _("The point is off the list."))


def _point_page(
    case: Case, point: ComplaintPoint, form: PointForm, against: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    page = "caseload/complaint_point.html"
    return case_page(page, case, status, point=point, form=form, against=against or [], file=point.file)


def _point_of(case: Case, point_id: int) -> ComplaintPoint:
    found = db.session.get(ComplaintPoint, point_id)
    return found if found is not None and found.case_id == case.id else abort(404)


@caseload.post("/cases/<reference>/complaint/remedies/<int:remedy_id>")
def change_a_remedy(reference: str, remedy_id: int) -> ResponseReturnValue:
    """``act``: given, the tenant has it; off, it is not offered after all."""
    case = only_complaints(held(reference))
    remedy = db.session.get(Remedy, remedy_id)
    if remedy is None or remedy.case_id != case.id:
        abort(404)
    now, who = datetime.now(UTC), acting_staff_member()
    if request.form.get("act") == "given":
        points.remedy_was_given(case, remedy, now, who)
        done = _("Recorded: the tenant has it.")
    else:
        try:
            points.take_off_remedy(case, remedy, now, who)
        except (NotAllowed, NotIndependent) as refused:
            return back_to(HERE, case, problem=" ".join(_why(refused)))
        done = _("The remedy is off the list.")
    db.session.commit()
    return back_to(HERE, case, done)


@caseload.post("/cases/<reference>/as-a-complaint")
def take_as_a_complaint(reference: str) -> ResponseReturnValue:
    """The tenant says so: it is one, with no questions (V08). A case of another kind gets its complaint beside it."""
    case, now, who = held(reference), datetime.now(UTC), acting_staff_member()
    if case.kind != "complaint":
        made = handle_as_complaint(case, current_landlord(), case.language, now, channel=TOLD_BY, recorded_by=who.email)
        number = made.reference
        db.session.commit()
        return back(case, _("This is handled as a complaint now. Its reference: %(reference)s.", reference=number))
    try:
        stage_one.take_as_complaint(case, now, who)
    except NotAllowed as refused:
        return back_to(HERE, case, problem=" ".join(against_words(refused.reasons)))
    db.session.commit()
    return back_to(HERE, case, _("This is handled as a complaint now."))


def only_complaints(case: Case) -> Case:
    return case if case.kind == "complaint" else abort(404)
