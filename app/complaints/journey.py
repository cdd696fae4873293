"""The order of a complaint's questions, and when each is asked."""

from flask_babel import lazy_gettext as _l

from app.complaints import forms
from app.journeys.questions import Answers, Ending, Journey, Question
from app.landlords.standards import Complainant, Landlord
from app.reception.questions import (
    ATTACH,
    CALL_US_NOW,
    DANGEROUS,
    HOW_TO_ANSWER,
    NEEDS,
    PEOPLE_AT_RISK,
    PERSON,
    SINCE_WHEN,
    WHO,
)


def _complainant(answers: Answers, landlord: Landlord) -> Complainant | None:
    return next((one for one in landlord.who_may_complain if one.key == answers.get("who")), None)


def is_for_somebody_else(answers: Answers, landlord: Landlord) -> bool:
    complainant = _complainant(answers, landlord)
    return complainant is not None and complainant.needs_permission


def may_be_about_banding(answers: Answers, landlord: Landlord) -> bool:
    complainant = _complainant(answers, landlord)
    return complainant is not None and complainant.may_ask_about_banding


def is_about_banding(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("about_banding") == "yes"


COMPLAINT = Journey(
    "complaint",
    (
        WHO,
        Question("who-for", _l("Who are you complaining for?"), forms.Representing, is_for_somebody_else),
        Question("permission", _l("Did they agree that you speak for them?"), forms.Permission, is_for_somebody_else),
        Question("banding", _l("Is it about your place on the housing list?"), forms.Banding, may_be_about_banding),
        Ending("the-council", _l("Your council deals with this"), "complaints/the_council.html", is_about_banding),
        Question("what-happened", _l("What happened?"), forms.WhatHappened),
        DANGEROUS,
        CALL_US_NOW,
        PEOPLE_AT_RISK,
        SINCE_WHEN,
        Question("when", _l("When did it happen?"), forms.When),
        Question("service", _l("What is your complaint about?"), forms.Service),
        Question("outcome", _l("What would put it right?"), forms.Outcome),
        ATTACH,
        Question("told-before", _l("Did you tell us about this before?"), forms.RaisedBefore),
        *PERSON,
        *HOW_TO_ANSWER,
        *NEEDS,
    ),
    check_template="complaints/check.html",
)
