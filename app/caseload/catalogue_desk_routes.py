"""What every page of the translators' desk for the website shares: the door, the language, what was typed."""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from babel.messages.catalog import Message
from flask import Blueprint, abort, request

from app.caseload import catalogue_words, words
from app.caseload.catalogue_list import Choice
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import path_of
from app.languages.checking import placeholders
from app.languages.proposals import Writer
from app.languages.rooms import ROOMS
from app.languages.sentences import Sentence, Words, key_of, mark_of
from app.staff.doors import acting_staff_member, keep_private, signed_in_staff_member
from app.staff.roles import may, may_read_cases

catalogues = Blueprint("catalogues", __name__, url_prefix="/staff/catalogues")
catalogues.after_request(keep_private)
LONGEST = 5_000  # characters of one form


@catalogues.context_processor
def names_for_templates() -> dict[str, Any]:
    colleague = signed_in_staff_member()
    return {
        "words": words,
        "catalogue_words": catalogue_words,
        "longest": LONGEST,
        "placeholders": placeholders,
        "mark_of_shown": mark_of_shown,
        "named_in_field": named_in_field,
        "may": lambda act: colleague is not None and may(act, colleague),
        "reads_cases": colleague is not None and may_read_cases(colleague),
    }


@dataclass(frozen=True)
class Typed:
    """One sentence as a page brought it: each form's words, the version that the page had, the mark of its words."""

    words: Words
    version: int
    had: str = ""

    @property
    def is_untouched(self) -> bool:
        """Whether it says what the page showed: then it is nobody's wish, whatever others have saved since."""
        return self.had == _mark(self.words)

    def was_published_otherwise(self, sentence: Sentence) -> bool:
        """Whether an update of the application has other words than those that the page showed."""
        return bool(self.had) and self.version == sentence.version and self.had != mark_of_shown(sentence)


def mark_of_shown(sentence: Sentence) -> str:
    return _mark(tuple(_as_stored(words, sentence.sources) for words in sentence.words))


def _mark(words: Words) -> str:
    return mark_of(words if any(words) else ())


def named_in_field(sentence: Sentence) -> str:
    """The sentence itself, for a hidden field: an update may take it out of the catalogue while somebody writes."""
    return json.dumps([sentence.message.context, *sentence.sources])


def gone_sentence(key: str) -> Sentence | None:
    """The sentence that a page had, as the page names it. None where that is not its key."""
    try:
        context, *said = json.loads(request.form.get(f"of-{key}", ""))
    except (ValueError, TypeError, RecursionError):
        return None
    sources = tuple(one for one in said if isinstance(one, str))
    if len(sources) not in (1, 2) or not isinstance(context, str | None) or key_of(context, sources) != key:
        return None
    return Sentence(key, Message(sources if len(sources) > 1 else sources[0], context=context), sources, ())


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
    words = tuple(_as_stored(field or "", sentence.sources) for field in fields)
    return Typed(words, version, request.form.get(f"had-{sentence.key}", ""))


def _as_stored(text: str, sources: Words) -> str:
    """Spaces at the edges are the English's: nobody sees them in a field. Hidden characters stay, to be refused."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST])
    text = text.encode("utf-8", "ignore").decode()
    source = sources[-1]
    before, behind = len(source) - len(source.lstrip()), len(source.rstrip())
    return source[:before] + text + source[behind:] if text else ""
