"""The website's sentences, for translators: languages, the work list, one sentence, the file, a look at the site."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.caseload.catalogue_desk_routes import (
    Typed,
    catalogues,
    choice_of_request,
    language_of,
    saved_meanwhile_words,
    typed_of,
    writer,
)
from app.caseload.catalogue_list import after, chosen, counts, in_room, parts
from app.caseload.catalogue_places import page_of
from app.caseload.catalogue_words import CHOICES, problem_words
from app.extensions import db, start_writing
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import path_of
from app.languages.exporting import export
from app.languages.glossary import glossary_of, terms_in, terms_missed
from app.languages.models import ProposedWords
from app.languages.po_files import forms_of, numbers_of_forms
from app.languages.proposals import SavedMeanwhile, WordsRefused, save, save_one_of, take_back
from app.languages.sentences import Sentence, history_of, of_gone_sentences, sentences
from app.languages.suggesting import suggestions
from app.staff import previewing

PAGE = 20  # sentences
Trouble = tuple[Typed, list[str], ProposedWords | None]  # what was typed, why it is not saved, what another saved


@catalogues.get("")
def see_the_languages() -> ResponseReturnValue:
    rows = []
    for language in LANGUAGES.values():
        if language != DEFAULT and path_of(language).exists():
            rows.append((language, counts(sentences(language).values(), CHOICES), len(of_gone_sentences(language))))
    return render_template("caseload/catalogues.html", rows=rows, previewing_now=previewing.is_on())


@catalogues.get("/<tag>")
def see_the_work(tag: str) -> ResponseReturnValue:
    """``show``, ``room``, ``q``: which sentences; ``page`` of them."""
    return _list_page(language_of(tag))


@catalogues.post("/<tag>")
def save_many(tag: str) -> ResponseReturnValue:
    """Save every sentence of the page that was changed. One that is refused does not keep the others back."""
    language = language_of(tag)
    start_writing()
    known, kept = sentences(language), 0
    trouble: dict[str, Trouble] = {}
    now, forms = datetime.now(UTC), forms_of(language)
    asked = [known[key] for key in request.form.getlist("key")[: PAGE * 2] if key in known]
    for sentence in asked:
        typed = typed_of(sentence, forms)
        if typed is None or typed.words == sentence.words:
            continue
        try:
            row = save_one_of(known, language, sentence.key, typed.words, typed.version, writer(), now)
        except WordsRefused as refused:
            trouble[sentence.key] = (typed, [problem_words(one) for one in refused.problems], None)
        except SavedMeanwhile as meanwhile:
            trouble[sentence.key] = (typed, [saved_meanwhile_words(meanwhile.theirs.by_name)], meanwhile.theirs)
        else:
            kept += row is not None
    db.session.commit()
    said = ngettext("%(num)s sentence is saved.", "%(num)s sentences are saved.", kept)
    if trouble:
        return _list_page(language, [known[key] for key in trouble], trouble, said if kept else ""), 422
    flash(said, "done")
    choice = choice_of_request().in_address()
    return redirect(url_for(".see_the_work", tag=tag, page=request.args.get("page"), **choice), 303)


def _list_page(
    language: Language, only: list[Sentence] | None = None, trouble: dict[str, Trouble] | None = None, kept: str = ""
) -> str:
    known, choice = sentences(language), choice_of_request()
    found = only or list(chosen(known.values(), choice))
    last = max(1, -(-len(found) // PAGE))
    page = 1 if only else min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "caseload/catalogue.html",
        its=language,
        choice=choice,
        counts=counts(in_room(known.values(), choice.room), CHOICES),
        parts=parts(known.values()),
        found=len(found),
        rows=[_fresh(known, sentence) for sentence in found[(page - 1) * PAGE : page * PAGE]],
        page=page,
        last=last,
        trouble=trouble or {},
        kept=kept,
        numbers=numbers_of_forms(language),
        gone=of_gone_sentences(language),
        page_of=page_of,
    )


def _fresh(known: dict[str, Sentence], sentence: Sentence) -> Sentence:
    return known.get(sentence.key, sentence)


@catalogues.get("/<tag>/sentences/<key>")
def see_a_sentence(tag: str, key: str) -> ResponseReturnValue:
    language = language_of(tag)
    return _sentence_page(language, sentences(language).get(key) or abort(404))


@catalogues.post("/<tag>/sentences/<key>")
def save_a_sentence(tag: str, key: str) -> ResponseReturnValue:
    """``act``: save or take-back; ``is_reviewed``: by the colleague who saves."""
    language = language_of(tag)
    start_writing()
    sentence = sentences(language).get(key) or abort(404)
    typed = typed_of(sentence, forms_of(language)) or abort(400)
    following, is_taken_back = _following(language, key), request.form.get("act") == "take-back"
    if not any(typed.words) and not is_taken_back:
        return _dropped(_sentence_page(language, sentence, typed, [_("Enter the words in the other language")]), 422)
    try:
        if is_taken_back:
            take_back(language, key, typed.version, writer(), datetime.now(UTC))
        else:
            is_reviewed = "is_reviewed" in request.form
            save(language, key, typed.words, typed.version, writer(), datetime.now(UTC), is_reviewed=is_reviewed)
    except WordsRefused as refused:
        found = [problem_words(one) for one in refused.problems]
        return _dropped(_sentence_page(language, sentence, typed, found), 422)
    except SavedMeanwhile as meanwhile:
        return _dropped(_sentence_page(language, sentence, typed, theirs=meanwhile.theirs), 409)
    db.session.commit()
    return _on_to(tag, sentence if is_taken_back else following, is_taken_back)


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


def _sentence_page(
    language: Language,
    sentence: Sentence,
    typed: Typed | None = None,
    mistakes: list[str] | None = None,
    theirs: ProposedWords | None = None,
) -> str:
    glossary = glossary_of(language.tag)
    missed = {term.english for term in terms_missed(sentence.sources, sentence.words, language.tag)}
    return render_template(
        "caseload/catalogue_sentence.html",
        its=language,
        sentence=sentence,
        typed=typed.words if typed else sentence.words,
        mistakes=mistakes or [],
        theirs=theirs,
        choice=choice_of_request(),
        forms=forms_of(language) if len(sentence.sources) > 1 else 1,
        numbers=numbers_of_forms(language),
        terms=[(term, term.english in missed) for term in terms_in(sentence.sources, glossary)],
        notes=glossary.notes,
        suggestions=suggestions(sentence, sentences(language).values(), of_gone_sentences(language)),
        history=history_of(language.tag, sentence.key),
        seen_at=page_of(sentence.places, language.tag),
        following=_following(language, sentence.key),
    )


def _dropped(page: str, status: int) -> ResponseReturnValue:
    """Nothing was written: let go of the database."""
    db.session.rollback()
    return page, status


@catalogues.get("/<tag>/messages.po")
def take_the_file(tag: str) -> ResponseReturnValue:
    """The catalogue with everything that was saved, ready to be committed."""
    language = language_of(tag)
    response = Response(export(language), mimetype="text/x-gettext-translation")
    response.headers["Content-Disposition"] = f'attachment; filename="{language.tag}.po"'
    return response


@catalogues.post("/<tag>/look")
def look_at_the_site(tag: str) -> ResponseReturnValue:
    """See the public pages with the saved words: in this browser, until ``stop_looking``. ``page``: where to begin."""
    language = language_of(tag)
    previewing.begin(language.tag)
    return redirect(_own_page(request.form.get("page"), language), 303)


def _own_page(address: str | None, language: Language) -> str:
    """A public page of this language; the home page for anything else."""
    parts_of_it = urlsplit(address or "")
    is_ours = not parts_of_it.scheme and not parts_of_it.netloc and parts_of_it.path.startswith(f"/{language.tag}/")
    is_page = is_ours and current_app.url_map.bind("").test(parts_of_it.path, "GET")
    return parts_of_it.path if is_page else url_for("pages.home", language=language.tag)


@catalogues.post("/stop-looking")
def stop_looking() -> ResponseReturnValue:
    previewing.end()
    return redirect(url_for(".see_the_languages"), 303)
