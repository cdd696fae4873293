"""The form behind each kind of contact: the contact log asks the same questions as the web does."""

from collections.abc import Mapping

from wtforms.fields.core import UnboundField

from app.antisocial_behaviour.journey import ANTISOCIAL_BEHAVIOUR
from app.complaints.journey import COMPLAINT
from app.enquiries.journey import ENQUIRY
from app.feedback.journeys import COMPLIMENT, SUGGESTION
from app.journeys.fields import Choices
from app.journeys.questions import Journey, Question

JOURNEYS: Mapping[str, Journey] = {
    "complaint": COMPLAINT,
    "antisocial-behaviour": ANTISOCIAL_BEHAVIOUR,
    "compliment": COMPLIMENT,
    "suggestion": SUGGESTION,
    "enquiry": ENQUIRY,
}


def _fields(journey: Journey) -> dict[str, UnboundField]:
    """By name, whichever of them are asked."""
    forms = [step.form for step in journey.questions if isinstance(step, Question)]
    found = {name: getattr(form, name) for form in forms for name in dir(form)}
    return {name: field for name, field in found.items() if isinstance(field, UnboundField)}


# Answers of which several can be chosen: their values are lists.
MULTIPLE = frozenset(
    name for journey in JOURNEYS.values() for name, field in _fields(journey).items() if field.field_class is Choices
)
# Where somebody may keep their name to themselves.
MAY_BE_ANONYMOUS = frozenset(kind for kind, journey in JOURNEYS.items() if "stay_anonymous" in _fields(journey))


def asks_safe_ways(kind: str) -> bool:
    """Whether this kind's form asks which ways of reaching somebody are safe."""
    return "safe_ways" in _fields(JOURNEYS[kind])
