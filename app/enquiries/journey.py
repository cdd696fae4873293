"""The order of an enquiry's questions: first what may answer it, and what cannot wait for an answer."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.enquiries import forms
from app.enquiries.dangers import danger_in, danger_of, sounds_dangerous, topic_of
from app.journeys.questions import Answers, Journey, Question
from app.landlords.standards import Landlord
from app.reception.questions import ATTACH, HOW_TO_ANSWER, NEEDS, PERSON, WHO
from app.reception.unhappy import OFFER_OF_COMPLAINT

CALL_NOW = _l("Do not wait: call now")


def may_be_answered(answers: Answers, landlord: Landlord) -> bool:
    topic = topic_of(answers, landlord)
    return topic is not None and bool(topic.help)


def is_about_a_repair(answers: Answers, landlord: Landlord) -> bool:
    topic = topic_of(answers, landlord)
    return topic is not None and topic.is_repair


def is_emergency(answers: Answers, landlord: Landlord) -> bool:
    danger = danger_in(answers, landlord, "what_is_wrong")
    return danger is not None and danger.is_emergency


def turns_out_an_emergency(answers: Answers, landlord: Landlord) -> bool:
    danger = danger_in(answers, landlord, "danger_at_home")
    return danger is not None and danger.is_emergency


def is_dangerous(answers: Answers, landlord: Landlord) -> bool:
    return danger_of(answers, landlord) is not None


ENQUIRY = Journey(
    "enquiry",
    (
        Question("topic", _l("What is your question about?"), forms.Topic),
        Question(
            "help", _l("This may answer your question"), forms.Help, may_be_answered, template="enquiries/help.html"
        ),
        Question("what-is-wrong", _l("What is wrong?"), forms.WhatIsWrong, is_about_a_repair),
        Question("call-now", CALL_NOW, forms.Called, is_emergency, template="enquiries/call_now.html"),
        Question("what-happened", _l("What would you like to ask or tell us?"), forms.YourQuestion),
        Question(
            "dangerous",
            _l("Is something in your home dangerous, or making somebody ill?"),
            forms.DangerAtHome,
            sounds_dangerous,
        ),
        Question("call-us-now", CALL_NOW, forms.Called, turns_out_an_emergency, template="enquiries/call_now.html"),
        replace(WHO, applies=is_dangerous),
        Question("people", _l("Do any of these people live in your home?"), forms.PeopleAtRisk, is_dangerous),
        Question("since-when", _l("Since when has it been like this?"), forms.SinceWhen, is_dangerous),
        OFFER_OF_COMPLAINT,
        ATTACH,
        *PERSON,
        *HOW_TO_ANSWER,
        *NEEDS,
    ),
    check_template="enquiries/check.html",
)
