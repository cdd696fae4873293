"""What every page of the translators' desk for the website shares: the door, the language, what was typed."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, request
from flask_babel import gettext as _

from app.caseload import catalogue_words, words
from app.caseload.catalogue_list import Choice
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import path_of
from app.languages.checking import placeholders
from app.languages.proposals import Writer
from app.languages.rooms import ROOMS
from app.languages.sentences import Sentence, Words
from app.staff.doors import acting_staff_member, keep_private, require_sign_in
from app.staff.roles import may, may_read_cases

catalogues = Blueprint("catalogues", __name__, url_prefix="/staff/catalogues")
catalogues.before_request(require_sign_in)
catalogues.after_request(keep_private)
LONGEST = 5_000  # characters of one form


@catalogues.before_request
def translators_only() -> None:
    if not may("translate_website", acting_staff_member()):
        abort(403)


@catalogues.context_processor
def names_for_templates() -> dict[str, Any]:
    colleague = acting_staff_member()
    return {
        "words": words,
        "catalogue_words": catalogue_words,
        "longest": LONGEST,
        "placeholders": placeholders,
        "may": lambda act: may(act, colleague),
        "reads_cases": may_read_cases(colleague),
    }


@dataclass(frozen=True)
class Typed:
    """One sentence as a page brought it: each form's words, and the version that the page had."""

    words: Words
    version: int


def language_of(tag: str) -> Language:
    """Aborts with 404 where there is no catalogue."""
    language = LANGUAGES.get(tag)
    if language is None or language == DEFAULT or not path_of(language).exists():
        abort(404)
    return language


def choice_of_request() -> Choice:
    """Aborts with 404 on what no page offers."""
    asked = request.args
    choice = Choice(asked.get("show") or "missing", asked.get("room") or "", asked.get("q", "").strip()[:200])
    if choice.show not in catalogue_words.CHOICES or (choice.room and choice.room not in ROOMS):
        abort(404)
    return choice


def writer() -> Writer:
    colleague = acting_staff_member()
    return Writer(colleague.email, colleague.name)


def typed_of(sentence: Sentence, forms: int) -> Typed | None:
    """What was typed for it; None where the page had no fields for it."""
    number = forms if len(sentence.sources) > 1 else 1
    fields = [request.form.get(f"words-{sentence.key}-{form}") for form in range(number)]
    if any(field is None for field in fields):
        return None
    version = request.form.get(f"version-{sentence.key}", 0, type=int)
    return Typed(tuple(_as_stored(field or "", sentence.sources) for field in fields), version)


def _as_stored(text: str, sources: Words) -> str:
    """Spaces at the edges are the English's: nobody sees them in a field. Hidden characters stay, to be refused."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST])
    text = text.encode("utf-8", "ignore").decode()
    source = sources[-1]
    before, behind = len(source) - len(source.lstrip()), len(source.rstrip())
    return source[:before] + text + source[behind:] if text else ""


def saved_meanwhile_words(who: str) -> str:
    return _("%(who)s has saved this sentence meanwhile. Nothing of yours is lost: compare the two.", who=who)
