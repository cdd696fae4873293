"""Saving what a translator typed on a page of the desk, and saying why something is not saved."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash
from flask_babel import gettext as _

from app.caseload.catalogue_desk_routes import Typed, writer
from app.caseload.catalogue_words import problem_words
from app.languages import Language
from app.languages.proposals import NoSuchSentence, SavedMeanwhile, WordsRefused, keep_for_later, save_one_of
from app.languages.sentences import Sentence, Words


@dataclass(frozen=True)
class Theirs:
    """What stands there now, from a colleague; without a name, from an update of the application."""

    by_name: str
    words: Words
    version: int

    @property
    def said(self) -> str:
        if not self.by_name:
            return _("Other words were published meanwhile. Nothing of yours is lost: compare the two.")
        return _(
            "%(who)s has saved this sentence meanwhile. Nothing of yours is lost: compare the two.", who=self.by_name
        )


@dataclass(frozen=True)
class Mistake:
    """``form``: in which form of a plural it is, counted from 0."""

    text: str
    form: int = 0


@dataclass(frozen=True)
class Trouble:
    """What was typed, what is wrong with it, and what stands there meanwhile."""

    typed: Typed
    mistakes: tuple[Mistake, ...] = ()
    theirs: Theirs | None = None
    is_reviewed: bool = False  # ticked with it


def save_or_say_why(
    known: dict[str, Sentence],
    language: Language,
    sentence: Sentence,
    typed: Typed,
    at: datetime,
    is_reviewed: bool = False,
) -> Trouble | None:
    """Save the words of one of ``known``; None where that is done. No commit. Aborts with 400 on what no page has."""
    if typed.was_published_otherwise(sentence):
        return _after(typed, Theirs("", sentence.words, sentence.version))
    try:
        save_one_of(known, language, sentence.key, typed.words, typed.version, writer(), at, is_reviewed=is_reviewed)
    except WordsRefused as refused:
        found = tuple(Mistake(problem_words(one), one.form or 0) for one in refused.problems)
        return Trouble(typed, found, is_reviewed=is_reviewed)
    except SavedMeanwhile as meanwhile:
        return after_another(typed, meanwhile)
    except NoSuchSentence:
        abort(400)
    return None


def after_another(typed: Typed, meanwhile: SavedMeanwhile) -> Trouble:
    theirs = meanwhile.theirs
    return _after(typed, Theirs(theirs.by_name, tuple(theirs.words), theirs.version))


def _after(typed: Typed, theirs: Theirs) -> Trouble:
    """A tick beside words is not one beside those of others."""
    return Trouble(typed, (Mistake(theirs.said),), theirs)


def keep_words_for_later(language: Language, sentence: Sentence, typed: Typed, at: datetime) -> None:
    """The application was updated while somebody wrote, and does not have the sentence any more. No commit."""
    if any(typed.words):
        context = sentence.message.context
        keep_for_later(language, context, sentence.sources, typed.words, writer(), at)
        # Translators: said to a colleague who translates, of one sentence of the website or of several
        said = _("The website has been updated meanwhile, and does not say this any more. Your words are kept.")
        flash(said, "problem")
