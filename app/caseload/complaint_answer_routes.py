"""The answer to a complaint, at either stage: kept as a draft, looked at as the letter that it becomes, then fixed."""

import re
from datetime import UTC, datetime

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.caseload.complaint_forms import AnswerForm
from app.caseload.complaint_routes import HERE, only_complaints
from app.caseload.complaint_words import NOT_INDEPENDENT, against_words
from app.caseload.routes import back_to, case_page, caseload, held, looked_at, opened
from app.cases.actions import NotIndependent, took_part
from app.cases.models import Case
from app.complaints import answering
from app.complaints.casework import file_as_it_is, file_of, standing_of
from app.complaints.models import ComplaintFile
from app.complaints.stages import NotAllowed, reasons_against
from app.extensions import db
from app.letters.compose import title_of
from app.staff.doors import acting_staff_member
from app.staff.roles import may

BLANK_LINES = re.compile(r"\n\s*\n")


@caseload.get("/cases/<reference>/complaint/answer")
def see_the_answer(reference: str) -> ResponseReturnValue:
    """``look``: the letter as it would be written now."""
    case = only_complaints(looked_at(reference))
    file = file_as_it_is(case)
    form = AnswerForm(file, formdata=None, data=_draft(case, file))
    return _page(case, form, is_look="look" in request.args)


@caseload.post("/cases/<reference>/complaint/answer")
def write_the_answer(reference: str) -> ResponseReturnValue:
    """``act``: keep the draft, look at the letter, or fix its words."""
    case = only_complaints(held(reference))
    form, act = AnswerForm(file_of(case)), request.form.get("act")
    if act == "fix" and not may("answer_complaints", acting_staff_member()):
        abort(403)
    if act != "keep" and not form.validate():
        return _page(case, form, status=422)
    try:
        return _do(case, form, act)
    except NotAllowed as refused:
        return _refused(reference, form, against_words(refused.reasons))
    except NotIndependent:
        return _refused(reference, form, [str(NOT_INDEPENDENT)])
    except answering.LetterLacks as lacks:
        return _refused(reference, form, [_("The letter lacks this: %(item)s.", item=lacks.item)])


def _do(case: Case, form: AnswerForm, act: str | None) -> ResponseReturnValue:
    now, who = datetime.now(UTC), acting_staff_member()
    if act == "fix":
        file_of(case).written_in = form.written_in.data
        answering.answer(case, form.decision.data, form.findings.data, now, who)
        db.session.commit()
        return back_to("caseload.see_a_case", case, _("The answer is written. Send the letter below."))
    decision = form.decision.data if form.decision.data in answering.DECISIONS else None
    answering.draft_answer(case, decision, form.findings.data or "", now, who, written_in=form.written_in.data)
    db.session.commit()
    if act == "keep":
        return back_to(HERE, case, _("Kept as a draft. Nothing has been sent."))
    return redirect(url_for(".see_the_answer", reference=case.reference, look=1), 303)


def _refused(reference: str, form: AnswerForm, against: list[str]) -> ResponseReturnValue:
    db.session.rollback()
    return _page(opened(reference), form, 422, against=against)


def _draft(case: Case, file: ComplaintFile) -> dict[str, object]:
    stage = file.stage(case.stage or 1)
    return {"decision": stage.decision, "findings": stage.findings} if stage else {}


def _page(
    case: Case, form: AnswerForm, status: int = 200, *, is_look: bool = False, against: list[str] | None = None
) -> ResponseReturnValue:
    file, who, standing = file_as_it_is(case), acting_staff_member(), standing_of(case)
    found = against or against_words(answering.against_answering(case, form.decision.data or None))
    if case.stage == 2 and took_part(case, who.id, 1) and not against:
        found.append(str(NOT_INDEPENDENT))
    letter, found = _look(case, form, found) if is_look else (None, found)
    return case_page(
        "caseload/complaint_answer.html",
        case,
        status,
        form=form,
        file=file,
        against=found,
        can_draft=not reasons_against("answer_point", standing),
        letter=letter,
        standing=standing,
    )


def _look(case: Case, form: AnswerForm, found: list[str]) -> tuple[dict[str, object] | None, list[str]]:
    """The letter as it would be; what it lacks is said beside what else stands against it."""
    if not form.validate():
        return None, found
    try:
        body = answering.preview(case, form.decision.data, form.findings.data)
    except answering.LetterLacks as lacks:
        return None, found or [_("The letter lacks this: %(item)s.", item=lacks.item)]
    body = BLANK_LINES.sub("\n", body)  # an address is shown line by line
    title = title_of(case, answering.LETTERS[case.stage or 1])
    return {"title": title, "body": Markup(body)}, found  # noqa: S704  # what it quotes is escaped there
