"""The questions of an enquiry."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Pick, Text
from app.journeys.forms import NothingAsked, QuestionForm
from app.reception.danger_forms import picks_of


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


class WhatIsWrong(QuestionForm):
    what_is_wrong = Choice(
        _l("What is wrong"),
        hint=_l("Choose the first that fits."),
        needed=_l("Choose what is wrong, or the last answer if it is something else"),
    )

    def prepare(self) -> None:
        self.what_is_wrong.offer(picks_of(self.landlord.dangers))


class YourQuestion(QuestionForm):
    what_happened = Text(
        _l("Your question"),
        hint=_l("Write in your own words, in any language. If something is wrong, say where it is."),
        needed=_l("Enter your question"),
    )
