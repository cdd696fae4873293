"""The questions of a compliment and of a suggestion."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.reception.person_forms import YES_OR_NO


class Thanked(QuestionForm):
    thanked = Choice(
        _l("Whom it is about"),
        [
            Pick("colleague", _l("One person")),
            Pick("team", _l("A team")),
            Pick("not-sure", _l("I am not sure")),
        ],
        needed=_l("Choose whom it is about"),
        reveals={"colleague": "colleague_name"},
    )
    colleague_name = Line(
        _l("The person’s name"),
        hint=_l("First name and last name, if you know them. Then we can tell the person and their line manager."),
        spellcheck=False,
    )

    def prepare(self) -> None:
        if self.thanked.data == "colleague":
            self.colleague_name.needed = _l("Enter the person’s name, or as much of it as you know")


class WhichTeam(QuestionForm):
    team_thanked = Choice(
        _l("Which team"),
        hint=_l("Choose the one that fits best."),
        needed=_l("Choose the team"),
    )

    def prepare(self) -> None:
        self.team_thanked.offer([Pick(option.key, _(option.label)) for option in self.landlord.teams])


class WhatWasGood(QuestionForm):
    what_happened = Text(
        _l("What was good"),
        hint=_l("Write in your own words, in any language."),
        needed=_l("Enter what was good"),
    )


class Sharing(QuestionForm):
    may_share = Choice(
        _l("Whether we may share it"),
        [
            Pick("publish", _l("Yes, with everybody, but without my name")),
            Pick("colleagues", _l("Yes, but only with people who work here")),
            Pick("no", _l("No")),
        ],
        hint=_l("When you praise a person, we always tell them and their line manager."),
        needed=_l("Choose whether we may share it"),
    )


class Area(QuestionForm):
    service = Choice(
        _l("Which service it is about"),
        hint=_l("Choose the one that fits best."),
        needed=_l("Choose what your idea is about"),
    )

    def prepare(self) -> None:
        self.service.offer([Pick(option.key, _(option.label)) for option in self.landlord.services])


class Idea(QuestionForm):
    what_happened = Text(
        _l("Your idea"),
        hint=_l("Write in your own words, in any language. Say what would be better with it, if you can."),
        needed=_l("Enter your idea"),
    )


class Publishing(QuestionForm):
    may_publish = Choice(
        _l("Whether we may publish it"),
        [
            Pick("yes", _l("Yes, without my name")),
            Pick("no", _l("No")),
        ],
        hint=_l("We like to show which ideas we were given, and what became of them."),
        needed=_l("Choose whether we may publish it"),
    )


class WantsAnswer(QuestionForm):
    wants_answer = Choice(
        _l("Whether you would like an answer"),
        YES_OR_NO,
        hint=_l("For an answer we need your name, and an address or a phone number. Without, you can stay unnamed."),
        needed=_l("Choose whether you would like an answer"),
    )
