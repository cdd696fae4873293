"""Staff pages: one case, what is done with it, its letters. The other pages of staff share what is defined here."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import actions, words
from app.caseload.downloads import TRY_AGAIN_AFTER, as_download, chosen, not_there
from app.caseload.ending_words import AGAINST
from app.caseload.forms import HandlerForm
from app.caseload.history import history
from app.caseload.letter_rows import letters_of, message_words, other_choices
from app.caseload.meanwhile_routes import ChangedMeanwhile, refuse_if_changed, show_what_changed
from app.caseload.sections import sections_of
from app.caseload.sending import has_no_safe_way, is_out_of_date, overrides_of
from app.cases.actions import NotIndependent
from app.cases.closing import Anonymised
from app.cases.lists import case_of
from app.cases.models import Case
from app.dispatch.actions import way_to
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.formats.document import FormatRefused
from app.landlords.standards import current_landlord
from app.letters.actions import NotMadeYet, made_file, needed_format
from app.letters.answers import told
from app.letters.models import Letter
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may, may_work_on_cases

caseload = Blueprint("caseload", __name__, url_prefix="/staff")
caseload.before_request(require_staff)
caseload.after_request(keep_private)


@caseload.context_processor
def names_for_templates() -> dict[str, Any]:
    return {
        "words": words,
        "message_words": message_words,
        "sections_of": sections_of,
        "may": lambda act: may(act, acting_staff_member()),
        "may_record_contacts": lambda: may_work_on_cases(acting_staff_member()),
    }


@caseload.get("/cases/<reference>")
def see_a_case(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    if case.reference != reference:
        return redirect(url_for(".see_a_case", reference=case.reference), 303)
    landlord = current_landlord()
    return case_page(
        "caseload/case.html",
        case,
        duplicates=actions.duplicates_for(case, acting_staff_member()),
        contacts=[(contact, told(contact, landlord)) for contact in case.contacts],
        letters=letters_of(case),
        other_choices=other_choices(),
        is_out_of_date=is_out_of_date,
        has_no_safe_way=has_no_safe_way(case.tenant),
        can_be_marked=actions.can_be_marked,
        way=way_to(case.tenant),
        handler_form=HandlerForm(case),
        overrides=overrides_of(case),
        history=history(case, landlord),
    )


def opened(reference: str) -> Case:
    """The case, for a colleague who may open it."""
    case = case_of(reference) or abort(404)
    if not actions.may_open(case, acting_staff_member()):
        abort(403)
    return case


def held(reference: str) -> Case:
    """The same, to be written: nobody else writes it until this is committed.

    Raises closing.Anonymised for an act on a case whose words are gone; only who looked at it is still written down.
    """
    start_writing()
    case = opened(reference)
    db.session.refresh(case, with_for_update=True)
    if case.anonymised_at is not None and request.method == "POST":
        raise Anonymised(case.reference)
    refuse_if_changed(case)
    return case


def looked_at(reference: str) -> Case:
    """The case, for a page about it. That a restricted case was opened is in its history."""
    case = opened(reference)
    if case.is_restricted:
        case = held(reference)
        actions.record_view(case, datetime.now(UTC), acting_staff_member().email)
        db.session.commit()
    return case


def case_page(template: str, case: Case, status: int = 200, **values: Any) -> ResponseReturnValue:
    """A page that extends caseload/case_page.html."""
    colleague = acting_staff_member()
    page = render_template(template, case=case, now=datetime.now(UTC), may_work=may_work_on_cases(colleague), **values)
    return page, status


caseload.register_error_handler(ChangedMeanwhile, show_what_changed)


@caseload.errorhandler(Anonymised)
def say_that_its_words_are_gone(problem: Anonymised) -> ResponseReturnValue:
    return back(opened(str(problem)), problem=str(AGAINST["anonymised"]))


@caseload.post("/cases/<reference>/handler")
def name_a_handler(reference: str) -> ResponseReturnValue:
    case = held(reference)
    form = HandlerForm(case)
    if not form.validate():
        return back(case, problem=str(form.handler.errors[0]))
    try:
        handler = actions.give_to(case, form.handler.data, datetime.now(UTC), acting_staff_member().email)
    except NotIndependent:
        return back(case, problem=_("Choose somebody else: at stage 2 nobody who took part in stage 1 may decide."))
    db.session.commit()
    return back(case, _("%(name)s deals with this case now.", name=handler.name))


@caseload.post("/cases/<reference>/promises/<int:promise_id>/kept")
def mark_a_promise_as_kept(reference: str, promise_id: int) -> ResponseReturnValue:
    case = held(reference)
    promise = next((one for one in case.promises if one.id == promise_id), None) or abort(404)
    try:
        actions.mark_kept(promise, datetime.now(UTC), acting_staff_member().email)
    except actions.NotMarkedByHand:
        return back(case, problem=_("This promise has been kept already, or is kept when a letter goes out."))
    db.session.commit()
    return back(case, _("Recorded: this promise is kept."))


@caseload.post("/cases/<reference>/acknowledgement")
def write_the_acknowledgement_again(reference: str) -> ResponseReturnValue:
    case = held(reference)
    letter = actions.write_again(case, datetime.now(UTC))
    db.session.commit()
    return back(case, _("The acknowledgement is written again: version %(version)s.", version=letter.version))


@caseload.get("/cases/<reference>/letters/<int:letter_id>/<format_name>")
def download_a_letter(reference: str, letter_id: int, format_name: str) -> ResponseReturnValue:
    case = opened(reference)
    letter = letter_of(case, letter_id)
    size, grade = (request.args.get(name, type=int) for name in ("point_size", "grade"))
    variant = request.args.get("variant")
    choice = chosen(needed_format(case)[1], format_name, size, grade, variant) or abort(404)
    now = datetime.now(UTC)
    try:
        file = made_file(letter, format_name, choice, now)
    except KeyError:
        abort(404)
    except FormatRefused as refused:
        return not_there(letter, format_name, refused.reason), 409
    except (NotMadeYet, OSError):
        return not_there(letter, format_name, None), 503, {"Retry-After": str(TRY_AGAIN_AFTER)}
    if case.is_restricted:
        held(reference)
        actions.record_letter_view(letter, format_name, now, acting_staff_member().email)
        db.session.commit()
    return as_download(file, case.reference)


def letter_of(case: Case, letter_id: int) -> Letter:
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.case_id != case.id or case.anonymised_at:  # then its words are gone
        abort(404)
    return letter


def message_of(case: Case, message_id: int) -> Message:
    message = db.session.get(Message, message_id)
    if message is None or message.case_id != case.id:
        abort(404)
    return message


def back(case: Case, done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    """To the case's page, which says what was done, or why not. What was not committed is dropped."""
    return back_to("caseload.see_a_case", case, done, problem)


def back_to(endpoint: str, case: Case, done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    """The same to another page of the case."""
    reference = case.reference
    db.session.rollback()
    if done:
        flash(done, "done")
    if problem:
        flash(problem, "problem")
    return redirect(url_for(endpoint, reference=reference), 303)
