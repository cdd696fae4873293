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
    at, name = arrival.written_at or arrival.at, arrival.answers.get("colleague_name")

    def tell(case: Case) -> None:
        if name:
            colleagues.tell(case, landlord, name, at, is_doubtful=arrival.is_held)

    promising = _promising(landlord, arrival)
    return take_in(promising, "compliment", _named_or_not(arrival), before_writing=tell)


def make_suggestion(landlord: Landlord, arrival: Arrival) -> Case:
    """Open the case of a suggestion. No commit.

    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    return take_in(_promising(landlord, arrival), "suggestion", _named_or_not(arrival))


def _promising(landlord: Landlord, arrival: Arrival) -> Landlord:
    """The landlord as it is; to somebody who wants no answer, it promises none."""
    if arrival.answers.get("wants_answer") != "no":
        return landlord
    kept = tuple(standard for standard in landlord.standards if not standard.key.startswith(FIRST_ANSWER))
    return replace(landlord, standards=kept)


def _named_or_not(arrival: Arrival) -> Arrival:
    """Who wants no answer need not say who they are."""
    if arrival.person.get("name"):
        return arrival
    return replace(arrival, person={**arrival.person, "is_anonymous": True})
