"""Answering a question or a suggestion: a draft, a look at the letter, and it goes out (L04, L17, V01)."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.caseload.answer_forms import DECISIONS, IN_WRITING, NO_ANSWER, AnswerForm, FirstContactForm, first_words
from app.caseload.closing_at_once import close_if_nothing_is_owed
from app.caseload.inserting import INSERT, offered, put_in
from app.caseload.routes import back, case_page, caseload, held, looked_at
from app.cases.case_drafts import draft_of, forget_draft, keep_draft
from app.cases.first_contact import how_it_was_solved, record_first_contact
from app.cases.models import Case
from app.extensions import db
from app.feedback.decisions import decide, decision_of, may_publish, wants_answer
from app.landlords.standards import current_landlord
from app.letters.compose import compose, title_of
from app.reception.answering import ANSWER, PAGE, answer_in_writing, answered_by, answered_by_voice
from app.reception.going_out import EMAIL, POST, NoWay, way_out
from app.staff.doors import acting_staff_member
from app.staff.roles import may

KINDS = ("enquiry", "suggestion")


@caseload.context_processor
def names_for_first_contact() -> dict[str, Any]:
    return {"how_it_was_solved": how_it_was_solved, "first_contact_form": _first_contact_form}


@caseload.get("/cases/<reference>/answer")
def answer_a_case(reference: str) -> ResponseReturnValue:
    case = _of_a_kind(looked_at(reference))
    draft = draft_of(case, PAGE)
    form = _form(case, formdata=None, data=first_words(draft.given if draft else None, case))
    is_preview = "look" in request.args and draft is not None and form.how.data == IN_WRITING and form.validate()
    return _page(case, form, is_preview=is_preview)


@caseload.post("/cases/<reference>/answer")
def write_an_answer(reference: str) -> ResponseReturnValue:
    """``act``: keep the draft, or go on: to the letter, or for a talk straight to the record."""
    _only_who_answers()
    case = _of_a_kind(held(reference))
    form, now, who = _form(case), datetime.now(UTC), acting_staff_member().email
    if request.form.get("act") == INSERT:
        put_in(form.words, ANSWER, form.words_language.data, request.form.get("paragraph"))
        keep_draft(case, PAGE, form.given, now, who)
        db.session.commit()
        return redirect(url_for(".answer_a_case", reference=case.reference) + "#words", 303)
    if request.form.get("act") == "keep":
        keep_draft(case, PAGE, form.given, now, who)
        db.session.commit()
        return _to(case, _("Kept as a draft. Nothing has been sent."))
    if not form.validate():
        return _page(case, form, status=422)
    if form.how.data == IN_WRITING:
        keep_draft(case, PAGE, form.given, now, who)
        db.session.commit()
        return redirect(url_for(".answer_a_case", reference=case.reference, look=1), 303)
    _record(case, form, now, who)
    if form.how.data == NO_ANSWER:
        forget_draft(case, PAGE)
    else:
        answered_by_voice(case, form.how.data, form.words.data, now, who)
    is_closed = "close" in request.form and close_if_nothing_is_owed(case, "answered", now, who)
    db.session.commit()
    return back(case, _("Recorded. The case is closed.") if is_closed else _("Recorded."))


@caseload.post("/cases/<reference>/answer/send")
def send_the_answer(reference: str) -> ResponseReturnValue:
    """The draft as it was looked at; ``draft`` is when it was saved."""
    _only_who_answers()
    case = _of_a_kind(held(reference))
    draft, now, who = draft_of(case, PAGE), datetime.now(UTC), acting_staff_member().email
    if draft is None or draft.saved_at.isoformat() != request.form.get("draft"):
        return _to(case, problem=_("The draft was sent or changed meanwhile. Look at it again."))
    form = _form(case, formdata=None, data=draft.given)
    if not form.validate():
        return _page(case, form, status=422)
    try:
        _letter, way = answer_in_writing(case, form.for_the_letter, now, who)
    except NoWay:
        return _to(case, problem=_("We have no address that is safe. Answer on the phone, and record it here."))
    _record(case, form, now, who)
    db.session.commit()
    return back(case, went_out(way))


@caseload.post("/cases/<reference>/first-contact")
def say_whether_first_contact_solved_it(reference: str) -> ResponseReturnValue:
    _only_who_answers()
    case = held(reference)
    form = FirstContactForm(landlord=current_landlord(), answers={}, meta={"csrf": False})
    if not form.validate():
        return back(case, problem=next(words for _id, words in form.mistakes()))
    said = form.solved_how.data or ""
    record_first_contact(case, form.solved.data == "yes", said, datetime.now(UTC), acting_staff_member().email)
    db.session.commit()
    return back(case, _("Recorded."))


def _first_contact_form() -> FirstContactForm:
    return FirstContactForm(landlord=current_landlord(), answers={}, formdata=None, meta={"csrf": False})


def went_out(way: str) -> str:
    """What a page says after a letter was sent."""
    if way == EMAIL:
        return _("The letter will go out by email in a moment.")
    if way == POST:
        return _("The letter is written. Print it, post it, and mark it as posted below.")
    return _("The tenant can read the letter now, with their code.")


def preview(case: Case, name: str, given: dict[str, object]) -> dict[str, object]:
    """The letter as it would be: title and words."""
    landlord = current_landlord()
    body = Markup(compose(case, name, landlord, given=given))  # noqa: S704  what it quotes is escaped there
    return {"title": title_of(case, name), "body": body}


def _of_a_kind(case: Case) -> Case:
    return case if case.kind in KINDS else abort(404)


def _only_who_answers() -> None:
    if not may("answer_questions", acting_staff_member()):
        abort(403)


def _form(case: Case, **kwargs: object) -> AnswerForm:
    return AnswerForm(case, current_landlord(), _can_write(case), **kwargs)


def _can_write(case: Case) -> bool:
    try:
        way_out(case.tenant)
    except NoWay:
        return False
    return True


def _record(case: Case, form: AnswerForm, now: datetime, who: str) -> None:
    """What the form says beside the answer itself."""
    if case.kind == "suggestion":
        public = form.public_words.data if "public_words" in form else ""
        decide(case, form.decision.data, form.theme.data, form.words.data, now, who, public or "")
    record_first_contact(case, form.solved.data == "yes", form.solved_how.data or "", now, who)


def _page(case: Case, form: AnswerForm, *, is_preview: bool = False, status: int = 200) -> ResponseReturnValue:
    return case_page(
        "caseload/answer.html",
        case,
        status,
        form=form,
        draft=draft_of(case, PAGE),
        paragraphs=offered(ANSWER, form.words_language.data),
        letter=preview(case, ANSWER, form.for_the_letter) if is_preview else None,
        answered=answered_by(case),
        decision=decision_of(case),
        decisions=DECISIONS,
        can_write=_can_write(case),
        may_publish=may_publish(case),
        wants_answer=wants_answer(case),
    )


def _to(case: Case, done: str | None = None, problem: str | None = None) -> ResponseReturnValue:
    reference = case.reference
    db.session.rollback()
    flash(done or problem or "", "done" if done else "problem")
    return redirect(url_for(".answer_a_case", reference=reference), 303)
