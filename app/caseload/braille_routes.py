"""A letter in braille for colleagues who cannot read it: the dots of each line with their words beneath."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.caseload import actions
from app.caseload.downloads import chosen
from app.caseload.draft_routes import draft_of, unsent_of
from app.caseload.format_words import refused_words
from app.caseload.routes import case_page, caseload, held, letter_of, looked_at, opened
from app.cases.models import Case
from app.extensions import db
from app.formats import Choice, can_make
from app.formats.braille_shown import show
from app.formats.braille_tables import CODES, grade_in
from app.formats.document import Document, FormatRefused
from app.formats.standard_print import with_print_pages
from app.letters.actions import document_of, landlord_of, needed_format
from app.letters.files import key_of
from app.letters.lacks import LetterLacks
from app.letters.models import Letter, LetterDraft
from app.staff.doors import acting_staff_member

BRAILLE = "braille"


@caseload.get("/cases/<reference>/letters/<int:letter_id>/braille/dots")
def see_a_letter_in_braille(reference: str, letter_id: int) -> ResponseReturnValue:
    """``grade`` and ``variant`` (a page such as 28x24): other than what this tenant needs."""
    case = opened(reference)  # what is written down is the look at the letter
    letter = letter_of(case, letter_id)
    choice = _choice(case)
    answer = _shown(case, document_of(letter, landlord_of(case)), choice, letter=letter)
    if case.is_restricted:
        case = held(reference)
        actions.record_letter_view(letter_of(case, letter_id), BRAILLE, datetime.now(UTC), acting_staff_member().email)
        db.session.commit()
    return answer


@caseload.get("/cases/<reference>/letters/drafts/<int:draft_id>/braille/dots")
def see_a_draft_in_braille(reference: str, draft_id: int) -> ResponseReturnValue:
    case = looked_at(reference)
    draft = draft_of(case, draft_id)
    try:
        letter = unsent_of(draft)
    except LetterLacks:
        abort(404)
    return _shown(case, letter.document, _choice(case), draft=draft)


def _choice(case: Case) -> Choice:
    needed, grade = needed_format(case)[1], request.args.get("grade", type=int)
    return chosen(needed, BRAILLE, None, grade, request.args.get("variant")) or abort(404)


def _shown(
    case: Case, document: Document, choice: Choice, *, letter: Letter | None = None, draft: LetterDraft | None = None
) -> ResponseReturnValue:
    language = document.language
    choice = replace(choice, braille_grade=grade_in(language, choice.braille_grade))
    try:
        pages, refused = show(with_print_pages(document), choice), None
    except FormatRefused as problem:
        is_never_made = can_make(language, BRAILLE) is not None
        pages, refused = (), refused_words(language, BRAILLE, None) if is_never_made else problem.reason
    return case_page(
        "caseload/braille.html",
        case,
        409 if refused else 200,
        document=document,
        pages=pages,
        refused=refused,
        choice=choice,
        grades=sorted(CODES[language].tables) if language in CODES else (),
        variant=key_of(BRAILLE, choice)[3] or None,
        letter=letter,
        draft=draft,
    )
