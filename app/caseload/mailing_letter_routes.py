"""Staff pages of a mailing: what its letter says, each of its letters, its lists and archives as files."""

import csv
from dataclasses import asdict, replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import PurePosixPath

from flask import Response, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import formats
from app.caseload.format_words import refused_words
from app.caseload.mailing_forms import words_kept, words_typed
from app.caseload.mailing_routes import back, held, mailing_desk, opened
from app.caseload.mailing_words import mistake_words, problem_words, row_words
from app.extensions import db, start_writing
from app.formats.document import FormatRefused
from app.formats.markup import Setting
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES
from app.letters import storage
from app.letters.compose_list import LISTED
from app.letters.files import choice_within
from app.letters.lacks import LetterLacks
from app.mailings import actions, lists, said
from app.mailings.files import stem_for
from app.mailings.models import Mailing, MailingRow
from app.mailings.packing import as_cell
from app.mailings.rows import HOW
from app.staff.doors import acting_staff_member

LAST_LINE = 2**31 - 1  # of the column
SHOWN = {
    "all": ("wrong", "waiting", "making", "made", "refused"),
    "wrong": ("wrong",),
    "refused": ("refused",),
    "made": ("made",),
    "waiting": ("waiting", "making"),
}


@mailing_desk.get("/<reference>/words")
def see_the_words(reference: str) -> ResponseReturnValue:
    mailing = opened(reference)
    return _words_page(mailing, words_kept(mailing.name, mailing.given), ())


@mailing_desk.post("/<reference>/words")
def write_the_words(reference: str) -> ResponseReturnValue:
    mailing = held(reference)
    languages = current_landlord().languages
    both, by_language = words_typed(mailing.name, request.form, languages)
    try:
        actions.write_words(mailing, said.checked(mailing.name, both, by_language, languages))
    except said.WordsRefused as refused:
        return _words_page(mailing, request.form.to_dict(), refused.mistakes), 422
    except actions.NotNow:
        return back(mailing, problem=_("The letters are being made already: what they say can no longer be changed."))
    db.session.commit()
    return back(mailing, _("Saved: what the letter says."))


@mailing_desk.get("/<reference>/rows")
def see_the_rows(reference: str) -> ResponseReturnValue:
    """``show``: a key of SHOWN; ``after``: the line behind which the page begins."""
    mailing, show = opened(reference), request.args.get("show", "all")
    if show not in SHOWN:
        abort(404)
    after = max(0, min(request.args.get("after", 0, type=int), LAST_LINE))
    rows = lists.rows_in(mailing, SHOWN[show], after, lists.PAGE + 1)
    return render_template(
        "caseload/mailing_rows.html",
        mailing=mailing,
        rows=rows[: lists.PAGE],
        has_more=len(rows) > lists.PAGE,
        show=show,
        after=after,
    )


@mailing_desk.get("/<reference>/rows/<int:line>")
def see_one_letter(reference: str, line: int) -> ResponseReturnValue:
    """What the letter says to this reader, before or after it is made."""
    mailing, row = _row(reference, line)
    document, problem = None, None
    try:
        document = said.document_for(mailing, row, mailing.dated_at or datetime.now(UTC))
    except KeyError:
        problem = _("Write what the letter says first.")
    except LetterLacks as lacking:
        problem = problem_words("lacks", lacking.item)
    return render_template(
        "caseload/mailing_letter.html",
        mailing=mailing,
        row=row,
        document=document,
        setting=replace(Setting.of(document), deeper=1) if document else None,
        problem=problem,
        in_words_of=said.language_of_words(mailing, row.language),
        written_in=LANGUAGES[row.language],
    )


