"""Actions of a case: agreed with an owner and a day, and followed until they are done, after the answer too."""

from datetime import UTC, date, datetime

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.action_forms import DROP, HAND_ON, ChangeActionForm, NewActionForm
from app.caseload.complaint_words import AGAINST, against_words
from app.caseload.days import as_typed
from app.caseload.routes import back_to, case_page, caseload, held, looked_at, opened
from app.cases import case_actions
from app.cases.case_actions import ActionIsOver, CaseIsClosed, actions_of, is_overdue
from app.cases.casework_models import CaseAction
from app.cases.clock import LONDON
from app.cases.models import Case
from app.complaints import points
from app.complaints.casework import standing_of
from app.complaints.stages import NotAllowed, reasons_against
from app.extensions import db
from app.staff.doors import acting_staff_member
from app.staff.models import StaffMember

HERE = "caseload.see_the_actions"
CLOSED = "case-is-closed"


@caseload.get("/cases/<reference>/actions")
def see_the_actions(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    usual = {"owner": str(case.handler_id or acting_staff_member().id)}
    return _page(case, NewActionForm(case, _today(), formdata=None, data=usual))


@caseload.post("/cases/<reference>/actions")
def agree_an_action(reference: str) -> ResponseReturnValue:
    case = held(reference)
    form = NewActionForm(case, _today())
    if not form.validate():
        return _page(case, form, 422)
    try:
        _agree(case, form, datetime.now(UTC), acting_staff_member())
    except (NotAllowed, CaseIsClosed):
        db.session.rollback()
        return _page(opened(reference), form, 422)
    db.session.commit()
    return back_to(HERE, case, _("The action is saved."))


def _agree(case: Case, form: NewActionForm, at: datetime, who: StaffMember) -> None:
    if case.kind == "complaint":
        points.agree_action(case, form.words.data, form.who, form.day, at, who)
    else:
        case_actions.agree_action(case, form.words.data, form.who, form.day, at, who)


@caseload.post("/cases/<reference>/actions/<int:action_id>/done")
def mark_an_action_done(reference: str, action_id: int) -> ResponseReturnValue:
    case = held(reference)
    try:
        case_actions.mark_done(_action_of(case, action_id), datetime.now(UTC), acting_staff_member())
    except ActionIsOver:
        return back_to(HERE, case, problem=_("This action is over already."))
    db.session.commit()
    return back_to(HERE, case, _("Recorded: the action is done."))


@caseload.get("/cases/<reference>/actions/<int:action_id>")
def see_an_action(reference: str, action_id: int) -> ResponseReturnValue:
    case = looked_at(reference)
    action = _action_of(case, action_id)
    so_far = {"owner": str(action.owner_id or ""), "due_on": as_typed(action.due_on)}
    return _change_page(case, action, ChangeActionForm(case, _today(), formdata=None, data=so_far))


@caseload.post("/cases/<reference>/actions/<int:action_id>")
def change_an_action(reference: str, action_id: int) -> ResponseReturnValue:
    case = held(reference)
    action, form = _action_of(case, action_id), ChangeActionForm(case, _today())
    if not form.validate():
        return _change_page(case, action, form, 422)
    now, who = datetime.now(UTC), acting_staff_member()
    try:
        if form.what.data == DROP:
            case_actions.drop_action(action, form.because.data, now, who)
        elif form.what.data == HAND_ON:
            case_actions.hand_on(action, form.who, now, who)
        else:
            case_actions.move_action(action, form.day, now, who)
    except ActionIsOver:
        return back_to(HERE, case, problem=_("This action is over already."))
    db.session.commit()
    return back_to(HERE, case, _("The action is changed."))


def _page(case: Case, form: NewActionForm, status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/actions.html",
        case,
        status,
        form=form,
        actions=actions_of(case),
        today=_today(),
        is_overdue=is_overdue,
        against=_against(case),
    )


def _against(case: Case) -> list[str]:
    """Why no action can be agreed now, in words."""
    if case.kind == "complaint":
        return against_words(reasons_against("agree_action", standing_of(case)))
    return [str(AGAINST[CLOSED])] if case.status == "closed" else []


def _change_page(case: Case, action: CaseAction, form: ChangeActionForm, status: int = 200) -> ResponseReturnValue:
    return case_page("caseload/action.html", case, status, action=action, form=form)


def _action_of(case: Case, action_id: int) -> CaseAction:
    found = db.session.get(CaseAction, action_id)
    return found if found is not None and found.case_id == case.id else abort(404)


def _today() -> date:
    return datetime.now(LONDON).date()
