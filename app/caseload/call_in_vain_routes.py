"""Staff page: a letter to somebody whom we rang in vain, by the case that the call belongs to."""

from datetime import UTC, datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.call_backs import desk_acts
from app.call_backs.models import CallBack
from app.caseload import call_backs, calls_in_vain, words
from app.caseload.actions import may_open
from app.caseload.answer_routes import went_out
from app.caseload.call_back_routes import call_back_desk, held_call, to_the_calls
from app.cases.lists import case_of
from app.cases.models import Case
from app.extensions import db
from app.reception.going_out import NoWay
from app.staff.doors import acting_staff_member

ANOTHER = "another"


@call_back_desk.get("/<reference>/letter")
def offer_a_letter(reference: str) -> ResponseReturnValue:
    call_back = call_backs.with_reference(reference) or abort(404)
    if not desk_acts.rung_in_vain_at(call_back) or desk_acts.has_letter(call_back):
        return _nothing_to_tell()
    return _page(call_back)


@call_back_desk.post("/<reference>/letter")
def write_a_letter(reference: str) -> ResponseReturnValue:
    """``case``: one that was offered, or "another", whose reference is typed."""
    call_back = held_call(reference)
    case = _chosen()
    if case is None:
        return _page(call_back, _mistake()), 422
    colleague, now = acting_staff_member(), datetime.now(UTC)
    try:
        way = calls_in_vain.write_to(call_back, case, now, colleague.email)
    except calls_in_vain.NothingToTell:
        return _nothing_to_tell()
    except NoWay:
        return _page(call_back, _("Choose another case: this one has no address that is safe for a letter")), 422
    reference_of_case = case.reference
    db.session.commit()
    done = _(
        "A letter is written in the case %(reference)s. %(letter)s", reference=reference_of_case, letter=went_out(way)
    )
    return to_the_calls(done)


def _chosen() -> Case | None:
    """The case, where it is there and the colleague may open it; which of both it was is not said."""
    picked = request.form.get("case", "")
    typed = request.form.get("other", "") if picked == ANOTHER else picked
    case = case_of(typed)
    if case is None or case.anonymised_at or not may_open(case, acting_staff_member()):
        return None
    return case


def _mistake() -> str:
    if request.form.get("case") == ANOTHER:
        return _("Enter the reference of a case that you can open, such as K7M4-QX9T")
    return _("Choose the case that the call belongs to")


def _nothing_to_tell() -> ResponseReturnValue:
    return to_the_calls(problem=_("Nobody was rung in vain since the last letter about this call."))


def _page(call_back: CallBack, mistake: str | None = None) -> str:
    return render_template(
        "caseload/call_letter.html",
        call_back=call_back,
        rang_at=desk_acts.rung_in_vain_at(call_back),
        cases=calls_in_vain.cases_for(call_back, acting_staff_member()),
        another=ANOTHER,
        chosen=request.form.get("case"),
        typed=request.form.get("other", ""),
        mistake=mistake,
        words=words,
    )
