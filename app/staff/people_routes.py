"""Accounts: for administrators."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.extensions import db, start_writing
from app.staff import accounts, actions, second_factor
from app.staff.changes import changes_of, write_down
from app.staff.doors import acting_staff_member, keep_private, link_address, require_staff
from app.staff.links import LASTS, make_link_token
from app.staff.models import StaffMember
from app.staff.people_forms import NewPersonForm, PersonForm
from app.staff.roles import may
from app.staff.words import change_words

people = Blueprint("people", __name__, url_prefix="/staff/people")
people.before_request(require_staff)
people.after_request(keep_private)


@people.before_request
def administrators_only() -> None:
    if not may("manage_accounts", acting_staff_member()):
        abort(403)


@people.get("")
def see_people() -> ResponseReturnValue:
    return render_template("staff/people.html", people=accounts.everybody())


@people.route("/new", methods=["GET", "POST"])
def add_a_person() -> ResponseReturnValue:
    form, who = NewPersonForm(), acting_staff_member().email
    if form.validate_on_submit():
        now, wanted = datetime.now(UTC), form.details()
        try:
            colleague = actions.add_staff_member(
                form.email.data, wanted.roles, wanted.name, wanted.phone, at=now, who=who
            )
        except actions.StaffMemberExists:
            db.session.rollback()
            form.email.errors = [_("Somebody with this email address has an account already")]
        else:
            accounts.change_details(colleague, wanted, now, who)
            db.session.commit()
            return _link_page(colleague)
    page = render_template("staff/person.html", form=form, person=None)
    return page, 422 if form.errors else 200


def _link_page(colleague: StaffMember) -> ResponseReturnValue:
    """Shown once: whoever has the link is let in. So it stands in no address, and is not kept."""
    link = link_address(make_link_token(colleague))
    return render_template("staff/person_link.html", person=colleague, link=link, days=LASTS.days)


def _colleague(colleague_id: int) -> StaffMember:
    return db.session.get(StaffMember, colleague_id) or abort(404)


def _held(colleague_id: int) -> StaffMember:
    start_writing()
    _colleague(colleague_id)
    return actions.hold(colleague_id)


@people.route("/<int:colleague_id>", methods=["GET", "POST"])
def edit_a_person(colleague_id: int) -> ResponseReturnValue:
    form = PersonForm(_colleague(colleague_id))
    if form.validate_on_submit():
        wanted, who = form.details(), acting_staff_member().email
        try:
            accounts.change_details(_held(colleague_id), wanted, datetime.now(UTC), who)
        except accounts.LastAdministrator:
            form.roles.errors = [_last_words()]
        except accounts.NotAbove:
            form.line_manager.errors = [_("Choose somebody who does not report to this colleague")]
        else:
            db.session.commit()
            flash(_("Saved."), "done")
            return redirect(url_for(".edit_a_person", colleague_id=colleague_id), 303)
        db.session.rollback()
    page = render_template(
        "staff/person.html",
        form=form,
        person=_colleague(colleague_id),
        changes=[(one, change_words(one)) for one in changes_of(colleague_id)],
    )
    return page, 422 if form.errors else 200


def _last_words() -> str:
    return _("This is the only administrator. Make somebody else an administrator first.")


@people.post("/<int:colleague_id>/close")
def close_an_account(colleague_id: int) -> ResponseReturnValue:
    who = acting_staff_member().email
    try:
        accounts.close(_held(colleague_id), datetime.now(UTC), who)
    except accounts.LastAdministrator:
        db.session.rollback()
        flash(_last_words(), "problem")
    else:
        db.session.commit()
        flash(_("The account is closed. Give their open cases to somebody else."), "done")
    return redirect(url_for(".edit_a_person", colleague_id=colleague_id), 303)


@people.post("/<int:colleague_id>/open")
def open_an_account_again(colleague_id: int) -> ResponseReturnValue:
    who = acting_staff_member().email
    colleague = _held(colleague_id)
    if colleague.active:
        return redirect(url_for(".edit_a_person", colleague_id=colleague_id), 303)
    accounts.open_again(colleague, datetime.now(UTC), who)
    db.session.commit()
    return _link_page(colleague)


@people.post("/<int:colleague_id>/link")
def make_a_new_link(colleague_id: int) -> ResponseReturnValue:
    who = acting_staff_member().email
    colleague = _held(colleague_id)
    if not colleague.active:
        abort(409)  # no page offers it
    write_down(colleague, "link_made", datetime.now(UTC), who)
    db.session.commit()
    return _link_page(colleague)


@people.post("/<int:colleague_id>/second-factor")
def reset_the_second_factor(colleague_id: int) -> ResponseReturnValue:
    who = acting_staff_member().email
    second_factor.take_away(_held(colleague_id), datetime.now(UTC), who)
    db.session.commit()
    flash(_("Their codes are reset, and they are signed out. They set them up anew when they sign in."), "done")
    return redirect(url_for(".edit_a_person", colleague_id=colleague_id), 303)
