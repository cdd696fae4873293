"""A catalogue file that a translator brings: what is wrong with it by line, else the difference, then its words."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.caseload.catalogue_desk_routes import catalogues, language_of, writer
from app.extensions import db, start_writing
from app.languages.models import UploadedCatalogue
from app.languages.po_files import Finding
from app.languages.uploading import FileRefused, Otherwise, difference, keep, take
from app.staff.doors import acting_staff_member

SHOWN = 200  # changes on a page, or mistakes in all


@catalogues.get("/<tag>/file")
def bring_a_file(tag: str) -> ResponseReturnValue:
    return render_template("caseload/catalogue_file.html", its=language_of(tag), mistake=None, findings=(), shown=SHOWN)


@catalogues.post("/<tag>/file")
def read_a_file(tag: str) -> ResponseReturnValue:
    language, brought = language_of(tag), request.files.get("file")
    content = brought.read() if brought else b""
    if not brought or not content:
        return _refused(tag, _("Choose a catalogue file, with a name that ends in .po"))
    start_writing()
    try:
        row = keep(language, content, brought.filename or "", acting_staff_member().email, datetime.now(UTC))
    except FileRefused as refused:
        db.session.rollback()
        said = ngettext(
            "The file has %(num)s mistake. Nothing of it is taken.",
            "The file has %(num)s mistakes. Nothing of it is taken.",
            len(refused.findings),
        )
        return _refused(tag, said, refused.findings)
    upload_id = row.id
    db.session.commit()
    return redirect(url_for(".see_the_difference", tag=tag, upload_id=upload_id), 303)


def _refused(tag: str, mistake: str, findings: tuple[Finding, ...] = ()) -> ResponseReturnValue:
    page = render_template(
        "caseload/catalogue_file.html", its=language_of(tag), mistake=mistake, findings=findings, shown=SHOWN
    )
    return page, 422


@catalogues.get("/<tag>/files/<int:upload_id>")
def see_the_difference(tag: str, upload_id: int) -> ResponseReturnValue:
    return _difference_page(tag, upload_id)


@catalogues.post("/<tag>/files/<int:upload_id>")
def take_the_words(tag: str, upload_id: int) -> ResponseReturnValue:
    """``fingerprint`` of the difference that was looked at."""
    start_writing()
    row, language = _own(tag, upload_id), language_of(tag)
    try:
        taken = take(row, language, request.form.get("fingerprint", ""), writer(), datetime.now(UTC))
    except Otherwise:
        db.session.rollback()
        flash(_("Something has been saved since you looked. Please look at the difference again."), "problem")
        return _difference_page(tag, upload_id), 409
    db.session.commit()
    flash(ngettext("%(num)s sentence is saved.", "%(num)s sentences are saved.", taken), "done")
    return redirect(url_for(".see_the_work", tag=tag, show="saved"), 303)


def _own(tag: str, upload_id: int) -> UploadedCatalogue:
    """A colleague's own file, while its words are not taken. Aborts with 404."""
    row = db.session.get(UploadedCatalogue, upload_id)
    if row is None or row.language != tag or row.by != acting_staff_member().email or row.text is None:
        abort(404)
    return row


def _difference_page(tag: str, upload_id: int) -> str:
    language, row = language_of(tag), _own(tag, upload_id)
    found = difference(row, language)
    last = max(1, -(-len(found.changes) // SHOWN))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "caseload/catalogue_difference.html",
        its=language,
        upload=row,
        difference=found,
        rows=found.changes[(page - 1) * SHOWN : page * SHOWN],
        page=page,
        last=last,
    )
