"""What the translators' pages say: parts of the site, states of a sentence, what is wrong with one."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.languages.checking import Problem

ROOMS: Mapping[str, str] = {
    "complaints": _l("The complaint form"),
    "antisocial_behaviour": _l("Reporting antisocial behaviour"),
    "feedback": _l("Compliments and suggestions"),
    "enquiries": _l("Asking a question"),
    "call_backs": _l("Being called back"),
    "forms": _l("What all forms share"),
    "tracking": _l("Following a case"),
    "letters": _l("Letters and emails"),
    "pages": _l("Pages of the website"),
    "notices": _l("Service notices"),
    "policies": _l("Promises and choices of the landlord"),
    "formats": _l("Formats: sound, print, braille"),
    "staff": _l("Staff pages"),
    "elsewhere": _l("Anything else"),
}
CHOICES: Mapping[str, str] = {
    "missing": _l("Missing"),
    "changed": _l("The English has changed"),
    "fuzzy": _l("Guesses to check"),
    "saved": _l("Saved here, not published"),
    "overtaken": _l("Published otherwise meanwhile"),
    "not-reviewed": _l("Not reviewed"),
    "reviewed": _l("Reviewed"),
    "all": _l("All sentences"),
}


def problem_words(problem: Problem) -> str:
    """One sentence for whoever wrote the words."""
    what = problem.what
    said: Mapping[str, str] = {
        "unknown-placeholder": _("%(what)s is not in the English", what=what),
        "lost-placeholder": _("%(what)s is missing: it must stand in your words as it is", what=what),
        "broken-placeholder": _("%(what)s is not a whole placeholder, and a per cent sign is written twice", what=what),
        "strange-mark-up": _("%(what)s is mark-up that the English does not have", what=what),
        "lost-mark-up": _("%(what)s is missing: keep the mark-up of the English", what=what),
        "straight-quote": _("Use the quotation marks of your language in place of straight ones"),
        "hidden-character": _("There is a hidden character: %(what)s", what=what),
        "open-isolate": _("A part in another direction begins and does not end"),
        "crossed-mark-up": _("%(what)s is in the wrong place: keep the order of the mark-up", what=what),
        "too-long": _("%(what)s characters are many times those of the English", what=what),
        "line-break": _("Write it in one line, as the English is"),
        "edges": _("It must begin and end with the same spaces as the English"),
        "wrong-number-of-forms": _("The language does not have %(what)s forms of the plural", what=what),
        "empty-form": _("Form %(what)s of the plural has no words", what=what),
    }
    words = said[problem.kind]
    if problem.form is None or problem.kind == "empty-form":
        return words
    # Translators: a mistake in one form of a plural: Form 2: %(num)s is missing
    return _("Form %(form)s: %(problem)s", form=problem.form + 1, problem=words)
