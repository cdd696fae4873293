"""The door of the translators' desk. Words that come when it is shut go back to who typed them, to be sent again."""

import re

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.caseload.catalogue_desk_routes import Typed, catalogues, gone_sentence, typed_of
from app.errors import show_form_ran_out
from app.languages import LANGUAGES
from app.languages.po_files import forms_of
from app.languages.sentences import Sentence
from app.staff.doors import acting_staff_member, keep_private, require_sign_in, signed_in_staff_member, speak_to
from app.staff.roles import may

TAKE_WORDS = {"catalogues.save_many", "catalogues.save_a_sentence"}
MOST = 20  # sentences of one page
_VERSION = re.compile(r"version-(\w{1,30})")


@catalogues.before_request
def translators_only() -> ResponseReturnValue | None:
    if (answer := require_sign_in()) is not None:
        return _hand_back(401) or answer
    if not may("translate_website", acting_staff_member()):
        abort(403)
    return None


@catalogues.errorhandler(CSRFError)
def show_page_ran_out(error: CSRFError) -> ResponseReturnValue:
    """So it is after somebody has signed in again in another tab."""
    return _hand_back(400) or show_form_ran_out(error)


def _hand_back(status: int) -> ResponseReturnValue | None:
    """A page with what was typed and changed; None where nothing was. Nothing is asked of the database for it."""
    language = LANGUAGES.get((request.view_args or {}).get("tag", ""))
    typed = list(_all_typed(forms_of(language))) if language and request.endpoint in TAKE_WORDS else []
    if not typed:
        return None
    colleague = signed_in_staff_member()
    if colleague is not None:
        speak_to(colleague)
    page = render_template(
        "caseload/catalogue_kept.html",
        its=language,
        typed=typed,
        has_errors=True,
        colleague=colleague,
        address=request.full_path.rstrip("?"),
    )
    return keep_private(make_response(page, status))


def _all_typed(forms: int) -> list[tuple[Sentence, Typed]]:
    found = []
    for key in (match[1] for match in map(_VERSION.fullmatch, request.form) if match):
        sentence = gone_sentence(key)
        typed = typed_of(sentence, forms) if sentence else None
        if sentence and typed and any(typed.words) and not typed.is_untouched:
            found.append((sentence, typed))
    return found[:MOST]
