"""The order of an enquiry's questions: first what may answer it, and what cannot wait for an answer."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.enquiries import forms
from app.enquiries.topics import is_emergency, topic_of
from app.journeys.questions import Answers, Journey, Question
from app.landlords.standards import Landlord
from app.reception.danger_forms import Called
from app.reception.dangers import is_dangerous
from app.reception.questions import (
    ATTACH,
    CALL_NOW,
    CALL_US_NOW,
    DANGEROUS,
    HOW_TO_ANSWER,
    NEEDS,
    PEOPLE_AT_RISK,
    PERSON,
    SINCE_WHEN,
    WHO,
)
from app.reception.unhappy import OFFER_OF_COMPLAINT


def may_be_answered(answers: Answers, landlord: Landlord) -> bool:
    topic = topic_of(answers, landlord)
    return topic is not None and bool(topic.help)


def is_about_a_repair(answers: Answers, landlord: Landlord) -> bool:
    topic = topic_of(answers, landlord)
    return topic is not None and topic.is_repair


ENQUIRY = Journey(
    "enquiry",
    (
        Question("topic", _l("What is your question about?"), forms.Topic),
        Question(
            "help", _l("This may answer your question"), forms.Help, may_be_answered, template="enquiries/help.html"
        ),
        Question("what-is-wrong", _l("What is wrong?"), forms.WhatIsWrong, is_about_a_repair),
        Question("call-now", CALL_NOW, Called, is_emergency, template="reception/call_now.html"),
        Question("what-happened", _l("What would you like to ask or tell us?"), forms.YourQuestion),
        DANGEROUS,
        CALL_US_NOW,
        replace(WHO, applies=is_dangerous),
        PEOPLE_AT_RISK,
        SINCE_WHEN,
        OFFER_OF_COMPLAINT,
        ATTACH,
        *PERSON,
        *HOW_TO_ANSWER,
        *NEEDS,
    ),
    check_template="enquiries/check.html",
)
