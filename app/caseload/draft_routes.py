"""A letter that a colleague writes: the editor, its versions, a look at every format, and the letter in the end."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.draft_forms import LetterForm, SendBackForm
from app.caseload.draft_words import draft_name, draft_state
from app.caseload.inserting import INSERT, offered, put_in
from app.caseload.looking import as_a_letter, as_file, look, offers, with_a_letter_in_a_frame
from app.caseload.routes import back, back_to, case_page, caseload, held, looked_at, opened
from app.cases.models import Case
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters import drafts
from app.letters.lacks import LetterLacks
from app.letters.models import LetterDraft
from app.letters.unsent import Unsent, as_it_would_be
from app.staff.doors import acting_staff_member
from app.staff.roles import may
from app.staff.words import role_words

FREE = "letter"
HERE = "caseload.see_the_letters"


@caseload.context_processor
def names_for_drafts() -> dict[str, Any]:
    return {"draft_name": draft_name, "draft_state": draft_state, "role_words": role_words}


@caseload.get("/cases/<reference>/letters")
def see_the_letters(reference: str) -> ResponseReturnValue:
    case = looked_at(reference)
    return case_page("caseload/letters.html", case, drafts=drafts.drafts_of(case))


@caseload.get("/cases/<reference>/letters/new")
def begin_a_letter(reference: str) -> ResponseReturnValue:
    return _editor(looked_at(reference), LetterForm(formdata=None))


@caseload.post("/cases/<reference>/letters/new")
def keep_a_new_letter(reference: str) -> ResponseReturnValue:
    only_who_writes_letters()
    case, form = held(reference), LetterForm()
    return _kept(case, form, None)


@caseload.get("/cases/<reference>/letters/drafts/<int:draft_id>")
@with_a_letter_in_a_frame
def see_a_draft(reference: str, draft_id: int) -> ResponseReturnValue:
    """The editor while it is written; ``look``: as it would be. What waits or is approved is changed by ``change``."""
    case = looked_at(reference)
    draft = draft_of(case, draft_id)
    form = LetterForm(formdata=None, data=draft.given)
    is_editor = draft.state == drafts.WRITING or (draft.state in drafts.OPEN and "change" in request.args)
    if draft.name == FREE and is_editor and "look" not in request.args:
        return _editor(case, form, draft)
    return draft_page(case, draft)


@caseload.post("/cases/<reference>/letters/drafts/<int:draft_id>")
def keep_a_draft(reference: str, draft_id: int) -> ResponseReturnValue:
    only_who_writes_letters()
    case = held(reference)
    draft = draft_of(case, draft_id)
    if draft.name != FREE:
        abort(404)
    return _kept(case, LetterForm(), draft)


@caseload.post("/cases/<reference>/letters/preview")
def look_while_typing(reference: str) -> ResponseReturnValue:
    """The words as they are typed, as a piece of the page. Nothing is kept."""
    only_who_writes_letters()
    case, form = opened(reference), LetterForm()
    if case.anonymised_at:
        abort(404)
    try:
        letter = as_it_would_be(case, FREE, form.given, datetime.now(UTC))
    except LetterLacks as lacks:
        return _("The letter lacks this: %(item)s.", item=lacks.item), 422
    return render_template("caseload/_look.html", letter=look(letter))


@caseload.get("/cases/<reference>/letters/drafts/<int:draft_id>/as/<format_name>")
@as_a_letter
def look_at_a_draft_as(reference: str, draft_id: int, format_name: str) -> ResponseReturnValue:
    case = looked_at(reference)
    draft = draft_of(case, draft_id)
    try:
        letter = unsent_of(draft)
    except LetterLacks:
        abort(404)
    return as_file(case, letter, format_name)


@caseload.get("/cases/<reference>/letters/drafts/<int:draft_id>/versions")
def see_versions_of_a_draft(reference: str, draft_id: int) -> ResponseReturnValue:
    """``number``: the words of this one."""
    case = looked_at(reference)
    draft = draft_of(case, draft_id)
    number = request.args.get("number", draft.number, type=int)
    chosen = next((one for one in draft.versions if one.number == number), None) or abort(404)
    return case_page("caseload/letter_versions.html", case, draft=draft, chosen=chosen)


@caseload.post("/cases/<reference>/letters/drafts/<int:draft_id>/versions/<int:number>")
def take_a_version_up(reference: str, draft_id: int, number: int) -> ResponseReturnValue:
    only_who_writes_letters()
    case = held(reference)
    draft = draft_of(case, draft_id)
    try:
        drafts.take_up(draft, number, datetime.now(UTC), acting_staff_member())
    except KeyError:
        abort(404)
    except drafts.DraftIsOver:
        return over(case)
    db.session.commit()
    flash(_("Version %(number)s is the newest again. The others are kept.", number=number), "done")
    return redirect(url_for(".see_a_draft", reference=case.reference, draft_id=draft_id), 303)


@caseload.post("/cases/<reference>/letters/drafts/<int:draft_id>/write")
def write_a_drafted_letter(reference: str, draft_id: int) -> ResponseReturnValue:
    """``act``: fix the words as a letter, ask for the approval, or drop the draft."""
    only_who_writes_letters()
    case = held(reference)
    draft, act, now, who = draft_of(case, draft_id), request.form.get("act"), datetime.now(UTC), acting_staff_member()
    if request.form.get("number", type=int) != draft.number:
        return _changed(case, draft)
    try:
        match act:
            case "issue" if draft.name == FREE:
                drafts.issue(draft, now, who)
                said = _("The letter is written. Send it below.")
            case "ask":
                unsent_of(draft)  # a letter that lacks something is not worth a colleague's time
                drafts.ask_for_approval(draft, now, who)
                said = _("Asked for approval. Nothing has been sent.")
            case "drop" if draft.name == FREE:
                drafts.drop(draft, now, who)
                said = _("The draft is put away.")
            case _:
                abort(400)
    except drafts.DraftIsOver:
        return over(case)
    except drafts.NotApproved:
        return back_to(HERE, case, problem=_("A colleague has to approve this letter first."))
    except LetterLacks as lacks:
        return back_to(HERE, case, problem=_("The letter lacks this: %(item)s.", item=lacks.item))
    db.session.commit()
    return back(case, said) if act == "issue" else back_to(HERE, case, said)


def draft_of(case: Case, draft_id: int) -> LetterDraft:
    draft = db.session.get(LetterDraft, draft_id)
    if draft is None or draft.case_id != case.id or draft.state == drafts.DROPPED:
        abort(404)
    return draft


def unsent_of(draft: LetterDraft) -> Unsent:
    """Raises LetterLacks."""
    return as_it_would_be(draft.case, draft.name, draft.given, datetime.now(UTC))


def over(case: Case) -> ResponseReturnValue:
    return back_to(HERE, case, problem=_("This letter is written already, or its draft was put away."))


def only_who_writes_letters() -> None:
    if not may("write_letters", acting_staff_member()):
        abort(403)


def draft_page(
    case: Case, draft: LetterDraft, form: SendBackForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """The letter as it would be, and what can be done with it."""
    lacks, letter = None, None
    try:
        letter = look(unsent_of(draft))
    except LetterLacks as problem:
        lacks = problem.item
    return case_page(
        "caseload/letter_draft.html",
        case,
        status,
        draft=draft,
        letter=letter,
        lacks=lacks,
        offers=offers(case),
        form=form or SendBackForm(formdata=None),
        approver=current_landlord().approver_of(draft.name),
        may_approve=drafts.may_approve(draft, acting_staff_member()),
        is_free=draft.name == FREE,
    )


def _kept(case: Case, form: LetterForm, draft: LetterDraft | None) -> ResponseReturnValue:
    """``act``: keep, look (with all that the letter needs), or put a standard paragraph at the end."""
    act, now = request.form.get("act"), datetime.now(UTC)
    if act == INSERT:
        put_in(form.words, FREE, form.written_in, request.form.get("paragraph"))
    if (act == "look" or form.is_too_long) and not form.validate():
        return _editor(case, form, draft, 422)
    try:
        draft = _saved(case, form, draft, now)
    except drafts.DraftIsOver:
        return over(case)
    except drafts.DraftChanged:
        return _editor(case, form, draft, 422, is_overtaken=True)
    draft_id = draft.id
    db.session.commit()
    if act == "keep":
        flash(_("Kept as a draft. Nothing has been sent."), "done")
    address = url_for(".see_a_draft", reference=case.reference, draft_id=draft_id, look=1 if act == "look" else None)
    return redirect(address + ("#words" if act == INSERT else ""), 303)


def _saved(case: Case, form: LetterForm, draft: LetterDraft | None, now: datetime) -> LetterDraft:
    who = acting_staff_member()
    if draft is None:
        return drafts.start(case, FREE, form.given, form.written_in, now, who)
    after = request.form.get("number", 0, type=int)
    drafts.save(draft, form.given, form.written_in, now, who, after=after)
    return draft


def _changed(case: Case, draft: LetterDraft) -> ResponseReturnValue:
    reference, draft_id = case.reference, draft.id
    db.session.rollback()
    flash(_("Somebody changed this letter meanwhile. Look at it again."), "problem")
    return redirect(url_for(".see_a_draft", reference=reference, draft_id=draft_id, look=1), 303)


def _editor(
    case: Case, form: LetterForm, draft: LetterDraft | None = None, status: int = 200, *, is_overtaken: bool = False
) -> ResponseReturnValue:
    return case_page(
        "caseload/letter_editor.html",
        case,
        status,
        form=form,
        draft=draft,
        is_overtaken=is_overtaken,
        paragraphs=offered(FREE, form.written_in),
    )
