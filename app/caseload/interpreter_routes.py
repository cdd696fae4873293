"""Staff pages: the interpreters of a case and what came in in another language; all that are still to be booked."""

from datetime import UTC, datetime

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import interpreter_words, interpreters
from app.caseload.complaint_words import AGAINST
from app.caseload.interpreter_forms import AskForm, BookForm, OutcomeForm, WantForm
from app.caseload.interpreter_pages import TOLD, booked, ended, names
from app.caseload.routes import back_to, case_page, caseload, held, looked_at
from app.caseload.words import language_name
from app.cases.models import Case
from app.extensions import db
from app.interpreters import lists, translating
from app.interpreters.asking import ask
from app.interpreters.booking import NotOpen
from app.interpreters.models import InterpreterRequest
from app.landlords.standards import current_landlord
from app.staff.doors import acting_staff_member
from app.staff.roles import may, may_read_restricted

HERE = "caseload.see_the_interpreters"


@caseload.get("/interpreters")
def see_interpreters_to_book() -> ResponseReturnValue:
    """Of every case and call that this colleague may open; and what came in and is not translated yet."""
    colleague, now = acting_staff_member(), datetime.now(UTC)
    sees_restricted = may_read_restricted(colleague)
    rows = lists.open_requests(colleague.id, sees_restricted=sees_restricted)
    return render_template(
        "caseload/interpreters_to_book.html",
        rows=rows,
        calls=interpreters.calls_of(rows),
        wanted=translating.still_wanted(colleague.id, sees_restricted=sees_restricted),
        most=lists.MOST_SHOWN,
        **names(now),
    )


@caseload.get("/cases/<reference>/interpreters")
def see_the_interpreters(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    spoken = case.tenant.needs.interpreter_language or (language_name(case.language) if case.language != "en" else None)
    usual = {"language": spoken, "way": "any", "purpose": "call"}
    return show_the_interpreters(case, AskForm(formdata=None, data=usual), WantForm(formdata=None))


@caseload.post("/cases/<reference>/interpreters")
def ask_for_an_interpreter(reference: str) -> ResponseReturnValue:
    only_who_books()
    case, form = held(reference), AskForm()
    if not form.validate():
        return show_the_interpreters(case, form, WantForm(formdata=None), 422)
    if case.status == "closed":
        return back_to(HERE, case, problem=str(AGAINST["case-is-closed"]))
    ask(case, form.wish, current_landlord(), datetime.now(UTC), acting_staff_member().email)
    db.session.commit()
    return back_to(HERE, case, _("Saved: an interpreter is to be booked."))


@caseload.get("/cases/<reference>/interpreters/<int:request_id>")
def see_an_interpreter(reference: str, request_id: int) -> ResponseReturnValue:
    case = looked_at(reference)
    one = _of(case, request_id)
    form = BookForm(one, formdata=None)
    form.begin()
    return _one(case, one, form, OutcomeForm(formdata=None))


@caseload.post("/cases/<reference>/interpreters/<int:request_id>/book")
def book_an_interpreter(reference: str, request_id: int) -> ResponseReturnValue:
    only_who_books()
    case = held(reference)
    one = _of(case, request_id)
    form = BookForm(one)
    try:
        way = booked(one, form, datetime.now(UTC), acting_staff_member().email)
    except NotOpen:
        return _over(case)
    if form.errors:
        return _one(case, one, form, OutcomeForm(formdata=None), 422)
    db.session.commit()
    return back_to(HERE, case, str(TOLD[way]))


@caseload.post("/cases/<reference>/interpreters/<int:request_id>/outcome")
def say_how_the_interpreter_was(reference: str, request_id: int) -> ResponseReturnValue:
    only_who_books()
    case = held(reference)
    one = _of(case, request_id)
    form = OutcomeForm()
    try:
        way = ended(one, form, datetime.now(UTC), acting_staff_member().email)
    except NotOpen:
        return _over(case)
    if form.errors:
        booking = BookForm(one, formdata=None)
        booking.begin()
        return _one(case, one, booking, form, 422)
    db.session.commit()
    return back_to(HERE, case, str(TOLD[way]) if way else _("Recorded."))


def only_who_books() -> None:
    if not may("book_interpreters", acting_staff_member()):
        abort(403)


def _of(case: Case, request_id: int) -> InterpreterRequest:
    found = db.session.get(InterpreterRequest, request_id)
    return found if found is not None and found.case_id == case.id else abort(404)


def _over(case: Case) -> ResponseReturnValue:
    return back_to(HERE, case, problem=_("Somebody recorded before what came of this interpreter."))


def show_the_interpreters(case: Case, form: AskForm, wanting: WantForm, status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/interpreters.html",
        case,
        status,
        form=form,
        wanting=wanting,
        requests=lists.of_case(case),
        translations=translating.of_case(case),
        target=interpreter_words.target_words(current_landlord().interpreter_booking),
        spoken=interpreter_words,
    )


def _one(
    case: Case, one: InterpreterRequest, form: BookForm, outcome: OutcomeForm, status: int = 200
) -> ResponseReturnValue:
    return case_page(
        "caseload/interpreter.html",
        case,
        status,
        one=one,
        form=form,
        outcome=outcome,
        spoken=interpreter_words,
        to_book="caseload.book_an_interpreter",
        to_end="caseload.say_how_the_interpreter_was",
        values={"reference": case.reference, "request_id": one.id},
    )
