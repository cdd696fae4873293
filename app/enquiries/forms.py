"""The questions of an enquiry."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Choices, Line, Pick, Text
from app.journeys.forms import NothingAsked, QuestionForm
from app.landlords.enquiry_shapes import Danger
from app.letters.answers_feedback_enquiry import CHOSEN


class Topic(QuestionForm):
    topic = Choice(
        _l("What your question is about"),
        hint=_l("Choose the one that fits best."),
        needed=_l("Choose what your question is about"),
    )

    def prepare(self) -> None:
        self.topic.offer([Pick(topic.key, _(topic.label)) for topic in self.landlord.enquiry_topics])


class Help(NothingAsked):
    """What may answer the question before it is asked."""


def picks_of(dangers: Iterable[Danger]) -> list[Pick]:
    return [Pick(danger.key, _(danger.label)) for danger in dangers]


class WhatIsWrong(QuestionForm):
    what_is_wrong = Choice(
        _l("What is wrong"),
        hint=_l("Choose the first that fits."),
        needed=_l("Choose what is wrong, or the last answer if it is something else"),
    )

    def prepare(self) -> None:
        self.what_is_wrong.offer(picks_of(self.landlord.dangers))


class DangerAtHome(QuestionForm):
    danger_at_home = Choice(
        _l("What is dangerous or makes somebody ill"),
        hint=_l("We ask because of something that you wrote. Choose the first that fits."),
        needed=_l("Choose what is dangerous, or the last answer if nothing is"),
    )

    def prepare(self) -> None:
        self.danger_at_home.offer(picks_of(self.landlord.dangers))


class Called(QuestionForm):
    emergency_call = Choice(
        _l("Have you called?"),
        [
            Pick(key, words, hint=_l("We read what you send here when our office is open, and not at night."))
            if key == "cannot-call"
            else Pick(key, words)
            for key, words in CHOSEN["emergency_call"].items()
        ],
        needed=_l("Choose whether you have called"),
    )


class YourQuestion(QuestionForm):
    what_happened = Text(
        _l("Your question"),
        hint=_l("Write in your own words, in any language. If something is wrong, say where it is."),
        needed=_l("Enter your question"),
    )


class PeopleAtRisk(QuestionForm):
    people_at_risk = Choices(
        _l("Who lives in your home"),
        [Pick(key, words) for key, words in CHOSEN["people_at_risk"].items()],
        hint=_l("Choose all that are right. Leave it empty if none is. We ask so that we know how fast to come."),
    )


class SinceWhen(QuestionForm):
    since_when = Line(
        _l("Since when it has been like this"),
        hint=_l("For example: since last winter, or for three days. You can leave this empty."),
    )
