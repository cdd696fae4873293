"""Standard paragraphs: every colleague may read them, some keep them."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload import words
from app.caseload.draft_forms import ParagraphForm
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters import paragraphs
from app.letters.models import StandardParagraph
from app.letters.setting_out import set_out
from app.staff.doors import acting_staff_member, keep_private, require_staff
from app.staff.roles import may

standard_paragraphs = Blueprint("paragraphs", __name__, url_prefix="/staff/paragraphs")
standard_paragraphs.before_request(require_staff)
standard_paragraphs.after_request(keep_private)


@standard_paragraphs.context_processor
def names_for_templates() -> dict[str, object]:

    return {"words": words, "may": lambda act: may(act, acting_staff_member())}


@standard_paragraphs.get("")
def see_the_paragraphs() -> ResponseReturnValue:
    return render_template("caseload/paragraphs.html", paragraphs=paragraphs.paragraphs(current_landlord().key))


@standard_paragraphs.route("/new", methods=["GET", "POST"])
def add_a_paragraph() -> ResponseReturnValue:
    _only_who_keeps_them()
    if request.method == "GET":
        return _page(ParagraphForm(formdata=None))
    start_writing()
    form, landlord = ParagraphForm(), current_landlord()
    if not form.validate():
        return _page(form, status=422)
    try:
        paragraphs.add(
            landlord.key,
            form.key.data or "",
            form.language.data,
            datetime.now(UTC),
            acting_staff_member(),
            title=form.title.data or "",
            words=form.words.data or "",
            letters=form.letters.data or (),
        )
    except paragraphs.KeyTaken:
        form.key.errors = [_("There is a paragraph of this name in this language. Choose another name.")]
        return _page(form, status=422)
    db.session.commit()
    return _back(_("The paragraph is kept."))


@standard_paragraphs.route("/<int:paragraph_id>", methods=["GET", "POST"])
def change_a_paragraph(paragraph_id: int) -> ResponseReturnValue:
    _only_who_keeps_them()
    if request.method == "GET":
        paragraph = _of(paragraph_id)
        return _page(ParagraphForm(paragraph, formdata=None), paragraph)
    start_writing()
    paragraph = _of(paragraph_id)
    form = ParagraphForm(paragraph)
    if not form.validate():
        return _page(form, paragraph, 422)
    paragraphs.change(
        paragraph,
        datetime.now(UTC),
        acting_staff_member(),
        title=form.title.data or "",
        words=form.words.data or "",
        letters=form.letters.data or (),
        is_withdrawn=request.form.get("act") == "withdraw",
    )
    db.session.commit()
    return _back(_("The paragraph is kept."))


def _only_who_keeps_them() -> None:
    if not may("keep_paragraphs", acting_staff_member()):
        abort(403)


def _of(paragraph_id: int) -> StandardParagraph:
    paragraph = db.session.get(StandardParagraph, paragraph_id)
    return paragraph if paragraph and paragraph.landlord == current_landlord().key else abort(404)


def _page(form: ParagraphForm, paragraph: StandardParagraph | None = None, status: int = 200) -> ResponseReturnValue:
    language = paragraph.language if paragraph else form.language.data
    shown = set_out(form.words.data or "", language)
    page = render_template(
        "caseload/paragraph.html", form=form, paragraph=paragraph, language_of_words=language, shown=shown
    )
    return page, status


def _back(done: str) -> ResponseReturnValue:
    flash(done, "done")
    return redirect(url_for(".see_the_paragraphs"), 303)
