"""What danger an enquiry names, chosen or in its words, and what the law calls it."""

from app.journeys.questions import Answers
from app.landlords.enquiry_shapes import Danger, EnquiryTopic
from app.landlords.standards import Landlord
from app.reception.listening import HAZARDS, heard

OTHER_HAZARD = "other-hazard"  # of the policy's hazards
DAMP_AND_MOULD, SAFETY = "damp-and-mould", "safety"  # services of every policy
NOT_NOW = "not-emergency"


def topic_of(answers: Answers, landlord: Landlord) -> EnquiryTopic | None:
    return next((topic for topic in landlord.enquiry_topics if topic.key == answers.get("topic")), None)


def danger_in(answers: Answers, landlord: Landlord, question: str) -> Danger | None:
    """What was chosen there, when it is dangerous at all."""
    chosen = next((danger for danger in landlord.dangers if danger.key == answers.get(question)), None)
    return chosen if chosen and chosen.hazard else None


def danger_of(answers: Answers, landlord: Landlord) -> Danger | None:
    """The danger that was chosen, at first or once we asked again."""
    return danger_in(answers, landlord, "what_is_wrong") or danger_in(answers, landlord, "danger_at_home")


def hazard_of(answers: Answers, landlord: Landlord) -> str | None:
    """The key of the law's hazard. What is not an emergency now may still make somebody ill, or hurt them."""
    danger = danger_of(answers, landlord)
    if danger is None:
        return None
    is_past = danger.is_emergency and answers.get("emergency_call") == NOT_NOW
    return OTHER_HAZARD if is_past else danger.hazard


def sounds_dangerous(answers: Answers, landlord: Landlord) -> bool:
    """The words name a hazard, and nobody has chosen one."""
    return danger_in(answers, landlord, "what_is_wrong") is None and bool(heard(HAZARDS, answers.get("what_happened")))


def service_of(answers: Answers, landlord: Landlord) -> str | None:
    """The service that a complaint with these answers is about."""
    hazard, topic = hazard_of(answers, landlord), topic_of(answers, landlord)
    if hazard:
        return DAMP_AND_MOULD if hazard == DAMP_AND_MOULD else SAFETY
    return topic.service if topic else None
