"""The translators' work list, and the page on which one piece is written: no case can be reached from here."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.caseload import actions, words
from app.caseload.routes import caseload
from app.caseload.sending import is_replaced
from app.caseload.translation_words import compared_words, letters_waiting
from app.caseload.translations import about_translation, translated_to_send, translation_flags
from app.extensions import db, start_writing
from app.journeys.words import kept_words
from app.languages import LANGUAGES
from app.letters.comparing import Compared, compare, kept_as_they_are
from app.letters.models import Translation
from app.letters.translating import (
    PAGE,
    NotWanted,
    NoWords,
    TranslatedMeanwhile,
    next_of_the_letter,
    translate,
    work_list,
)
from app.letters.wanted_words import DONE, WANTED
from app.staff.doors import acting_staff_member, keep_private, require_sign_in
from app.staff.roles import may, may_read_cases

caseload.context_processor(
    lambda: {
        "translation_flags": translation_flags,
        "about_translation": about_translation,
        "is_replaced": is_replaced,
    }
)
translations = Blueprint("translations", __name__, url_prefix="/staff/translations")
translations.before_request(require_sign_in)
translations.after_request(keep_private)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)
LONGEST = 40_000  # characters


@caseload.get("/translated-letters")
def see_translated_letters() -> ResponseReturnValue:
    """Letters that translators have finished, and that wait for a colleague to send them."""
    colleague = acting_staff_member()
    found = [letter for letter in translated_to_send() if actions.may_open(letter.case, colleague)]
    return render_template("caseload/translated_letters.html", letters=found)


@translations.before_request
def translators_only() -> None:
    if not may("translate", acting_staff_member()):
        abort(403)


@translations.context_processor
def names_for_templates() -> dict[str, Any]:
    colleague = acting_staff_member()
    return {
        "words": words,
        "may": lambda act: may(act, colleague),
        "reads_cases": may_read_cases(colleague),
        "letters_waiting": letters_waiting,
        "length_of": lambda text: len(text.split()),
    }


@translations.get("")
def see_the_list() -> ResponseReturnValue:
    """``show``: wanted or done; ``language``: to be written in; ``after``: where the page before ended."""
    show, language = request.args.get("show", WANTED), request.args.get("language") or None
    if show not in (WANTED, DONE) or (language and language not in LANGUAGES):
        abort(404)
    found = work_list(show, language, _place(request.args.get("after")))
    return render_template(
        "caseload/translations.html",
        show=show,
        language_chosen=language,
        languages=list(LANGUAGES),
        rows=found[:PAGE],
        next_place=_in_address(found[PAGE - 1], show) if len(found) > PAGE else None,
    )


@translations.get("/<int:translation_id>")
def see_words_to_translate(translation_id: int) -> ResponseReturnValue:
    translation = db.session.get(Translation, translation_id) or abort(404)
    return _page(translation, translation.words or "")


@translations.post("/<int:translation_id>")
def translate_words(translation_id: int) -> ResponseReturnValue:
    """``words`` as typed, ``version`` as the page had it; ``is_right``: what the comparison found may stay so."""
    typed, version = kept_words(request.form.get("words", ""))[:LONGEST], request.form.get("version", type=int) or 0
    start_writing()
    translation = db.session.get(Translation, translation_id) or abort(404)
    found = compare(translation.source, typed)
    if typed.strip() and found and "is_right" not in request.form and version == translation.version:
        return _dropped(_page(translation, typed, 422, found=found))
    try:
        translation, written = translate(translation_id, typed, version, datetime.now(UTC), acting_staff_member().email)
    except NoWords:
        return _dropped(_page(translation, "", 422, mistake=_("Enter the words in the other language")))
    except TranslatedMeanwhile as meanwhile:
        return _dropped(_page(meanwhile.translation, typed, 409, theirs=meanwhile.translation.words))
    except NotWanted:
        db.session.rollback()
        flash(_("No letter needs these words any more."), "problem")
        return redirect(url_for(".see_the_list"), 303)
    following = next_of_the_letter(translation)
    address = url_for(".see_words_to_translate", translation_id=following.id) if following else url_for(".see_the_list")
    db.session.commit()
    flash(_said(len(written), following is not None), "done")
    return redirect(address, 303)


def _said(written: int, has_more: bool) -> str:
    if written:
        return ngettext(
            "Kept. %(num)s letter was written again with your words.",
            "Kept. %(num)s letters were written again with your words.",
            written,
        )
    return _("Kept. Here is the next part of the same letter.") if has_more else _("Kept.")


def _page(
    translation: Translation,
    typed: str,
    status: int = 200,
    found: Compared | None = None,
    mistake: str | None = None,
    theirs: str | None = None,
) -> tuple[str, int]:
    page = render_template(
        "caseload/translation.html",
        translation=translation,
        typed=typed,
        kept=list(dict.fromkeys(kept_as_they_are(translation.source))),
        to_look_at=compared_words(found) if found else [],
        mistake=mistake,
        theirs=theirs,
        longest=LONGEST,
    )
    return page, status


def _dropped(answer: tuple[str, int]) -> tuple[str, int]:
    """Nothing was written: let go of the database."""
    db.session.rollback()
    return answer


def _in_address(row: Translation, show: str) -> str:
    moment = row.wanted_at if show == WANTED else row.done_at or row.wanted_at
    return f"{(moment - EPOCH) // ONE}-{row.id}"


def _place(text: str | None) -> tuple[datetime, int] | None:
    """None, the first page, for what is no place."""
    moment, _dash, number = (text or "").partition("-")
    if not (moment.isdecimal() and number.isdecimal() and len(moment) < 18 and len(number) < 10):
        return None
    return EPOCH + int(moment) * ONE, int(number)
