"""The second factor at the door: giving a code, and setting it up."""

from datetime import UTC, datetime

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.extensions import db
from app.staff import actions, second_factor
from app.staff.account_routes import codes_page
from app.staff.doors import (
    half_signed_in,
    let_in,
    network_of_request,
    own_path,
    session_key,
    session_running,
    speak_to,
)
from app.staff.forms import CodeForm, SetUpForm
from app.staff.models import SignIn, StaffMember
from app.staff.one_time_codes import one_time_codes, picture_of
from app.staff.roles import needs_second_factor
from app.staff.routes import failed_tries, staff

BEING_SET = "second_factor_being_set"  # the secret that the page shows, encrypted as it is kept
FEW_CODES = 3


@staff.route("/code", methods=["GET", "POST"])
@failed_tries
def give_a_code() -> ResponseReturnValue:
    sign_in, wanted = half_signed_in(), request.args.get("next")
    if sign_in is None or sign_in.staff_member is None:
        return redirect(url_for(".sign_in", next=wanted), 303)
    if sign_in.staff_member.tf_totp_secret is None:
        return redirect(url_for(".set_up_codes", next=wanted), 303)
    speak_to(sign_in.staff_member)
    form = CodeForm()
    if not form.validate_on_submit():
        return _code_page(form)
    entry = second_factor.give_code(session_key(), form.code.data or "", datetime.now(UTC), network_of_request())
    left = len(entry.staff_member.mf_recovery_codes or []) if entry else 0
    db.session.commit()
    if entry is None:
        form.code.errors = [_("This code is not right, or has been used")]
        return _code_page(form, is_refused=True)
    let_in(entry)
    if left < FEW_CODES:
        flash(_few_left(left), "problem")
    return redirect(own_path(wanted), 303)


def _few_left(left: int) -> str:
    if left == 0:
        return _("You have no recovery codes left. Make new ones on your account page.")
    return ngettext(
        "You have %(num)s recovery code left. Make new ones on your account page.",
        "You have %(num)s recovery codes left. Make new ones on your account page.",
        left,
    )


def _code_page(form: CodeForm, is_refused: bool = False) -> ResponseReturnValue:
    """The words are the same for a wrong code, a used one and a pause."""
    page = render_template(
        "staff/code.html",
        form=form,
        is_refused=is_refused,
        tries_allowed=actions.WRONG_TRIES_ALLOWED,
        pause_minutes=int(actions.PAUSE.total_seconds() // 60),
    )
    return page, 400 if form.errors else 200


@staff.route("/second-factor", methods=["GET", "POST"])
@failed_tries
def set_up_codes() -> ResponseReturnValue:
    """For whoever needs a second factor and has none, before anything else; for others from their account page.

    Whoever has one says their password, and changes to another telephone.
    """
    sign_in = session_running()
    if sign_in is None or sign_in.staff_member is None:
        return redirect(url_for(".sign_in", next=request.args.get("next")), 303)
    colleague = sign_in.staff_member
    if half_signed_in() and colleague.tf_totp_secret is not None:
        return redirect(url_for(".give_a_code", next=request.args.get("next")), 303)
    speak_to(colleague)
    form = SetUpForm(asks_for_password=sign_in.second_factor_at is not None or not half_signed_in())
    if form.validate_on_submit() and _is_allowed(form, colleague):
        codes = _set_up(form, sign_in)
        if codes is not None:
            return codes_page(codes, own_path(request.args.get("next")))
    return _set_up_page(form, colleague)


def _is_allowed(form: SetUpForm, colleague: StaffMember) -> bool:
    if not form.asks_for_password:
        return True
    is_right = actions.is_own_password(colleague.id, form.password.data or "", datetime.now(UTC), network_of_request())
    db.session.commit()
    if not is_right:
        form.password.errors = [_("This is not your password")]
    return is_right


def _set_up(form: SetUpForm, sign_in: SignIn) -> list[str] | None:
    colleague_id, session_id, email = sign_in.staff_member_id or 0, sign_in.id, _email_of(sign_in)
    done = second_factor.set_up(
        colleague_id, _secret_shown(), form.code.data or "", datetime.now(UTC), session_id, email
    )
    if done is None:
        db.session.rollback()
        form.code.errors = [_("This code is not right. Wait for the next one on your telephone, and enter it.")]
        return None
    entry, codes = done
    db.session.commit()
    let_in(entry)
    return codes


def _email_of(sign_in: SignIn) -> str | None:
    return sign_in.staff_member.email if sign_in.staff_member else None


def _secret_shown() -> str:
    """The same while the page is open and loaded again: the telephone may hold it already."""
    if BEING_SET not in session:
        session[BEING_SET] = one_time_codes().generate_totp_secret()
    return str(session[BEING_SET])


def _set_up_page(form: SetUpForm, colleague: StaffMember) -> ResponseReturnValue:
    page = render_template(
        "staff/set_up_codes.html",
        form=form,
        email=colleague.email,
        key=one_time_codes().get_totp_pretty_key(_secret_shown()),
        is_needed=needs_second_factor(colleague),
        is_a_change=colleague.tf_totp_secret is not None,
    )
    return page, 400 if form.errors else 200


@staff.get("/second-factor/code.svg")
def picture_for_the_app() -> ResponseReturnValue:
    sign_in = session_running()
    if sign_in is None or sign_in.staff_member is None or BEING_SET not in session:
        return redirect(url_for(".sign_in"), 303)
    return Response(picture_of(_secret_shown(), sign_in.staff_member.email), mimetype="image/svg+xml")
