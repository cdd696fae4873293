"""The website's sentences, for translators: languages, the work list, the file, a look at the site."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.caseload.catalogue_desk_routes import catalogues, choice_of_request, gone_sentence, language_of, typed_of
from app.caseload.catalogue_list import chosen, counts, in_room, parts
from app.caseload.catalogue_saving import Trouble, keep_words_for_later, save_or_say_why
from app.caseload.catalogue_words import CHOICES
from app.extensions import db, start_writing
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import path_of
from app.languages.exporting import export
from app.languages.po_files import forms_of, numbers_of_forms
from app.languages.sentences import Sentence, of_gone_sentences, sentences
from app.staff import previewing

PAGE = 20  # sentences


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
    known, kept, now = sentences(language), 0, datetime.now(UTC)
    trouble: dict[str, Trouble] = {}
    for key in request.form.getlist("key")[:PAGE]:
        sentence = known.get(key) or gone_sentence(key)
        typed = typed_of(sentence, forms_of(language)) if sentence else None
        if sentence is None or typed is None or typed.is_untouched or typed.words == sentence.words:
            continue
        if key not in known:
            keep_words_for_later(language, sentence, typed, now)
        elif (found := save_or_say_why(known, language, sentence, typed, now)) is None:
            kept += any(typed.words)
        else:
            trouble[key] = found
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
    )


def _fresh(known: dict[str, Sentence], sentence: Sentence) -> Sentence:
    return known.get(sentence.key, sentence)


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
