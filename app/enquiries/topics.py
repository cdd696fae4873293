"""What an enquiry is about."""

from app.journeys.questions import Answers
from app.landlords.enquiry_shapes import EnquiryTopic
from app.landlords.standards import Landlord
from app.reception.dangers import danger_in, hazard_of

DAMP_AND_MOULD, SAFETY = "damp-and-mould", "safety"  # services of every policy


def topic_of(answers: Answers, landlord: Landlord) -> EnquiryTopic | None:
    return next((topic for topic in landlord.enquiry_topics if topic.key == answers.get("topic")), None)


def is_emergency(answers: Answers, landlord: Landlord) -> bool:
    danger = danger_in(answers, landlord, "what_is_wrong")
    return danger is not None and danger.is_emergency


def service_of(answers: Answers, landlord: Landlord) -> str | None:
    """The service that a complaint with these answers is about."""
    hazard, topic = hazard_of(answers, landlord), topic_of(answers, landlord)
    if hazard:
        return DAMP_AND_MOULD if hazard == DAMP_AND_MOULD else SAFETY
    return topic.service if topic else None
