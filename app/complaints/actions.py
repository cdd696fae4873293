"""What can be done with a complaint."""

from app.cases.actions import add_event
from app.cases.models import Case
from app.landlords.standards import Landlord
from app.reception.actions import Arrival, take_in
from app.reception.listening import HAZARDS, heard

DAMP_AND_MOULD = "damp-and-mould"  # a service of the policies, and a hazard of the law


def make_complaint(landlord: Landlord, arrival: Arrival, *, is_restricted: bool = False) -> Case:
    """Open the case of a complaint, with its receipt and acknowledgement. Adds to the session; no commit.

    A hazard inside a complaint runs the law's clocks beside the Code's (Awaab's Law); one that is only heard in its
    words, or was carried over with them, is shown to colleagues. ``is_restricted``: it came of a case that only some
    colleagues may open.
    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    case = take_in(landlord, "complaint", arrival, hazard=_hazard(landlord, arrival), is_restricted=is_restricted)
    words = list(heard(HAZARDS, arrival.answers.get("what_happened")))
    if words and arrival.answers.get("service") != DAMP_AND_MOULD:
        add_event(case, "hazard_heard", arrival.at, arrival.recorded_by, words=words)
    return case


def _hazard(landlord: Landlord, arrival: Arrival) -> str | None:
    who = next((one for one in landlord.who_may_complain if one.key == arrival.person.get("who")), None)
    is_named = arrival.answers.get("service") == DAMP_AND_MOULD
    return DAMP_AND_MOULD if is_named and (who is None or who.has_hazard_clocks) else None
