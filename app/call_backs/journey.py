"""The order of the questions before a call."""

from flask_babel import lazy_gettext as _l

from app.call_backs import forms
from app.call_backs.actions import SOONEST
from app.journeys.questions import Answers, Journey, Question
from app.landlords.standards import Landlord
from app.reception.person_forms import PhoneNumber
from app.reception.questions import INTERPRETER


def wants_a_certain_day(answers: Answers, landlord: Landlord) -> bool:
    return answers.get("day") != SOONEST


CALL_BACK = Journey(
    "call-back",
    (
        Question("before-you-ask", _l("Ask us to call you"), forms.Before, template="call_backs/before.html"),
        Question("name", _l("What is your name?"), forms.Name),
        Question("phone", _l("Which number should we call?"), PhoneNumber),
        Question("about", _l("What is it about?"), forms.About),
        INTERPRETER,
        Question("day", _l("When should we call you?"), forms.Day, template="call_backs/when.html"),
        Question(
            "time",
            _l("Which time suits you?"),
            forms.Time,
            wants_a_certain_day,
            template="call_backs/when.html",
        ),
    ),
    check_template="call_backs/check.html",
)
