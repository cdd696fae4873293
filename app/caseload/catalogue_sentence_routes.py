"""One sentence of the website, for translators: its English, its words, where it stands, what is like it."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.catalogue_desk_routes import (
    Typed,
    catalogues,
    choice_of_request,
    gone_sentence,
    language_of,
    typed_of,
    writer,
)
from app.caseload.catalogue_list import after, chosen
from app.caseload.catalogue_places import page_of
from app.caseload.catalogue_saving import Mistake, Trouble, after_another, keep_words_for_later, save_or_say_why
from app.extensions import db, start_writing
from app.languages import Language
from app.languages.glossary import glossary_of, terms_in, terms_missed
from app.languages.po_files import forms_of, numbers_of_forms
from app.languages.proposals import NoSuchSentence, SavedMeanwhile, take_back
from app.languages.sentences import WRITTEN, Sentence, gone_of, history_of, sentences
from app.languages.suggesting import suggestions


@catalogues.get("/<tag>/sentences/<key>")
def see_a_sentence(tag: str, key: str) -> ResponseReturnValue:
    language = language_of(tag)
    return _sentence_page(language, sentences(language).get(key) or abort(404))


@catalogues.post("/<tag>/sentences/<key>")
def save_a_sentence(tag: str, key: str) -> ResponseReturnValue:
    """``act``: save or take-back; ``is_reviewed``: by the colleague who saves."""
    language = language_of(tag)
    start_writing()
    known = sentences(language)
    if key not in known:
        return _too_late(language, gone_sentence(key) or abort(404))
    sentence, following = known[key], _following(language, key)
    typed = typed_of(sentence, forms_of(language)) or abort(400)
    is_taken_back = request.form.get("act") == "take-back"
    act = _take_back if is_taken_back else _save
    if (trouble := act(known, language, sentence, typed)) is not None:
        return _refused(language, key, trouble)
    db.session.commit()
    return _on_to(tag, sentence if is_taken_back else following, is_taken_back)


def _save(known: dict[str, Sentence], language: Language, sentence: Sentence, typed: Typed) -> Trouble | None:
    """Words that the page had already are saved only as reviewed."""
    is_reviewed = "is_reviewed" in request.form
    if not any(typed.words):
        return Trouble(typed, (Mistake(_("Enter the words in the other language")),))
    if typed.is_untouched and not is_reviewed and sentence.state == WRITTEN:
        return None
    return save_or_say_why(known, language, sentence, typed, datetime.now(UTC), is_reviewed)


def _take_back(_known: dict[str, Sentence], language: Language, sentence: Sentence, typed: Typed) -> Trouble | None:
    try:
        take_back(language, sentence.key, typed.version, writer(), datetime.now(UTC))
    except SavedMeanwhile as meanwhile:
        return after_another(typed, meanwhile)
    except NoSuchSentence:
        abort(400)
    return None


def _too_late(language: Language, sentence: Sentence) -> ResponseReturnValue:
    typed = typed_of(sentence, forms_of(language)) or abort(400)
    keep_words_for_later(language, sentence, typed, datetime.now(UTC))
    db.session.commit()
    return redirect(url_for(".see_the_work", tag=language.tag, **choice_of_request().in_address()), 303)


def _refused(language: Language, key: str, trouble: Trouble) -> ResponseReturnValue:
    """Nothing is written: let go of the database, and show what was typed."""
    db.session.rollback()
    return _sentence_page(language, sentences(language)[key], trouble), 409 if trouble.theirs else 422


def _on_to(tag: str, sentence: Sentence | None, is_taken_back: bool) -> ResponseReturnValue:
    choice = choice_of_request().in_address()
    if sentence is None:
        flash(_("Saved. That was the last one of this list."), "done")
        return redirect(url_for(".see_the_work", tag=tag, **choice), 303)
    is_next = _("Saved. Here is the next one.")
    flash(_("Taken back: the published words hold again.") if is_taken_back else is_next, "done")
    return redirect(url_for(".see_a_sentence", tag=tag, key=sentence.key, **choice), 303)


def _following(language: Language, key: str) -> Sentence | None:
    """The next one of the list from which this one was opened."""
    return after(list(chosen(sentences(language).values(), choice_of_request())), key)


def _sentence_page(language: Language, sentence: Sentence, trouble: Trouble | None = None) -> str:
    glossary, shown = glossary_of(language.tag), trouble.typed.words if trouble else sentence.words
    missed = {term.english for term in terms_missed(sentence.sources, shown, language.tag)}
    return render_template(
        "caseload/catalogue_sentence.html",
        its=language,
        sentence=sentence,
        typed=shown,
        trouble=trouble,
        choice=choice_of_request(),
        forms=forms_of(language) if len(sentence.sources) > 1 else 1,
        numbers=numbers_of_forms(language),
        terms=[(term, term.english in missed) for term in terms_in(sentence.sources, glossary)],
        notes=glossary.notes,
        suggestions=suggestions(sentence, sentences(language).values(), gone_of(language)),
        history=history_of(language.tag, sentence.key),
        seen_at=page_of(sentence.places, language.tag),
        following=_following(language, sentence.key),
    )
