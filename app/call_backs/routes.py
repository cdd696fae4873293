"""Ask to be called, page by page; then see your place in the queue, move the call, or cancel it."""

from datetime import UTC, date, datetime

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.call_backs import actions
from app.call_backs.forms import MoveForm
from app.call_backs.journey import CALL_BACK
from app.call_backs.models import CallBack
from app.call_backs.slots import by_day
from app.call_backs.words import slot_words
from app.extensions import db, start_writing
from app.journeys.routes import register_journey
from app.journeys.sending import AskAgain, Sending
from app.landlords.standards import current_landlord
from app.reception.saving_routes import register_saving

call_backs = Blueprint("call_backs", __name__, url_prefix="/<lang:language>/call-back")
# What the tenant does with the link that they were given: no part of the form.
your_call_back = Blueprint("your_call_back", __name__, url_prefix="/<lang:language>/call-back/yours")


def ask(sending: Sending) -> str:
    try:
        answers, at = sending.answers, sending.at
        return actions.ask(current_landlord(), answers, sending.language, at, sending.draft_id).reference
    except actions.NoPlaceLeft as full:
        raise AskAgain from full


def received(reference: str) -> str:
    return _page("received", actions.with_reference(reference))


register_journey(call_backs, CALL_BACK, send=ask, received=received)
register_saving(call_backs, CALL_BACK)


@your_call_back.after_request
def keep_it_the_tenants_own(response: Response) -> Response:
    """Whoever has the address can cancel the call: no copy stays, no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@your_call_back.get("/<key>")
def see(key: str) -> ResponseReturnValue:
    return _page("yours", _found(key))


@your_call_back.get("/<key>/move")
def choose_a_day(key: str) -> ResponseReturnValue:
    call_back = _waiting(key)
    if call_back is None:
        return _back(key)
    days = by_day(actions.free_slots(current_landlord(), datetime.now(UTC)))
    return _page("choose_a_day", call_back, days=list(days))


@your_call_back.route("/<key>/move/<day>", methods=["GET", "POST"])
def move(key: str, day: str) -> ResponseReturnValue:
    """The times of one day. Whoever stands there already is called first."""
    now, chosen, is_moving = datetime.now(UTC), _day(day), request.method == "POST"
    if is_moving:
        start_writing()
    call_back = _waiting(key, to_write=is_moving)
    if call_back is None:
        return _back(key)
    of_the_day = by_day(actions.free_slots(current_landlord(), now)).get(chosen)
    if not of_the_day:
        return redirect(url_for(".choose_a_day", key=key), 303)
    form = MoveForm(of_the_day)
    if not form.validate_on_submit():
        return _page("move", call_back, form=form), 422 if is_moving else 200
    try:
        actions.move(call_back, current_landlord(), form.time.data, now)
    except actions.NoPlaceLeft:  # between the list and the turn
        db.session.rollback()
        return redirect(url_for(".move", key=key, day=day), 303)
    db.session.commit()
    return _back(key)


@your_call_back.get("/<key>/cancel")
def ask_before_cancelling(key: str) -> ResponseReturnValue:
    call_back = _waiting(key)
    return _back(key) if call_back is None else _page("cancel", call_back)


@your_call_back.post("/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    start_writing()
    call_back = _waiting(key, to_write=True)
    if call_back is not None:
        actions.end(call_back, "cancelled", datetime.now(UTC))
        db.session.commit()
    return _back(key)


def _found(key: str) -> CallBack:
    return actions.with_key(key) or abort(404)


def _waiting(key: str, *, to_write: bool = False) -> CallBack | None:
    """None when the call has been made, missed or cancelled: nothing can be done with it any more."""
    call_back = actions.with_key(key, to_write=to_write) or abort(404)
    return call_back if call_back.state == "waiting" else None


def _back(key: str) -> ResponseReturnValue:
    db.session.rollback()
    return redirect(url_for(".see", key=key), 303)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def _page(name: str, call_back: CallBack, **more: object) -> str:
    return render_template(
        f"call_backs/{name}.html",
        call_back=call_back,
        when=slot_words(actions.slot_of(call_back)),
        place=actions.place_of(call_back),
        is_closed_then=actions.is_closed_then(call_back, datetime.now(UTC)),
        **more,
    )
