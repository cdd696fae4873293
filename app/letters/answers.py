"""What a tenant told us, question by question, as a letter repeats it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.cases.models import Contact
from app.landlords.shapes import Landlord


@dataclass(frozen=True)
class Told:
    """``words`` are in the tenant's own language when ``is_own_words``, else in the letter's."""

    question: str
    words: str
    is_own_words: bool


def told(contact: Contact, landlord: Landlord) -> tuple[Told, ...]:
    """Every answer that was given, in the order of the questions; what was left empty is left out."""
    found = []
    questions = _questions()
    choices = _choices(landlord)
    for key in (*questions, *(key for key in contact.answers if key not in questions)):
        answer = contact.answers.get(key)
        if answer in (None, "", [], ()):
            continue
        words = _words(answer, choices.get(key, {}))
        found.append(Told(questions.get(key, key), words or str(answer), words is None))
    return tuple(found)


def _words(answer: Any, choices: Mapping[str, str]) -> str | None:
    """The label of an answer that was chosen from a list; None for one in the tenant's own words."""
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if isinstance(answer, str) and answer in choices:
        return choices[answer]
    return None


def _questions() -> dict[str, str]:
    return {
        "who": _("Who you are"),
        "representing_name": _("Who you are complaining for"),
        "representing_relation": _("How you know them"),
        "representing_permission": _("Whether they agreed"),
        "about_banding": _("Whether it is about your place on the housing list"),
        "what_happened": _("What happened"),
        "when_happened": _("When it happened"),
        "how_long_ago": _("How long ago it was"),
        "service": _("Which service it is about"),
        "outcome_sought": _("What would put it right"),
        "raised_before": _("Whether you told us before"),
        "raised_before_details": _("What you told us before"),
    }


def _choices(landlord: Landlord) -> dict[str, dict[str, str]]:
    yes_or_no = {"yes": _("Yes"), "no": _("No")}
    return {
        "who": {option.key: _(option.label) for option in landlord.who_may_complain},
        "service": {option.key: _(option.label) for option in landlord.services},
        "representing_permission": yes_or_no,
        "about_banding": yes_or_no,
        "raised_before": yes_or_no,
    }
