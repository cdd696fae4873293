"""What can be done with a compliment and with a suggestion."""

from dataclasses import replace

from app.cases.models import Case
from app.cases.promises import FIRST_ANSWER
from app.feedback import colleagues
from app.landlords.standards import Landlord
from app.reception.actions import Arrival, take_in


def make_compliment(landlord: Landlord, arrival: Arrival) -> Case:
    """Open the case of a compliment, and tell the colleague and their line manager (L30). No commit.

    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    case = take_in(_promising(landlord, arrival), "compliment", arrival)
    if name := arrival.answers.get("colleague_name"):
        colleagues.tell(case, landlord, name, arrival.written_at or arrival.at)
    return case


def make_suggestion(landlord: Landlord, arrival: Arrival) -> Case:
    """Open the case of a suggestion. No commit.

    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    return take_in(_promising(landlord, arrival), "suggestion", arrival)


def _promising(landlord: Landlord, arrival: Arrival) -> Landlord:
    """The landlord as it is; to somebody who wants no answer, it promises none."""
    if arrival.answers.get("wants_answer") != "no":
        return landlord
    kept = tuple(standard for standard in landlord.standards if not standard.key.startswith(FIRST_ANSWER))
    return replace(landlord, standards=kept)
