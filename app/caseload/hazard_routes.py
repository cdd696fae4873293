"""A hazard in the home, from the page of dates: named, made safe, investigated, and the letter of what was found."""

from datetime import UTC, datetime

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.complaint_words import AGAINST
from app.caseload.dates_forms import HazardForm, InvestigatedForm, MadeSafeForm, SummaryForm
from app.caseload.dates_routes import HERE, act_on, dates_page, went_out
from app.caseload.hazards import NotInvestigated, name_it, write_summary
from app.caseload.routes import back_to, caseload
from app.cases.hazards import DoneAlready, NoHazard, NotThen, record_investigated, record_made_safe
from app.extensions import db
from app.landlords.standards import current_landlord
from app.staff.doors import acting_staff_member


@caseload.post("/cases/<reference>/dates/hazard")
def name_a_hazard(reference: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    case, form = act_on(reference, HazardForm, "hazard", now)
    if case.status == "closed":  # the law's clocks would run where nobody looks
        return back_to(HERE, case, problem=str(AGAINST["case-is-closed"]))
    if not form.validate():
        return dates_page(case, form, 422)
    try:
        runs = name_it(case, current_landlord(), form.hazard.data, form.moment, now, acting_staff_member().email)
    except DoneAlready:
        return back_to(HERE, case, problem=_("This has been recorded already, or no hazard was named."))
    db.session.commit()
    if runs:
        return back_to(HERE, case, _("Recorded. The dates of the law are below."))
    return back_to(HERE, case, _("Recorded. The law sets no dates for this home, or not for this yet."))


@caseload.post("/cases/<reference>/dates/made-safe")
def say_that_it_is_safe(reference: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    case, form = act_on(reference, MadeSafeForm, "safe", now)
    if not form.validate():
        return dates_page(case, form, 422)
    has_appointment = form.has_appointment.data == "yes"
    who = acting_staff_member().email
    try:
        record_made_safe(case, current_landlord(), form.moment, now, who, has_appointment=has_appointment)
    except (NoHazard, DoneAlready, NotThen):
        return back_to(HERE, case, problem=_("This has been recorded already, or no hazard was named."))
    db.session.commit()
    return back_to(HERE, case, _("Recorded: the home is safe."))


@caseload.post("/cases/<reference>/dates/investigated")
def say_what_was_found(reference: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    case, form = act_on(reference, InvestigatedForm, "found", now)
    if not form.validate():
        return dates_page(case, form, 422)
    try:
        record_investigated(
            case,
            current_landlord(),
            form.moment,
            now,
            acting_staff_member().email,
            finding=form.finding.data,
            is_hazard=form.is_hazard.data == "yes",
            needs_safety_work=form.needs.has_chosen("safety-work"),
            needs_further_work=form.needs.has_chosen("further-work"),
        )
    except (NoHazard, DoneAlready, NotThen):
        return back_to(HERE, case, problem=_("This has been recorded already, or no hazard was named."))
    db.session.commit()
    return back_to(HERE, case, _("Recorded. Now write to the tenant what was found."))


@caseload.post("/cases/<reference>/dates/summary")
def write_what_was_found(reference: str) -> ResponseReturnValue:
    case, form = act_on(reference, SummaryForm, "summary")
    if not form.validate():
        return dates_page(case, form, 422)
    now, who = datetime.now(UTC), acting_staff_member().email
    try:
        _letter, way = write_summary(case, form.finding.data, form.work.data or "", form.words_language.data, now, who)
    except NotInvestigated:
        return back_to(HERE, case, problem=_("Record the investigation first."))
    db.session.commit()
    return back_to(HERE, case, went_out(way))
