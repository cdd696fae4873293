"""The answer to a complaint, at either stage: kept as a draft, looked at as the letter that it becomes, then fixed."""

from datetime import UTC, datetime

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.complaint_forms import AnswerForm
from app.caseload.complaint_routes import HERE, only_complaints
from app.caseload.complaint_words import NOT_INDEPENDENT, against_words
from app.caseload.inserting import INSERT, offered, put_in
from app.caseload.looking import as_file, look, offers
from app.caseload.routes import back_to, case_page, caseload, held, looked_at, opened
from app.cases.actions import NotIndependent, took_part
from app.cases.models import Case
from app.complaints import answering
from app.complaints.casework import file_as_it_is, file_of, standing_of
from app.complaints.models import ComplaintFile
from app.complaints.stages import NotAllowed, reasons_against
from app.extensions import db
from app.letters.actions import landlord_of
from app.letters.drafts import APPROVED, NotApproved, open_draft
from app.letters.models import LetterDraft
from app.letters.unsent import Unsent
from app.staff.doors import acting_staff_member
from app.staff.roles import may

LOOK_FIRST = "look_first"


@caseload.get("/cases/<reference>/complaint/answer")
def see_the_answer(reference: str) -> ResponseReturnValue:
    """``look``: the letter as it would be written now."""
    case = only_complaints(looked_at(reference))
    file = file_as_it_is(case)
    form = AnswerForm(file, formdata=None, data=_draft(case, file))
    return _page(case, form, is_look="look" in request.args)


@caseload.post("/cases/<reference>/complaint/answer")
def write_the_answer(reference: str) -> ResponseReturnValue:
    """``act``: keep the draft, look at the letter, ask for its approval, or fix its words."""
    case = only_complaints(held(reference))
    form, act = AnswerForm(file_of(case)), request.form.get("act")
    if act == "fix" and not may("answer_complaints", acting_staff_member()):
        abort(403)
    if act == INSERT:
        put_in(form.findings, answering.LETTERS[case.stage or 1], form.written_in.data, request.form.get("paragraph"))
    elif (act != "keep" or LOOK_FIRST in request.form) and not form.validate():
        return _page(case, form, status=422)
    try:
        return _in_a_format(case, form) if LOOK_FIRST in request.form else _do(case, form, act)
    except NotAllowed as refused:
        return _refused(reference, form, against_words(refused.reasons))
    except NotIndependent:
        return _refused(reference, form, [str(NOT_INDEPENDENT)])
    except NotApproved:
        return _refused(reference, form, [_("A colleague has to approve this letter first, as it is now.")])
    except answering.LetterLacks as lacks:
        return _refused(reference, form, [_("The letter lacks this: %(item)s.", item=lacks.item)])


def _do(case: Case, form: AnswerForm, act: str | None) -> ResponseReturnValue:
    now, who = datetime.now(UTC), acting_staff_member()
    if act == "ask":
        file_of(case).written_in = form.written_in.data
        answering.draft_answer(case, form.decision.data, form.findings.data, now, who)
        answering.ask_for_approval(case, form.decision.data, form.findings.data, now, who)
        db.session.commit()
        return back_to("caseload.see_the_letters", case, _("Asked for approval. Nothing has been sent."))
    if act == "fix":
        file_of(case).written_in = form.written_in.data
        answering.answer(case, form.decision.data, form.findings.data, now, who)
        db.session.commit()
        return back_to("caseload.see_a_case", case, _("The answer is written. Send the letter below."))
    decision = form.decision.data if form.decision.data in answering.DECISIONS else None
    answering.draft_answer(case, decision, form.findings.data or "", now, who, written_in=form.written_in.data)
    db.session.commit()
    if act == INSERT:
        return redirect(url_for(".see_the_answer", reference=case.reference) + "#findings", 303)
    if act == "keep":
        return back_to(HERE, case, _("Kept as a draft. Nothing has been sent."))
    return redirect(url_for(".see_the_answer", reference=case.reference, look=1), 303)


def _in_a_format(case: Case, form: AnswerForm) -> ResponseReturnValue:
    """The letter as a file, made at once; nothing is kept."""
    file_of(case).written_in = form.written_in.data
    letter = answering.preview(case, form.decision.data, form.findings.data, datetime.now(UTC))
    return as_file(case, letter, request.form[LOOK_FIRST])


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
    name = answering.LETTERS[case.stage or 1]
    approver, draft = landlord_of(case).approver_of(name), open_draft(case, name)
    return case_page(
        "caseload/complaint_answer.html",
        case,
        status,
        form=form,
        file=file,
        against=found,
        can_draft=not reasons_against("answer_point", standing),
        letter=look(letter) if letter else None,
        offers=[one for one in offers(case) if one.format != "html"],  # it is what the page shows
        standing=standing,
        approver=approver,
        paragraphs=offered(name, form.written_in.data),
        draft=draft,
        asks_for_approval=approver and letter and not _is_approved(case, form, draft),
    )


def _is_approved(case: Case, form: AnswerForm, draft: LetterDraft | None) -> bool:
    """As it is now, and not as it was."""
    given = answering.given_for(case, form.decision.data, (form.findings.data or "").strip())
    return draft is not None and draft.state == APPROVED and draft.given == given


def _look(case: Case, form: AnswerForm, found: list[str]) -> tuple[Unsent | None, list[str]]:
    """The letter as it would be; what it lacks is said beside what else stands against it."""
    if not form.validate():
        return None, found
    try:
        return answering.preview(case, form.decision.data, form.findings.data, datetime.now(UTC)), found
    except answering.LetterLacks as lacks:
        return None, found or [_("The letter lacks this: %(item)s.", item=lacks.item)]
