"""Staff pages: the visits of a case, one of them moved or cancelled, and all that are coming."""

from datetime import UTC, datetime

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import actions, appointments
from app.caseload.answer_routes import went_out
from app.caseload.appointment_forms import CancelForm, VisitForm
from app.caseload.appointments import can_be_rung
from app.caseload.complaint_words import AGAINST
from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.caseload.words import moment_words
from app.cases.case_actions import CaseIsClosed
from app.cases.casework_models import Appointment
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.languages.times import clock_words
from app.reception.going_out import NoWay
from app.staff.doors import acting_staff_member
from app.staff.roles import may

HERE = "caseload.see_the_appointments"
CLOSED = "case-is-closed"


@caseload.get("/cases/<reference>/appointments")
def see_the_appointments(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    return _page(case, VisitForm(case, formdata=None))


@caseload.post("/cases/<reference>/appointments")
def make_an_appointment(reference: str) -> ResponseReturnValue:
    _only_who_makes_them()
    case = held(reference)
    form = VisitForm(case)
    if not form.validate():
        return _page(case, form, 422)
    now, who = datetime.now(UTC), acting_staff_member().email
    try:
        _made, way = appointments.make(case, form.visit, now, who)
    except CaseIsClosed:
        return back_to(HERE, case, problem=str(AGAINST[CLOSED]))
    except REFUSED as refused:
        return _page(case, _with_mistake(form, refused), 422)
    db.session.commit()
    return back_to(HERE, case, went_out(way))


@caseload.get("/cases/<reference>/appointments/<int:appointment_id>")
def change_an_appointment(reference: str, appointment_id: int) -> ResponseReturnValue:
    case = looked_at(reference)
    found = _of(case, appointment_id)
    form = VisitForm(case, formdata=None)
    form.begin(found)
    return _one(case, found, form, CancelForm(case, formdata=None))


@caseload.post("/cases/<reference>/appointments/<int:appointment_id>/move")
def move_an_appointment(reference: str, appointment_id: int) -> ResponseReturnValue:
    _only_who_makes_them()
    case = held(reference)
    found, form, cancelling = _of(case, appointment_id), VisitForm(case), CancelForm(case, formdata=None)
    if not form.validate():
        return _one(case, found, form, cancelling, 422)
    now, who = datetime.now(UTC), acting_staff_member().email
    try:
        _made, way = appointments.move(found, form.visit, now, who)
    except CaseIsClosed:
        return back_to(HERE, case, problem=str(AGAINST[CLOSED]))
    except appointments.NotStanding:
        return _gone(case)
    except REFUSED as refused:
        return _one(case, found, _with_mistake(form, refused), cancelling, 422)
    db.session.commit()
    return back_to(HERE, case, went_out(way))


@caseload.post("/cases/<reference>/appointments/<int:appointment_id>/cancel")
def cancel_an_appointment(reference: str, appointment_id: int) -> ResponseReturnValue:
    _only_who_makes_them()
    case = held(reference)
    found, form = _of(case, appointment_id), CancelForm(case)
    if not form.validate():
        moving = VisitForm(case, formdata=None)
        moving.begin(found)
        return _one(case, found, moving, form, 422)
    now, who = datetime.now(UTC), acting_staff_member().email
    try:
        way = appointments.cancel(found, form.then.data, form.reason.data or "", form.words_language.data, now, who)
    except appointments.NotStanding:
        return _gone(case)
    except NoWay:
        return back_to(HERE, case, problem=_("We have no address that is safe. Tell them on the phone."))
    db.session.commit()
    return back_to(HERE, case, went_out(way))


@caseload.get("/appointments")
def see_what_visits_come() -> ResponseReturnValue:
    """Of the next days: whom to ring first, and who needs an interpreter."""
    colleague, now = acting_staff_member(), datetime.now(UTC)
    rows = [one for one in appointments.coming(now) if actions.may_open(one.case, colleague)]
    return render_template("caseload/visits.html", rows=rows, now=now, when_words=when_words, can_be_rung=can_be_rung)


def when_words(appointment: Appointment) -> str:
    """Tue 24 Nov 2026, 9am to 10:30am."""
    ends = clock_words(appointment.ends_at.astimezone(LONDON).time())
    return _("%(moment)s to %(ends)s", moment=moment_words(appointment.begins_at), ends=ends)


REFUSED = (
    appointments.NotAhead,
    appointments.AnotherThen,
    appointments.NotRung,
    appointments.NotAgreed,
    NoWay,
)


def _with_mistake(form: VisitForm, refused: Exception) -> VisitForm:
    """Why, beside the field that it is about."""
    match refused:
        case appointments.NotAhead():
            field, words = "day", _("Enter a time that is still to come")
        case appointments.AnotherThen():
            field, words = "begins", _("Choose another time: we come to this tenant then already")
        case appointments.NotRung():
            field, words = "is_called_ahead", _("Choose no: ringing this tenant is not safe, or we have no number")
        case appointments.NotAgreed():
            field, words = "is_agreed", _("Agree the visit with the tenant first: some ways to reach them are not safe")
        case _:
            field, words = "purpose", _("We have no address that is safe for the letter. Ask the tenant for one first")
    form[field].errors = [words]
    return form


def _only_who_makes_them() -> None:
    if not may("make_appointments", acting_staff_member()):
        abort(403)


def _of(case: Case, appointment_id: int) -> Appointment:
    found = db.session.get(Appointment, appointment_id)
    return found if found is not None and found.case_id == case.id else abort(404)


def _gone(case: Case) -> ResponseReturnValue:
    return back_to(HERE, case, problem=_("This visit is over, or was cancelled before."))


def _page(case: Case, form: VisitForm, status: int = 200) -> ResponseReturnValue:
    found = appointments.appointments_of(case)
    return case_page(
        "caseload/appointments.html",
        case,
        status,
        form=form,
        appointments=found,
        is_standing=appointments.is_standing,
        when_words=when_words,
    )


def _one(
    case: Case, found: Appointment, form: VisitForm, cancelling: CancelForm, status: int = 200
) -> ResponseReturnValue:
    if not appointments.is_standing(found, datetime.now(UTC)):
        return _gone(case)
    return case_page(
        "caseload/appointment.html",
        case,
        status,
        form=form,
        cancelling=cancelling,
        appointment=found,
        when=when_words(found),
    )
