"""The questions of a complaint: for whom, what, when, and what would put it right."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.reception.person_forms import YES_OR_NO


class Representing(QuestionForm):
    representing_name = Line(
        _l("Who you are complaining for"),
        hint=_l("Write their first name and last name."),
        needed=_l("Enter the name of the person you are complaining for"),
        spellcheck=False,
    )
    representing_relation = Line(
        _l("How you know them"),
        hint=_l("For example: I am her son, or I am his support worker."),
        needed=_l("Enter how you know the person you are complaining for"),
    )


class Permission(QuestionForm):
    representing_permission = Choice(
        _l("Whether they agreed"),
        [Pick("yes", _l("Yes, they agreed")), Pick("no", _l("Not yet"), hint=_l("We will ask them first."))],
        hint=_l("We need this before we can talk with you about them."),
        needed=_l("Choose whether they agreed"),
    )


class Banding(QuestionForm):
    about_banding = Choice(
        _l("Whether it is about your place on the housing list"),
        YES_OR_NO,
        needed=_l("Choose yes if it is about your band or your place on the housing list"),
    )


class WhatHappened(QuestionForm):
    what_happened = Text(
        _l("What happened"),
        hint=_l("Write in your own words, in any language. Say where it happened and who was there, if you can."),
        needed=_l("Enter what happened"),
        rows=10,
    )


class When(QuestionForm):
    how_long_ago = Choice(
        _l("How long ago it was"),
        [
            Pick("within-12-months", _l("In the last 12 months")),
            Pick(
                "longer",
                _l("More than 12 months ago"),
                hint=_l("Tell us below why you could not write to us before. We may still be able to help."),
            ),
            Pick("not-sure", _l("I am not sure")),
        ],
        needed=_l("Choose how long ago it happened"),
    )
    when_happened = Text(
        _l("When it happened"),
        hint=_l("Write what you remember. For example: last winter, or every day since May. You can leave this empty."),
        longest=2_000,
        rows=3,
    )


class Service(QuestionForm):
    service = Choice(
        _l("Which service it is about"),
        hint=_l("Choose the one that fits best."),
        needed=_l("Choose what your complaint is about"),
    )

    def prepare(self) -> None:
        self.service.offer([Pick(option.key, _(option.label)) for option in self.landlord.services])


class Outcome(QuestionForm):
    outcome_sought = Text(
        _l("What would put it right"),
        hint=_l("For example: a repair, a visit, or an apology. If you do not know yet, write that."),
        needed=_l("Enter what would put it right, or that you do not know yet"),
        rows=6,
    )


class RaisedBefore(QuestionForm):
    raised_before = Choice(
        _l("Whether you told us before"),
        [*YES_OR_NO, Pick("not-sure", _l("I am not sure"))],
        needed=_l("Choose whether you told us before"),
        reveals={"yes": "raised_before_details"},
    )
    raised_before_details = Text(
        _l("What you told us before"),
        hint=_l("Write when, and who you spoke to, if you remember. You can leave this empty."),
        longest=5_000,
        rows=4,
    )
