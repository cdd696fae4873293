"""A report's diary and risk: what was told and judged, incidents told to a colleague, and the next review."""

from datetime import UTC, date, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.antisocial_behaviour import reviews
from app.antisocial_behaviour.joining import joined_in, joined_to, kept_apart_from, open_cases_of_the_same_person
from app.caseload import actions
from app.caseload.answer_routes import went_out
from app.caseload.days import day_from
from app.caseload.diaries import diary_of
from app.caseload.report_forms import IncidentForm, ToldRiskForm
from app.caseload.routes import case_page, caseload, held, looked_at
from app.cases.actions import add_contact
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters.actions import request_letter
from app.reception.going_out import NoWay, send_out, way_out
from app.staff.doors import acting_staff_member
from app.staff.roles import may

KIND = "antisocial-behaviour"


@caseload.context_processor
def names_for_risk() -> dict[str, Any]:
    return {"risk_of": reviews.risk_of, "today": lambda: datetime.now(UTC).astimezone(LONDON).date()}


@caseload.get("/cases/<reference>/diary")
def see_the_diary(reference: str) -> ResponseReturnValue:
    return _page(of_a_report(looked_at(reference)))


@caseload.post("/cases/<reference>/risk")
def review_the_risk(reference: str) -> ResponseReturnValue:
    only_who_judges_risk()
    case, now = of_a_report(held(reference)), datetime.now(UTC)
    form, who = ToldRiskForm(now), acting_staff_member().email
    next_on = day_from(form.next_on.data)
    if not form.validate() or next_on is None:
        return _page(case, risk_form=form, status=422)
    try:
        way = _tell(case, form, next_on, now, who)
    except NoWay:
        form.told.errors = [_("We have no address that is safe. Leave this empty, and tell them on the phone")]
        return _page(case, risk_form=form, status=422)
    reviews.review(case, form.band.data, form.reasons.data, next_on, now, who)
    db.session.commit()
    return to_diary(
        case, _("The risk is reviewed. %(letter)s", letter=went_out(way)) if way else _("The risk is reviewed.")
    )


def _tell(case: Case, form: ToldRiskForm, next_on: date, now: datetime, who: str) -> str | None:
    """By letter, where the colleague wrote something for one: how it goes. Raises NoWay."""
    if not form.told.data:
        return None
    way_out(case.tenant)
    given = {
        "band": form.band.data,
        "words": form.told.data,
        "words_language": form.told_language.data,
        "next_on": next_on.isoformat(),
    }
    return send_out(request_letter(case, "risk-review", now, given=given), now, who)


@caseload.post("/cases/<reference>/diary")
def add_an_incident(reference: str) -> ResponseReturnValue:
    """What somebody told a colleague, on the phone or in any other way."""
    only_who_judges_risk()
    case, now = of_a_report(held(reference)), datetime.now(UTC)
    form = IncidentForm(now)
    if not form.validate():
        return _page(case, incident_form=form, status=422)
    add_contact(
        case,
        purpose="diary",
        channel=form.came_by.data,
        received_at=now,
        answers=form.told,
        language=form.came_in.data,
        recorded_by=acting_staff_member().email,
    )
    db.session.commit()
    return to_diary(case, _("The incident is in the diary."))


@caseload.get("/risk-reviews")
def see_risk_reviews() -> ResponseReturnValue:
    """Reports whose risk is to be looked at again, today or days ago."""
    colleague, now = acting_staff_member(), datetime.now(UTC)
    found = reviews.due_for_review(now.astimezone(LONDON).date())
    rows = [(case, risk) for case, risk in found if actions.may_open(case, colleague)]
    return render_template("caseload/risk_reviews.html", rows=rows, now=now)


def of_a_report(case: Case) -> Case:
    return case if case.kind == KIND else abort(404)


def only_who_judges_risk() -> None:
    if not may("judge_risk", acting_staff_member()):
        abort(403)


def to_diary(case: Case, done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    reference = case.reference
    db.session.rollback()
    flash(done or problem or "", "done" if done else "problem")
    return redirect(url_for(".see_the_diary", reference=reference), 303)


def _page(
    case: Case, *, risk_form: ToldRiskForm | None = None, incident_form: IncidentForm | None = None, status: int = 200
) -> ResponseReturnValue:
    now, risk = datetime.now(UTC), reviews.risk_of(case)
    if risk_form is None:
        risk_form = ToldRiskForm(now, formdata=None)
        if risk:
            risk_form.begin(risk.band)
    return case_page(
        "caseload/diary.html",
        case,
        status,
        risk=risk,
        past=reviews.reviews_of(case),
        risk_form=risk_form,
        incident_form=incident_form or IncidentForm(now, formdata=None),
        entries=diary_of(case, current_landlord()),
        joined_to=joined_to(case),
        joined_in=joined_in(case),
        may_be_the_same=_may_be_the_same(case),
    )


def _may_be_the_same(case: Case) -> bool:
    """Whether an open case of the same person came before, and nobody has looked yet."""
    if case.status == "closed":
        return False
    apart = kept_apart_from(case)
    return any(other.reference not in apart for other in open_cases_of_the_same_person(case))
