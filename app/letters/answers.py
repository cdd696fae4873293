"""What a tenant told us, question by question, as a letter repeats it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cases.models import Contact
from app.landlords.shapes import Landlord, Option
from app.languages.lists import listed
from app.letters import answers_antisocial_behaviour as antisocial_behaviour
from app.letters import answers_feedback_enquiry as feedback_enquiry
from app.letters import answers_following as following

# The questions whose answers a contact holds, in the order in which a letter repeats them.
QUESTIONS: Mapping[str, str] = {
    "who": _l("Who you are"),
    "representing_name": _l("Who you are complaining for"),
    "representing_relation": _l("How you know them"),
    "representing_permission": _l("Whether they agreed"),
    "about_banding": _l("Whether it is about your place on the housing list"),
    **antisocial_behaviour.QUESTIONS_FIRST,
    **feedback_enquiry.QUESTIONS_FIRST,
    "what_happened": _l("What happened"),
    "how_long_ago": _l("How long ago it was"),
    "when_happened": _l("When it happened"),
    "service": _l("Which service it is about"),
    "outcome_sought": _l("What would put it right"),
    "attached": _l("Files you sent"),
    "raised_before": _l("Whether you told us before"),
    "raised_before_details": _l("What you told us before"),
    **antisocial_behaviour.QUESTIONS,
    **feedback_enquiry.QUESTIONS,
    **following.QUESTIONS,
}
_YES_OR_NO = {"yes": _l("Yes"), "no": _l("No")}
_NOT_SURE = {"not-sure": _l("I am not sure")}
# Answers that are chosen from a list of ours, the landlord's lists apart.
CHOSEN: Mapping[str, Mapping[str, str]] = {
    "how_long_ago": {
        "within-12-months": _l("In the last 12 months"),
        "longer": _l("More than 12 months ago"),
        **_NOT_SURE,
    },
    "representing_permission": {"yes": _l("Yes, they agreed"), "no": _l("Not yet")},
    "about_banding": _YES_OR_NO,
    "raised_before": {**_YES_OR_NO, **_NOT_SURE},
    **antisocial_behaviour.CHOSEN,
    **feedback_enquiry.CHOSEN,
    **following.CHOSEN,
}


@dataclass(frozen=True)
class Told:
    """``words`` are in the tenant's own language when ``is_own_words``, else in the letter's."""

    question: str
    words: str
    is_own_words: bool


def options_of(landlord: Landlord) -> Mapping[str, Sequence[Option]]:
    """The answers that this landlord's policy offers, by question."""
    return {
        "who": landlord.who_may_complain,
        "service": landlord.services,
        "behaviour_kinds": landlord.antisocial_behaviour_kinds,
        **feedback_enquiry.options_of(landlord),
    }


def told(contact: Contact, landlord: Landlord) -> tuple[Told, ...]:
    """Every answer that was given, in the order of the questions; what was left empty is left out."""
    found = []
    for key in (*QUESTIONS, *(key for key in contact.answers if key not in QUESTIONS)):
        answer = contact.answers.get(key)
        if answer in (None, "", [], ()):
            continue
        words = (
            _words_of_list(key, answer, landlord)
            if isinstance(answer, list)
            else words_of_answer(key, answer, landlord)
        )
        found.append(Told(_label(key, contact), words or str(answer), words is None))
    return tuple(found)


def _label(key: str, contact: Contact) -> str:
    """As the form of this kind has it."""
    if key == "what_happened" and contact.purpose in (None, "opening") and contact.case:
        return str(feedback_enquiry.MAIN_WORDS.get(contact.case.kind, QUESTIONS[key]))
    return str(QUESTIONS.get(key, key))


def _words_of_list(key: str, answers: list[Any], landlord: Landlord) -> str:
    """The labels of all that were chosen."""
    return listed(words_of_answer(key, one, landlord) or one for one in answers)


def words_of_answer(key: str, answer: Any, landlord: Landlord) -> str | None:
    """The label of an answer that was chosen from a list; None for one in the tenant's own words."""
    if (options := options_of(landlord).get(key)) is not None:
        return next((_(option.label) for option in options if option.key == answer), None)
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    label = CHOSEN.get(key, {}).get(answer)
    return str(label) if label is not None else None
