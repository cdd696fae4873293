"""Ask a question, page by page; what cannot wait is sent to the phone."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint

from app.enquiries.actions import make_enquiry
from app.enquiries.journey import ENQUIRY
from app.enquiries.topics import service_of
from app.journeys.carrying import offer_complaint
from app.journeys.questions import Answers
from app.landlords.standards import Landlord
from app.reception.dangers import danger_of
from app.reception.routes import register_form


def _also_known(answers: Answers, landlord: Landlord) -> Mapping[str, Any]:
    """A topic, or a hazard, says which service a complaint is about; a danger is one there too."""
    danger = danger_of(answers, landlord)
    return {"service": service_of(answers, landlord), "danger_at_home": danger.key if danger else None}


enquiries = Blueprint("enquiries", __name__, url_prefix="/<lang:language>/enquiry")
offer_complaint(enquiries, ENQUIRY, _also_known, tell=("what_is_wrong", "danger_at_home", "people_at_risk"))
register_form(enquiries, ENQUIRY, make_enquiry, "enquiries/received.html")
