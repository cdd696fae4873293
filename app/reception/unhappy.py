"""Dissatisfaction in what is no complaint yet: we offer to deal with it as one (Code 1.3). Asked once, never twice."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.journeys.forms import NothingAsked
from app.journeys.questions import Answers, Question
from app.landlords.standards import Landlord
from app.reception.listening import DISSATISFACTION, heard


class Offer(NothingAsked):
    """No field: "yes" is a button of its own that leads to the complaint form, and going on says no."""

    def kept(self) -> dict[str, Any]:
        return {"complaint_offered": "no"}


def sounds_unhappy(answers: Answers, landlord: Landlord) -> bool:
    return bool(heard(DISSATISFACTION, answers.get("what_happened")))


OFFER_OF_COMPLAINT = Question(
    "not-happy",
    _l("Shall we deal with this as a complaint?"),
    Offer,
    sounds_unhappy,
    template="reception/not_happy.html",
)
