"""Writing down a contact that came by phone, post, email, voicemail, social media, visit or chat (V04, L05, L11)."""

import hashlib
import json
import re
import secrets
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from app.caseload import actions, words
from app.caseload.contact_log import EVERY_WAY, LEFT_OUT, HowItCame, NewContact, needed, record_of
from app.caseload.kinds import JOURNEYS, asks_safe_ways
from app.caseload.record import WrongRecord, record_contact
from app.caseload.solved_at_once import SolvedForm, answers_of_a_call, came_of_a_call, solved_in_this_contact
from app.cases.lists import case_of_draft
from app.cases.models import Case
from app.extensions import csrf, db, start_writing
from app.journeys.drafts import CANNOT_SAVE
from app.journeys.one_page import OnePage
from app.landlords.standards import current_landlord
from app.languages.lists import listed
from app.reception.answers import ABOUT_THE_PERSON
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may, may_work_on_cases

OUR_ID = re.compile(r"contact-[A-Za-z0-9_-]{32}")

contact_log = Blueprint("contact_log", __name__, url_prefix="/staff/contacts")
contact_log.before_request(require_staff)
contact_log.after_request(keep_private)
csrf.exempt(contact_log)  # each form checks its token itself, so that a lost one costs no words


@contact_log.before_request
def only_who_works_on_cases() -> None:
    if not may_work_on_cases(acting_staff_member()):
        abort(403)


@contact_log.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "words": words,
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: True,
    }


@contact_log.route("/new", methods=["GET", "POST"])
def begin() -> ResponseReturnValue:
    """What it is, and how it came; the questions come on the next page."""
    now = datetime.now(UTC)
    how = NewContact(landlord=current_landlord(), answers={})
    if request.method == "GET":
        how.begin(now, _new_id())
        return render_template("caseload/contact_log_begin.html", how=how, trouble=None, call=_call())
    is_right = how.validate()
    if how.received(now) and is_right:
        how_it_came = {name: value for name, value in how.data.items() if name.startswith("came_")}
        return redirect(url_for(".record", kind=how.kind.data, call=_call(), **how_it_came), 303)
    trouble = "token" if how.is_from_elsewhere else None
    page = render_template("caseload/contact_log_begin.html", how=how, trouble=trouble, call=_call())
    return page, 400 if trouble else 422


@contact_log.route("/<kind>", methods=["GET", "POST"])
def record(kind: str) -> ResponseReturnValue:
    """The questions of this kind's form, on one page."""
    if kind not in JOURNEYS:
        abort(404)
    now = datetime.now(UTC)
    if request.method == "GET":
        given = MultiDict({name: value for name, value in request.args.items() if name.startswith("came_")})
        how = HowItCame(landlord=current_landlord(), answers={}, formdata=given or None)
        if not given:
            how.begin(now, _new_id())
        return _page(kind, how, _questions(kind, answers_of_a_call(_call())))
    return _save(kind, HowItCame(landlord=current_landlord(), answers={}), _questions(kind, request.form), now)


def _call() -> str | None:
    """The reference of the call-back during which somebody said it."""
    return request.args.get("call")


def _new_id() -> str:
    return f"contact-{secrets.token_urlsafe(24)}"


def _id_of(how: HowItCame) -> str:
    """The page's own; a new one where somebody changed it."""
    sent = how.came_id.data or ""
    return sent if OUR_ID.fullmatch(sent) else _new_id()


def _questions(kind: str, sent: MultiDict[str, str] | None) -> OnePage:
    journey, landlord = JOURNEYS[kind], current_landlord()
    return OnePage(
        journey,
        landlord,
        sent,
        needed=partial(needed, kind),
        always=ABOUT_THE_PERSON,
        assumed=EVERY_WAY,
        left_out=LEFT_OUT,
    )


def _page(
    kind: str,
    how: HowItCame,
    asked: OnePage,
    trouble: str | None = None,
    problems: tuple[str, ...] = (),
    solved: SolvedForm | None = None,
) -> str:
    return render_template(
        "caseload/contact_log.html",
        kind=kind,
        how=how,
        asked=asked,
        trouble=trouble,
        problems=problems,
        call=_call(),
        solved=solved or SolvedForm.at_first(),
        asks_safe_ways=asks_safe_ways(kind),
    )


def _save(kind: str, how: HowItCame, asked: OnePage, now: datetime) -> ResponseReturnValue:
    """Make the case. Whatever is wrong, the page comes back with every word."""
    is_right = how.validate()
    received_at = how.received(now)
    solved = SolvedForm.sent()
    is_right = asked.validate() and is_right
    is_right = solved.validate() and is_right
    if how.is_from_elsewhere:
        return _page(kind, how, asked, "token", solved=solved), 400
    if received_at is None or not is_right:
        return _page(kind, how, asked, solved=solved), 422
    try:
        return _make(record_of(kind, how, received_at, asked.answers), _id_of(how), asked, solved, now)
    except WrongRecord as wrong:
        db.session.rollback()
        return _page(kind, how, asked, "refused", tuple(wrong.problems), solved), 422
    except CANNOT_SAVE:
        current_app.logger.exception("a contact could not be saved")
        db.session.rollback()
        return _page(kind, how, asked, "not_saved", solved=solved), 503


def _make(
    record: dict[str, Any], came_id: str, asked: OnePage, solved: SolvedForm, now: datetime
) -> ResponseReturnValue:
    """The case, once, however often the button is pressed. Raises WrongRecord, or one of CANNOT_SAVE.

    Another contact that was typed into the same page, after Back, is another press.
    """
    who = acting_staff_member().email
    words = json.dumps(record, sort_keys=True, default=str)
    came_id = f"{came_id}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
    try:
        start_writing()
        case = record_contact(record, current_landlord(), now, who, came_id)
        solved_in_this_contact(case, solved, now, who)
        came_of_a_call(case, _call(), now, who)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        case = case_of_draft(came_id) or abort(500)
        return _to(case, _("This contact was saved already."))
    return _saved(case, asked)


def _saved(case: Case, asked: OnePage) -> ResponseReturnValue:
    for ending in asked.endings:
        flash(_("By these answers, this may be for somebody else: %(title)s.", title=ending.title), "problem")
    if asked.ignored:
        flash(
            _("Left out, because it does not fit the other answers: %(labels)s.", labels=listed(asked.ignored)),
            "problem",
        )
    return _to(case, _("Saved. The reference is %(reference)s.", reference=case.reference))


def _to(case: Case, done: str) -> ResponseReturnValue:
    """To the case; back to a new page for a colleague who may record such a case, but not open it."""
    flash(done, "done")
    if actions.may_open(case, acting_staff_member()):
        return redirect(url_for("caseload.see_a_case", reference=case.reference), 303)
    return redirect(url_for(".begin"), 303)
