"""A colleague's own account: password, second factor, sessions, keys."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.extensions import db, start_writing
from app.staff import actions, second_factor
from app.staff.changes import write_down
from app.staff.doors import (
    acting_staff_member,
    device_of_request,
    keep_private,
    let_in,
    network_of_request,
    require_sign_in,
    session_running,
)
from app.staff.forms import ChangePasswordForm, OwnPasswordForm
from app.staff.models import StaffMember
from app.staff.one_time_codes import recovery_hash_in
from app.staff.passwords import SHORTEST, PasswordRefused
from app.staff.roles import needs_second_factor
from app.staff.sessions import end_sessions, running_sessions

account = Blueprint("account", __name__, url_prefix="/staff/account")
account.before_request(require_sign_in)
account.after_request(keep_private)


@account.get("")
def see() -> ResponseReturnValue:
    return _page()


def _page(status: int = 200, **forms: object) -> ResponseReturnValue:
    colleague = acting_staff_member()
    running = session_running()
    page = render_template(
        "staff/account.html",
        colleague=colleague,
        sessions=running_sessions(colleague.id, datetime.now(UTC)),
        this_session=running.id if running else None,
        is_needed=needs_second_factor(colleague),
        codes_left=len(colleague.mf_recovery_codes or []),
        shortest=SHORTEST,
        **{"password_form": ChangePasswordForm(), "codes_form": OwnPasswordForm(prefix="codes-"), **forms},
    )
    return page, status


@account.post("/password")
def change_password() -> ResponseReturnValue:
    """Every other session ends. This one goes on, with the second factor that it has."""
    form, colleague, now = ChangePasswordForm(), acting_staff_member(), datetime.now(UTC)
    if not form.validate_on_submit():
        return _page(422, password_form=form, form=form)
    colleague_id, had_second_factor = colleague.id, _second_factor_at()
    is_right = actions.is_own_password(colleague_id, form.old_password.data or "", now, network_of_request())
    db.session.commit()
    if not is_right:
        form.old_password.errors = [_("This is not your password")]
        return _page(422, password_form=form, form=form)
    try:
        entry = actions.set_password(
            colleague_id, form.password.data or "", now, network_of_request(), device_of_request()
        )
    except PasswordRefused as refused:
        form.password.errors = [refused.words]
        return _page(422, password_form=form, form=form)
    second_factor.go_on(entry, had_second_factor)
    db.session.commit()
    let_in(actions.Entry(entry.staff_member, entry.session_key))
    flash(_("Your password is changed. Other sessions have ended."), "done")
    return redirect(url_for(".see"), 303)


def _second_factor_at() -> datetime | None:
    sign_in = session_running()
    return sign_in.second_factor_at if sign_in else None


@account.post("/recovery-codes")
def make_recovery_codes() -> ResponseReturnValue:
    form = _said_password()
    if form.errors:
        return _page(422, codes_form=form, form=form)
    colleague, now = _held(), datetime.now(UTC)
    if colleague.tf_totp_secret is None:
        abort(409)  # no page offers it
    codes = second_factor.make_recovery_codes(colleague)
    write_down(colleague, "recovery_codes_made", now, colleague.email)
    db.session.commit()
    return codes_page(codes, url_for(".see"))


def codes_page(codes: list[str], onward: str) -> ResponseReturnValue:
    """The only page without a 303 before it: the codes stand nowhere else, and are shown once."""
    return render_template("staff/recovery_codes.html", codes=codes, onward=onward), 200


@account.post("/recovery-codes/text")
def take_recovery_codes() -> ResponseReturnValue:
    """The codes that the page shows, as a file. Only codes that are the colleague's own come back."""
    hashes = acting_staff_member().mf_recovery_codes or []
    codes = [code for code in request.form.getlist("code") if recovery_hash_in(code, hashes)]
    if not codes:
        abort(400)
    return Response(
        "".join(f"{code}\r\n" for code in codes),
        mimetype="text/plain",
        headers={"Content-Disposition": "attachment; filename=recovery-codes.txt"},
    )


@account.post("/second-factor/off")
def do_without_codes() -> ResponseReturnValue:
    if needs_second_factor(acting_staff_member()):
        abort(403)
    form = _said_password()
    if form.errors:
        return _page(422, codes_form=form, form=form)
    colleague, running = _held(), session_running()
    second_factor.take_away(colleague, datetime.now(UTC), colleague.email, but=running.id if running else None)
    db.session.commit()
    flash(_("You sign in with your password alone now."), "done")
    return redirect(url_for(".see"), 303)


def _said_password() -> OwnPasswordForm:
    """With a mistake where it is not theirs."""
    form = OwnPasswordForm(prefix="codes-")
    if form.validate_on_submit():
        colleague_id = acting_staff_member().id
        is_right = actions.is_own_password(
            colleague_id, form.password.data or "", datetime.now(UTC), network_of_request()
        )
        db.session.commit()
        if not is_right:
            form.password.errors = [_("This is not your password")]
    return form


def _held() -> StaffMember:
    colleague_id = acting_staff_member().id
    start_writing()
    return actions.hold(colleague_id)


@account.post("/sessions/<int:session_id>/end")
def end_a_session(session_id: int) -> ResponseReturnValue:
    colleague_id = acting_staff_member().id
    start_writing()
    end_sessions(colleague_id, datetime.now(UTC), only=session_id)
    db.session.commit()
    flash(_("That session has ended."), "done")
    return redirect(url_for(".see"), 303)


@account.post("/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    colleague_id, running = acting_staff_member().id, session_running()
    this_one = running.id if running else None
    start_writing()
    end_sessions(colleague_id, datetime.now(UTC), but=this_one)
    db.session.commit()
    flash(_("All other sessions have ended."), "done")
    return redirect(url_for(".see"), 303)


@account.post("/shortcuts")
def turn_shortcuts() -> ResponseReturnValue:
    colleague = _held()
    colleague.has_shortcuts = request.form.get("shortcuts") == "on"
    is_on = colleague.has_shortcuts
    db.session.commit()
    flash(_("Keyboard shortcuts are on.") if is_on else _("Keyboard shortcuts are off."), "done")
    return redirect(url_for(".see"), 303)
