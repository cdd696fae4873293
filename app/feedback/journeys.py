"""The order of the questions of a compliment and of a suggestion, and when each is asked."""

from collections.abc import Callable
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.feedback import forms
from app.journeys.questions import Answers, Journey, Question
from app.landlords.standards import Landlord
from app.reception.questions import ADDRESS, ATTACH, HOW_TO_ANSWER, KEEP_NOTE, NAME, NEEDS
from app.reception.unhappy import OFFER_OF_COMPLAINT

ON_PAPER = ("large-print", "braille", "audio-cd")  # formats that somebody chose because they need them in the post
Applies = Callable[[Answers, Landlord], bool]


def is_about_a_team(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("thanked") == "team"


def wants_an_answer(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("wants_answer") == "yes"


def is_written_to_at_home(answers: Answers, landlord: Landlord) -> bool:
    """Nobody has to say where they live whom we answer in another way."""
    by_post = answers.get("format") in ON_PAPER and not answers.get("email")
    return answers.get("contact_channel") == "letter" or by_post


def if_wanted(question: Question, applies: Applies | None = None) -> Question:
    """The question, for those who would like an answer."""
    also = applies or question.applies

    def both(answers: Answers, landlord: Landlord) -> bool:
        return wants_an_answer(answers, landlord) and also(answers, landlord)

    return replace(question, applies=both)


ANSWER = (
    Question("answer", _l("Would you like an answer?"), forms.WantsAnswer),
    *(if_wanted(question) for question in (NAME, *HOW_TO_ANSWER, *NEEDS) if question is not KEEP_NOTE),
    if_wanted(ADDRESS, is_written_to_at_home),
    if_wanted(KEEP_NOTE),
)

COMPLIMENT = Journey(
    "compliment",
    (
        Question("whom", _l("Whom is it about?"), forms.Thanked),
        Question("team", _l("Which team is it about?"), forms.WhichTeam, is_about_a_team),
        Question("what-happened", _l("What was good?"), forms.WhatWasGood),
        OFFER_OF_COMPLAINT,
        ATTACH,
        Question("sharing", _l("May we share what you wrote?"), forms.Sharing),
        *ANSWER,
    ),
    check_template="feedback/check_compliment.html",
)
SUGGESTION = Journey(
    "suggestion",
    (
        Question("about", _l("What is your idea about?"), forms.Area),
        Question("idea", _l("What is your idea?"), forms.Idea),
        OFFER_OF_COMPLAINT,
        ATTACH,
        Question("publishing", _l("May we publish your idea?"), forms.Publishing),
        *ANSWER,
    ),
    check_template="feedback/check_suggestion.html",
)
