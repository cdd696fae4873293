"""A new report on what an open case is about: joined to it, or kept as a case of its own (NM01)."""

from datetime import UTC, datetime

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.antisocial_behaviour import joining, reviews
from app.antisocial_behaviour.risk import STANDARD
from app.caseload import actions
from app.caseload.days import day_from
from app.caseload.report_forms import RiskForm
from app.caseload.report_routes import of_a_report, only_who_judges_risk, to_diary
from app.caseload.routes import back, case_page, caseload, held, looked_at
from app.cases.closing import ACTIONS_OPEN, PROMISES_OPEN, StillOwed
from app.cases.lists import case_of
from app.cases.models import Case
from app.extensions import db
from app.staff.doors import acting_staff_member

WHY_NOT = {
    joining.SAME_CASE: _l("This is the same case."),
    joining.NOT_A_REPORT: _l("This is no report of antisocial behaviour."),
    joining.NOT_THE_SAME_PERSON: _l("Somebody else reported this."),
    joining.NOT_OPEN: _l("That case is closed: a report after closure is a new case."),
    joining.CAME_BEFORE: _l("That case came later: join it to this one."),
    PROMISES_OPEN: _l("Something is still promised in this case: send its acknowledgement first."),
    ACTIONS_OPEN: _l("An action is open in this case: end it first."),
}


@caseload.get("/cases/<reference>/same-matter")
def see_the_same_matter(reference: str) -> ResponseReturnValue:
    return _page(of_a_report(looked_at(reference)))


@caseload.post("/cases/<reference>/same-matter/<other_reference>/join")
def join_a_report(reference: str, other_reference: str) -> ResponseReturnValue:
    only_who_judges_risk()
    case, now, who = of_a_report(held(reference)), datetime.now(UTC), acting_staff_member().email
    other = _other(other_reference)
    db.session.refresh(other, with_for_update=True)
    form = RiskForm(now, prefix=other.reference)
    next_on = day_from(form.next_on.data)
    if not form.validate() or next_on is None:
        return _page(case, form, other, 422)
    try:
        joining.join(case, other, joining.Judged(form.band.data, form.reasons.data, next_on), now, who)
    except (joining.NotToBeJoined, StillOwed) as refused:
        db.session.rollback()
        form.band.errors = [" ".join(str(WHY_NOT.get(reason, reason)) for reason in refused.reasons)]
        return _page(case, form, other, 422)
    db.session.commit()
    return to_diary(other, _("Joined. The report %(reference)s is part of this case now.", reference=reference))


@caseload.post("/cases/<reference>/same-matter/<other_reference>/apart")
def keep_a_report_apart(reference: str, other_reference: str) -> ResponseReturnValue:
    only_who_judges_risk()
    case = of_a_report(held(reference))
    joining.keep_as_new(case, _other(other_reference), datetime.now(UTC), acting_staff_member().email)
    db.session.commit()
    return back(case, _("Kept as a case of its own."))


def _other(reference: str) -> Case:
    other = case_of(reference) or abort(404)
    if not actions.may_open(other, acting_staff_member()):
        abort(403)
    return other


def _page(
    case: Case, form: RiskForm | None = None, chosen: Case | None = None, status: int = 200
) -> ResponseReturnValue:
    """Each open case of the same person, with a form of its own: the fields' ids say which."""
    now, colleague = datetime.now(UTC), acting_staff_member()
    apart, rows = joining.kept_apart_from(case), []
    others = [] if case.status == "closed" else joining.open_cases_of_the_same_person(case)
    for other in others:
        if not actions.may_open(other, colleague):
            continue
        mine, theirs = reviews.risk_of(case), reviews.risk_of(other)
        its_form = (
            form if form and chosen and chosen.id == other.id else RiskForm(now, formdata=None, prefix=other.reference)
        )
        if its_form is not form:
            its_form.begin(reviews.higher(mine.band if mine else STANDARD, theirs.band if theirs else STANDARD))
        rows.append((other, theirs, its_form, other.reference in apart))
    mistakes = form.mistakes() if form else ()
    return case_page("caseload/same_matter.html", case, status, rows=rows, mistakes=list(mistakes))
