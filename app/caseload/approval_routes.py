"""Letters that wait for a second colleague: what waits for me, and the decision about one."""

from datetime import UTC, datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.actions import may_open
from app.caseload.complaint_words import NOT_INDEPENDENT
from app.caseload.draft_forms import SendBackForm
from app.caseload.draft_routes import draft_of, draft_page, over
from app.caseload.routes import back_to, caseload, held
from app.cases.actions import NotIndependent
from app.complaints.approving import approve
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters import drafts
from app.staff.doors import acting_staff_member
from app.staff.roles import may

HERE = "caseload.see_the_letters"


@caseload.get("/letters/approvals")
def see_letters_to_approve() -> ResponseReturnValue:
    who = acting_staff_member()
    found = [one for one in drafts.waiting_drafts(current_landlord()) if may_open(one.case, who)]
    mine = [one for one in found if drafts.may_approve(one, who)]
    others = [one for one in found if one not in mine]
    return render_template("caseload/letters_to_approve.html", mine=mine, others=others)


@caseload.post("/cases/<reference>/letters/drafts/<int:draft_id>/decide")
def decide_about_a_draft(reference: str, draft_id: int) -> ResponseReturnValue:
    """``act``: approve, or send back with what to change. ``number`` is of the version that was read."""
    if not may("approve_letters", acting_staff_member()):
        abort(403)
    case = held(reference)
    draft, now, who = draft_of(case, draft_id), datetime.now(UTC), acting_staff_member()
    number, act = request.form.get("number", 0, type=int), request.form.get("act")
    form = SendBackForm()
    if act == "send-back" and not form.validate():
        return draft_page(case, draft, form, 422)
    try:
        if act == "approve":
            approve(draft, now, who, number=number)
            said = _("Approved. Whoever wrote it can send it now.")
        elif act == "send-back":
            drafts.send_back(draft, form.note.data or "", now, who, number=number)
            said = _("Sent back with your note.")
        else:
            abort(400)
    except drafts.DraftIsOver:
        return over(case)
    except drafts.DraftChanged:
        return back_to(HERE, case, problem=_("Somebody changed this letter meanwhile. Look at it again."))
    except drafts.MayNotApprove:
        return back_to(HERE, case, problem=_("Somebody else has to approve this letter: nobody approves their own."))
    except NotIndependent:
        return back_to(HERE, case, problem=str(NOT_INDEPENDENT))
    db.session.commit()
    return back_to(HERE, case, said)
