"""Letters go out from a case's page: as the tenant needs them, or otherwise, with a reason that is written down."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField

from app.caseload import sending
from app.caseload.ending_words import against_words
from app.caseload.routes import back, case_page, caseload, held, letter_of, looked_at, message_of
from app.caseload.words import FORMATS, LETTERS, needed_format_words, needs_words
from app.cases.models import Case
from app.dispatch.actions import HandlerNotNamed, NotSafe, NotWaiting, mark_posted, try_again, unmet_by
from app.dispatch.needs_met import SAFE_WAY
from app.extensions import db
from app.letters.models import Letter
from app.staff.doors import acting_staff_member
from app.staff.roles import may
from app.tenants.words import typed

HOW = {sending.EMAIL: _l("By email"), sending.POST: _l("By post, or handed over")}
PROBLEMS = {
    HandlerNotNamed: _l("Name a handler first: the letter says who deals with the case."),
    sending.LetterIsOutOfDate: _l("Write the letter again first: it names somebody else."),
    sending.LetterIsReplaced: _l("This letter was written again since. Send the newer version."),
    sending.LetterHasGone: _l("This letter has been sent already, or is on its way."),
    sending.NoWayToTenant: _l("We may not send this letter by email, or have no email address."),
}


class OtherwiseForm(FlaskForm):
    by = SelectField(_l("How it goes out"), validate_choice=False)
    format = SelectField(_l("Format"), validate_choice=False)
    reason = TextAreaField(_l("Why it goes out in this way"))

    def __init__(self, case: Case, **kwargs: Any) -> None:
        super().__init__(data={"format": case.tenant.needs.letter_format}, **kwargs)
        needed = case.tenant.needs.letter_format
        self.by.choices = list(HOW.items())
        self.format.choices = [(needed, needed_format_words(case.tenant.needs))] + [
            (name, words) for name, words in FORMATS.items() if name != needed
        ]

    @property
    def is_of_the_page(self) -> bool:
        return self.by.data in HOW and self.format.data in FORMATS


@caseload.post("/cases/<reference>/letters/<int:letter_id>/sent")
def send_a_letter(reference: str, letter_id: int) -> ResponseReturnValue:
    """By email through the outbox, recorded as posted by hand, or shown on the tenant's page: ``by`` says which."""
    case = held(reference)
    letter, by, now, who = letter_of(case, letter_id), request.form.get("by"), datetime.now(UTC), acting_staff_member()
    try:
        if by == sending.PAGE and sending.has_no_safe_way(case.tenant):
            sending.show_on_the_page(letter, now, who)
        elif by in HOW:
            sending.send(letter, by, now, who)
        else:
            abort(400)
    except NotSafe:
        abort(409)  # no page offers it
    except sending.NeedsNotMet as problem:
        db.session.rollback()
        return _to_otherwise(reference, letter_id, by or "", problem)
    except sending.LetterIsNotTrue as problem:
        return back(case, problem=" ".join(against_words(problem.reasons)))
    except tuple(PROBLEMS) as problem:
        return back(case, problem=str(PROBLEMS[type(problem)]))
    db.session.commit()
    return back(case, _said(by))


def _said(by: str | None) -> str:
    if by == sending.EMAIL:
        return _("The letter will go out by email in a moment.")
    return _("Recorded: the letter has been sent.")


def _to_otherwise(reference: str, letter_id: int, by: str, problem: sending.NeedsNotMet) -> ResponseReturnValue:
    needs = ",".join(problem.needs)
    address = url_for(".send_otherwise", reference=reference, letter_id=letter_id, by=by, needs=needs)
    return redirect(address, 303)


@caseload.route("/cases/<reference>/letters/<int:letter_id>/otherwise", methods=["GET", "POST"])
def send_otherwise(reference: str, letter_id: int) -> ResponseReturnValue:
    """In another format or by another way than the tenant needs: only with a reason."""
    if request.method == "GET":
        case = looked_at(reference)
        form = OtherwiseForm(case, formdata=None)
        form.by.data = request.args.get("by", sending.POST)
        left = [need for need in request.args.get("needs", "").split(",") if need]
        return _ask(case, letter_of(case, letter_id), form, left)
    case = held(reference)
    letter, form = letter_of(case, letter_id), OtherwiseForm(case)
    if not form.is_of_the_page:
        abort(400)
    who, reason = acting_staff_member(), typed(form.reason.data) or ""
    try:
        sending.send(letter, form.by.data, datetime.now(UTC), who, format_sent=form.format.data, reason=reason)
    except sending.NeedsNotMet as problem:
        form.reason.errors = [_("Say why: it does not meet %(needs)s", needs=needs_words(problem.needs))]
        return _ask(case, letter, form, list(problem.needs), 422)
    except NotSafe:
        form.by.errors = [_("This way is not safe for the tenant. Ask a manager.")]
        return _ask(case, letter, form, [SAFE_WAY], 422)
    except sending.LetterIsNotTrue as problem:
        return back(case, problem=" ".join(against_words(problem.reasons)))
    except tuple(PROBLEMS) as problem:
        return back(case, problem=str(PROBLEMS[type(problem)]))
    db.session.commit()
    return back(case, _said(form.by.data))


def _ask(case: Case, letter: Letter, form: OtherwiseForm, left: list[str], status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/send_otherwise.html",
        case,
        status,
        letter=letter,
        name=LETTERS.get(letter.name, letter.name),
        form=form,
        left=needs_words(left),
        is_unsafe=SAFE_WAY in unmet_by(letter, form.by.data if form.by.data in HOW else sending.POST, form.format.data),
        may_decide=may("send_unsafely", acting_staff_member()),
    )


@caseload.post("/cases/<reference>/messages/<int:message_id>/posted")
def record_as_posted(reference: str, message_id: int) -> ResponseReturnValue:
    case = held(reference)
    try:
        mark_posted(message_of(case, message_id), datetime.now(UTC), acting_staff_member().email)
    except NotWaiting:
        return back(case, problem=_("This letter has been sent already."))
    db.session.commit()
    return back(case, _("Recorded: the letter has been posted."))


@caseload.post("/cases/<reference>/messages/<int:message_id>/again")
def send_again(reference: str, message_id: int) -> ResponseReturnValue:
    case = held(reference)
    message = message_of(case, message_id)
    if message.letter and sending.is_replaced(message.letter):
        return back(case, problem=str(PROBLEMS[sending.LetterIsReplaced]))
    if message.letter and (reasons := sending.against_its_words(message.letter)):
        return back(case, problem=" ".join(against_words(reasons)))
    try:
        try_again(message, datetime.now(UTC))
    except NotSafe:
        return back(case, problem=_("This way is not safe for the tenant. Ask a manager."))
    except NotWaiting:
        return back(case, problem=_("This message is on its way already, or has been sent."))
    db.session.commit()
    return back(case, _("We will try to send it again in a moment."))
