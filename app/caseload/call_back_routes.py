"""Staff pages: the calls that tenants asked for, and what became of each."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.call_backs import desk_acts
from app.call_backs.actions import NoPlaceLeft, NotWaiting, free_slots, slot_of
from app.call_backs.models import CallBack
from app.call_backs.words import missed_words
from app.caseload import call_backs, words
from app.caseload.interpreter_words import state_mark
from app.extensions import db, start_writing
from app.interpreters.lists import of_calls
from app.landlords.standards import current_landlord
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may, may_work_on_cases

call_back_desk = Blueprint("call_back_desk", __name__, url_prefix="/staff/call-backs")
call_back_desk.before_request(require_staff)
call_back_desk.after_request(keep_private)


@call_back_desk.context_processor
def names_for_the_menu() -> dict[str, object]:
    return {
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: may_work_on_cases(acting_staff_member()),
    }


@call_back_desk.get("")
def see_the_calls() -> ResponseReturnValue:
    now, rows = datetime.now(UTC), call_backs.waiting()
    return render_template(
        "caseload/call_backs.html",
        rows=rows,
        closed_then=call_backs.closed_then(rows, now),
        ended=call_backs.lately_ended(),
        waits=call_backs.waits(now),
        interpreters=of_calls([call_back.id for call_back, _place in rows]),
        interpreter_mark=state_mark,
        calls=call_backs,
        acts=desk_acts,
        words=words,
        now=now,
        may_work=_may_call(),
    )


@call_back_desk.post("/<reference>/<any(called, missed, cancelled):outcome>")
def record_the_outcome(reference: str, outcome: str) -> ResponseReturnValue:
    call_back = held_call(reference)
    name, now = call_back.name, datetime.now(UTC)
    try:
        desk_acts.record(call_back, outcome, now, acting_staff_member().email)
    except NotWaiting:
        return to_the_calls(problem=_("This call was recorded or cancelled before. Look below."))
    offers = desk_acts.can_try_again(call_back, now)
    db.session.commit()
    if offers:
        flash(_("Recorded for %(name)s: %(outcome)s", name=name, outcome=call_backs.OUTCOMES[outcome]), "done")
        return redirect(url_for(".offer_another_try", reference=reference), 303)
    return to_the_calls(_("Recorded for %(name)s: %(outcome)s", name=name, outcome=call_backs.OUTCOMES[outcome]))


@call_back_desk.get("/<reference>/again")
def offer_another_try(reference: str) -> ResponseReturnValue:
    """Nobody answered: ring again at the next free time, and what may be said on their voicemail."""
    call_back, now = call_backs.with_reference(reference) or abort(404), datetime.now(UTC)
    slot = desk_acts.next_try(current_landlord(), now)
    if slot is None or not desk_acts.can_try_again(call_back, now):
        return redirect(url_for(".see_the_calls"), 303)
    return render_template(
        "caseload/call_again.html",
        call_back=call_back,
        when=call_backs.slot_words(slot),
        message=missed_words(call_back, slot, current_landlord()),
        words=words,
        tries=desk_acts.tries_of(call_back),
    )


@call_back_desk.post("/<reference>/again")
def try_again(reference: str) -> ResponseReturnValue:
    call_back = held_call(reference)
    has_left = request.form.get("left") == "yes"
    try:
        slot = desk_acts.try_again(
            call_back,
            current_landlord(),
            datetime.now(UTC),
            acting_staff_member().email,
            has_left_message=has_left,
        )
    except (NotWaiting, desk_acts.EnoughTries):
        return to_the_calls(problem=_("This call was recorded or cancelled before. Look below."))
    except NoPlaceLeft:
        return to_the_calls(problem=_("No time is free in the next days."))
    name = call_back.name
    db.session.commit()
    return to_the_calls(_("We ring %(name)s again: %(when)s.", name=name, when=call_backs.slot_words(slot)))


@call_back_desk.route("/<reference>/move", methods=["GET", "POST"])
def move_a_call(reference: str) -> ResponseReturnValue:
    """To a time that suits the tenant, who asked a colleague for it."""
    if request.method == "GET":
        return _move_page(call_backs.with_reference(reference) or abort(404))
    call_back, chosen = held_call(reference), request.form.get("slot", "")
    now, who = datetime.now(UTC), acting_staff_member().email
    try:
        desk_acts.move_for_tenant(call_back, current_landlord(), chosen, now, who)
    except NotWaiting:
        return to_the_calls(problem=_("This call was recorded or cancelled before. Look below."))
    except NoPlaceLeft:
        db.session.rollback()
        return _move_page(call_back, _("Choose a time that is still free")), 422
    name, when = call_back.name, call_backs.slot_words(slot_of(call_back))
    db.session.commit()
    return to_the_calls(_("We ring %(name)s at another time: %(when)s.", name=name, when=when))


@call_back_desk.post("/<reference>/back")
def take_it_back(reference: str) -> ResponseReturnValue:
    """A wrong press, of today."""
    call_back = held_call(reference)
    name = call_back.name
    try:
        desk_acts.take_back(call_back, datetime.now(UTC), acting_staff_member().email)
    except desk_acts.TooLate:
        return to_the_calls(problem=_("Only what was recorded today can be taken back."))
    db.session.commit()
    return to_the_calls(_("Taken back: %(name)s waits for a call again.", name=name))


def _may_call() -> bool:
    return may("make_calls", acting_staff_member())


def held_call(reference: str) -> CallBack:
    """To be written."""
    if not _may_call():
        abort(403)
    start_writing()
    return call_backs.to_end(reference) or abort(404)


def _move_page(call_back: CallBack, mistake: str | None = None) -> str:
    return render_template(
        "caseload/call_moved.html",
        call_back=call_back,
        slots=[(slot.key, call_backs.slot_words(slot)) for slot in free_slots(current_landlord(), datetime.now(UTC))],
        now_at=slot_of(call_back).key,
        when=call_backs.slot_words(slot_of(call_back)),
        mistake=mistake,
        words=words,
    )


def to_the_calls(done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    db.session.rollback()
    flash(done or problem or "", "done" if done else "problem")
    return redirect(url_for(".see_the_calls"), 303)
