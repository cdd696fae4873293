"""Staff pages: one letter to many tenants. From a list or by what tenants need, to the archives for the printer."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import mailing_words, words
from app.caseload.mailing_forms import NewMailing, read_new
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters.compose_list import LISTED
from app.mailings import actions, lists, said, worker
from app.mailings.models import Mailing
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may, may_work_on_cases

mailing_desk = Blueprint("mailing_desk", __name__, url_prefix="/staff/mailings")
mailing_desk.before_request(require_staff)
mailing_desk.after_request(keep_private)
WRONG_SHOWN = 10


@mailing_desk.before_request
def only_for_those_who_may() -> None:
    if not may("send_mailings", acting_staff_member()):
        abort(403)


@mailing_desk.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "words": words,
        "mailing_words": mailing_words,
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: may_work_on_cases(acting_staff_member()),
    }


@mailing_desk.get("")
def see_the_mailings() -> ResponseReturnValue:
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    found, has_more = lists.mailings(current_landlord(), page)
    counts = lists.counts([mailing.id for mailing in found])
    return render_template("caseload/mailings.html", mailings=found, counts=counts, page=page, has_more=has_more)


@mailing_desk.get("/new")
def begin_a_mailing() -> ResponseReturnValue:
    """What stands in the address stands in the fields: another page may lead here with a choice made."""
    return _new_page(NewMailing(typed=request.args))


@mailing_desk.post("/new")
def read_a_list() -> ResponseReturnValue:
    """Read the list or find the tenants, and keep them as a draft: its page says what is wrong with which line."""
    landlord = current_landlord()
    new = read_new(request.form, request.files, landlord)
    if new.mistakes:
        return _new_page(new), 422
    start_writing()
    mailing = actions.begin_draft(
        landlord,
        new.letter,
        new.title,
        new.rows,
        datetime.now(UTC),
        acting_staff_member().email,
        file_name=new.file_name,
        choosing=new.choosing,
    )
    reference = mailing.reference
    db.session.commit()
    for told in new.told:
        flash(told, "done")
    return redirect(url_for(".see_a_mailing", reference=reference), 303)


@mailing_desk.get("/<reference>")
def see_a_mailing(reference: str) -> ResponseReturnValue:
    mailing = opened(reference)
    if mailing.reference != reference:
        return redirect(url_for(".see_a_mailing", reference=mailing.reference), 303)
    counts = dict(lists.counts([mailing.id])[mailing.id])
    landlord = current_landlord()
    return render_template(
        "caseload/mailing.html",
        mailing=mailing,
        counts=counts,
        total=sum(counts.values()) - counts.get("wrong", 0),
        sorts=lists.sorts(mailing),
        wrong=lists.rows_in(mailing, ("wrong",), limit=WRONG_SHOWN),
        refused=lists.rows_in(mailing, ("refused",), limit=WRONG_SHOWN),
        language_of_words=said.language_of_words,
        asked=LISTED[mailing.name].asked,
        who_labels={one.key: _(one.label) for one in landlord.who_may_complain},
        can_be_dropped=mailing.state in actions.TAKES_BACK,
    )


@mailing_desk.post("/<reference>/start")
def start_making(reference: str) -> ResponseReturnValue:
    mailing = held(reference)
    try:
        actions.begin(mailing, datetime.now(UTC), acting_staff_member().email)
    except actions.NotReady as why:
        return back(mailing, problem=mailing_words.not_ready_words(why))
    except actions.NotNow:
        return _overtaken(mailing)
    return _committed(mailing, _("The letters are being made now."), is_making=True)


@mailing_desk.post("/<reference>/<any(pause, resume, again, drop):change>")
def change_a_mailing(reference: str, change: str) -> ResponseReturnValue:
    mailing = held(reference)
    try:
        match change:
            case "pause":
                actions.pause(mailing)
                return _committed(mailing, _("Paused. What is made stays as it is."))
            case "resume":
                actions.resume(mailing)
                return _committed(mailing, _("The letters are being made again."), is_making=True)
            case "again":
                actions.try_again(mailing, datetime.now(UTC))
                return _committed(mailing, _("What could not be made is tried once more."), is_making=True)
        actions.drop(mailing)
    except actions.NotNow:
        return _overtaken(mailing)
    return _committed(mailing, _("Given up. The list and its letters are gone."))


def opened(reference: str) -> Mailing:
    return lists.mailing_of(reference, current_landlord()) or abort(404)


def held(reference: str) -> Mailing:
    """To be written: nobody else writes it until this is committed."""
    start_writing()
    mailing = opened(reference)
    db.session.refresh(mailing, with_for_update=True)
    return mailing


def back(mailing: Mailing, done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    """To the mailing's page. What was not committed is dropped."""
    reference = mailing.reference
    db.session.rollback()
    flash(done or problem or "", "done" if done else "problem")
    return redirect(url_for("mailing_desk.see_a_mailing", reference=reference), 303)


def _committed(mailing: Mailing, done: str, *, is_making: bool = False) -> ResponseReturnValue:
    mailing_id = mailing.id
    db.session.commit()
    if is_making:
        worker.nudge(mailing_id)
    return back(mailing, done)


def _overtaken(mailing: Mailing) -> ResponseReturnValue:
    return back(mailing, problem=_("A colleague has changed this mailing meanwhile. Look how it stands now."))


def _new_page(new: NewMailing) -> str:
    landlord = current_landlord()
    return render_template(
        "caseload/mailing_new.html",
        new=new,
        letters=LISTED,
        who_may_write=landlord.who_may_complain,
        mistakes=new.mistakes,
        has_errors=bool(new.mistakes),
    )
