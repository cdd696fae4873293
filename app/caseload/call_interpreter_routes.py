"""Staff pages: the interpreter for a call that somebody asked for, which belongs to no case."""

from datetime import UTC, datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.call_backs.actions import slot_of
from app.call_backs.models import CallBack
from app.caseload import call_backs, words
from app.caseload.call_back_routes import call_back_desk, held_call, to_the_calls
from app.caseload.interpreter_forms import BookForm, OutcomeForm
from app.caseload.interpreter_pages import TOLD, booked, ended, names, seen
from app.extensions import db
from app.interpreters.booking import NotOpen
from app.interpreters.lists import of_call
from app.interpreters.models import InterpreterRequest
from app.staff.doors import acting_staff_member
from app.staff.roles import may


@call_back_desk.get("/<reference>/interpreter")
def see_the_interpreter(reference: str) -> ResponseReturnValue:
    call_back = call_backs.with_reference(reference) or abort(404)
    one = _of(call_back)
    form = BookForm(one, formdata=None)
    form.begin()
    return _page(call_back, one, form, OutcomeForm(formdata=None))


@call_back_desk.post("/<reference>/interpreter/book")
def book_the_interpreter(reference: str) -> ResponseReturnValue:
    call_back = held_call(reference)
    one = _of(call_back)
    if _has_changed(one):
        return _over()
    form = BookForm(one)
    try:
        booked(one, form, datetime.now(UTC), acting_staff_member().email)
    except NotOpen:
        return _over()
    if form.errors:
        return _page(call_back, one, form, OutcomeForm(formdata=None)), 422
    db.session.commit()
    return to_the_calls(str(TOLD[None]))


@call_back_desk.post("/<reference>/interpreter/outcome")
def end_the_interpreter(reference: str) -> ResponseReturnValue:
    call_back = held_call(reference)
    one = _of(call_back)
    if _has_changed(one):
        return _over()
    form = OutcomeForm()
    try:
        ended(one, form, datetime.now(UTC), acting_staff_member().email)
    except NotOpen:
        return _over()
    if form.errors:
        booking = BookForm(one, formdata=None)
        booking.begin()
        return _page(call_back, one, booking, form), 422
    db.session.commit()
    return to_the_calls(_("Recorded."))


def _of(call_back: CallBack) -> InterpreterRequest:
    return of_call(call_back.id) or abort(404)


def _has_changed(one: InterpreterRequest) -> bool:
    """A call has no file that says who changed it meanwhile: two bookings would leave the first with the firm."""
    return request.form.get("seen", seen(one)) != seen(one)


def _over() -> ResponseReturnValue:
    return to_the_calls(problem=_("Somebody else booked or recorded this interpreter meanwhile. Look at it again."))


def _page(call_back: CallBack, one: InterpreterRequest, form: BookForm, outcome: OutcomeForm) -> str:
    return render_template(
        "caseload/call_interpreter.html",
        call_back=call_back,
        when=call_backs.slot_words(slot_of(call_back)),
        words=words,
        one=one,
        seen=seen(one),
        form=form,
        outcome=outcome,
        to_book="call_back_desk.book_the_interpreter",
        to_end="call_back_desk.end_the_interpreter",
        values={"reference": call_back.reference},
        **{**names(datetime.now(UTC)), "may_work": may("make_calls", acting_staff_member())},
    )
