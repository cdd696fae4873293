"""Sign-in, sign-out, and the page behind a one-time link."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.extensions import db, limiter, start_writing
from app.languages import STAFF_LANGUAGES
from app.staff import actions
from app.staff.doors import (
    INSIDE,
    device_of_request,
    keep_private,
    let_in,
    network_of_request,
    own_path,
    see_out,
    signed_in_staff_member,
)
from app.staff.forms import PasswordForm, SignInForm
from app.staff.links import LASTS, LinkIsDead, read_link_token
from app.staff.models import StaffMember
from app.staff.passwords import SHORTEST, PasswordRefused
from app.staff.sessions import end_session

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.after_request(keep_private)

# A whole office may sit behind one network: only tries that fail are counted.
FAILED_TRIES_A_NETWORK = "30 per 15 minutes"


def _has_failed(response: Response) -> bool:
    return response.status_code != 303


failed_tries = limiter.shared_limit(
    FAILED_TRIES_A_NETWORK,
    scope="staff-door",
    key_func=network_of_request,
    methods=["POST"],
    deduct_when=_has_failed,
)


@staff.route("/sign-in", methods=["GET", "POST"])
@failed_tries
def sign_in() -> ResponseReturnValue:
    if signed_in_staff_member() is not None:
        return redirect(own_path(request.args.get("next")), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    entry = actions.try_to_sign_in(
        form.email.data or "", form.password.data or "", datetime.now(UTC), network_of_request(), device_of_request()
    )
    db.session.commit()
    if entry is None:
        form.email.errors = [_("Your email address or your password is not right")]
        return _sign_in_page(form, is_refused=True)
    return come_in(entry, request.args.get("next"))


def come_in(entry: actions.Entry, wanted: str | None) -> ResponseReturnValue:
    """To the page that was asked for, or first to the second factor."""
    let_in(entry)
    inside = own_path(wanted)
    if entry.is_half_open:
        return redirect(url_for(".give_a_code", next=inside if inside != INSIDE else None), 303)
    return redirect(inside, 303)


def _sign_in_page(form: SignInForm, is_refused: bool = False) -> ResponseReturnValue:
    """The words are the same for a wrong address, a wrong password and a pause: none of them tells the others apart."""
    page = render_template(
        "staff/sign_in.html",
        form=form,
        is_refused=is_refused,
        tries_allowed=actions.WRONG_TRIES_ALLOWED,
        pause_minutes=int(actions.PAUSE.total_seconds() // 60),
    )
    return page, 400 if form.errors else 200


@staff.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    key = see_out()
    if key:
        end_session(key, datetime.now(UTC))
        db.session.commit()
    flash(_("You have signed out."), "done")
    return redirect(url_for("staff.sign_in"), 303)


@staff.post("/language")
def choose_language() -> ResponseReturnValue:
    """The language of the staff pages, kept for this colleague."""
    colleague = signed_in_staff_member()
    if colleague is None:
        return redirect(url_for(".sign_in"), 303)
    if request.form.get("language") not in STAFF_LANGUAGES:
        abort(400)
    colleague_id = colleague.id
    start_writing()
    db.session.get_one(StaffMember, colleague_id).language = request.form["language"]
    db.session.commit()
    return redirect(own_path(request.form.get("back")), 303)


@staff.route("/welcome/<token>", methods=["GET", "POST"])
@failed_tries
def set_a_password(token: str) -> ResponseReturnValue:
    try:
        return _ask_for_a_password(read_link_token(token))
    except LinkIsDead:
        return render_template("staff/link_is_dead.html", days=LASTS.days), 410


def _ask_for_a_password(staff_member: StaffMember) -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            entry = actions.set_password(
                staff_member.id, form.password.data or "", datetime.now(UTC), network_of_request(), device_of_request()
            )
        except PasswordRefused as refused:
            form.password.errors = [refused.words]
        else:
            db.session.commit()
            return come_in(entry, None)
    status = 400 if form.errors else 200
    page = render_template("staff/set_a_password.html", form=form, staff_member=staff_member, shortest=SHORTEST)
    return page, status