@mailing_desk.get("/<reference>/rows/<int:line>/file")
def take_one_letter(reference: str, line: int) -> ResponseReturnValue:
    """The letter as this reader gets it. One that is not made yet is made for the look, and not kept."""
    mailing, row = _row(reference, line)
    if row.state == "made" and storage.exists(row.path):
        path = storage.folder() / str(row.path)
        return send_file(
            path, mimetype=row.media_type, as_attachment=True, download_name=_shown_name(mailing, path.name)
        )
    try:
        document = said.document_for(mailing, row, mailing.dated_at or datetime.now(UTC))
    except (KeyError, LetterLacks):
        return back(mailing, problem=_("Write what the letter says first."))
    key = (row.format, row.point_size, row.braille_grade, row.variant)
    stem, key_language = stem_for(row), row.language
    db.session.rollback()  # making may take a while
    try:
        made = storage.in_one_piece(formats.make_letter(key[0], document, choice_within(key)))
    except FormatRefused as refused:
        return back(mailing, problem=refused_words(key_language, key[0], refused.reason))
    name = stem + "".join(PurePosixPath(made.name).suffixes[-1:])
    return send_file(
        BytesIO(made.content), mimetype=made.media_type, as_attachment=True, download_name=_shown_name(mailing, name)
    )


@mailing_desk.get("/<reference>/wrong-lines")
def take_the_wrong_lines(reference: str) -> ResponseReturnValue:
    """Lines that are wrong and letters that cannot be made, with why: to put right, and read as a list again."""
    mailing = opened(reference)
    written = StringIO(newline="")
    sheet = csv.writer(written, lineterminator="\r\n")
    columns = ["Line", "What is wrong", "Name", "Address", "Postcode", "Email"]
    sheet.writerow([*columns, *(column.replace("_", " ").capitalize() for column in HOW)])
    for row in lists.rows_in(mailing, ("wrong", "refused"), limit=None):
        to = row.recipient
        cells = (row_words(row), to["name"], ", ".join(to["address"]), to["postcode"], to["email"] or "", *_how(row))
        sheet.writerow([row.line, *map(as_cell, cells)])
    response = Response(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{mailing.reference}-wrong-lines.csv"'
    return response


def _how(row: MailingRow) -> list[str]:
    """By HOW: as it was written; where that was understood, as it was found."""
    asked = row.recipient.get("asked")
    if asked is None:
        key = (row.format, row.point_size, row.braille_grade, row.variant)
        asked = {"language": row.language, "format": row.format, **asdict(choice_within(key))}
    return [str(asked.get(column, "")) for column in HOW]


@mailing_desk.get("/<reference>/archives/<format_name>")
def take_an_archive(reference: str, format_name: str) -> ResponseReturnValue:
    mailing = opened(reference)
    archive = next((one for one in mailing.archives if one.format == format_name), None) or abort(404)
    path = storage.folder() / archive.path
    if not path.is_file():
        abort(404)
    start_writing()
    db.session.add(archive)
    archive.taken_at, archive.taken_by = datetime.now(UTC), acting_staff_member().email
    db.session.commit()
    return send_file(path, mimetype="application/zip", as_attachment=True, download_name=path.name, conditional=False)


def _row(reference: str, line: int) -> tuple[Mailing, MailingRow]:
    mailing = opened(reference)
    row = lists.row_at(mailing, line)
    if row is None or row.state == "wrong":
        abort(404)
    return mailing, row


def _shown_name(mailing: Mailing, name: str) -> str:
    return f"{mailing.reference}-{name}"


def _words_page(mailing: Mailing, begins: dict[str, str], mistakes: tuple[tuple[str, str, str], ...]) -> str:
    """``begins``: what stands in the fields."""
    languages = current_landlord().languages if said.has_own_words(mailing.name) else ()
    asked = LISTED[mailing.name].asked
    found = {f"{tag}-{key}" if tag else key: mistake_words(key, why) for tag, key, why in mistakes}
    return render_template(
        "caseload/mailing_words.html",
        mailing=mailing,
        shared=[one for one in asked if not one.is_own_words],
        own=[one for one in asked if one.is_own_words],
        languages=[LANGUAGES[tag] for tag in languages],
        begins=begins,
        found=found,
        mistakes=list(found.items()),
        has_errors=bool(found),
        longest=said.LONGEST,
        can_change=mailing.state == "draft",
    )
