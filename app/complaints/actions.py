"""What can be done with a complaint."""

from app.cases.models import Case
from app.complaints.casework import file_of
from app.landlords.standards import Landlord
from app.reception.actions import Arrival
from app.reception.dangers import take_in_with_hazard

DAMP_AND_MOULD = "damp-and-mould"  # a service of the policies, and a hazard of the law


def make_complaint(landlord: Landlord, arrival: Arrival, *, is_restricted: bool = False) -> Case:
    """Open the case of a complaint, with its receipt and acknowledgement. Adds to the session; no commit.

    A hazard inside a complaint runs the law's clocks beside the Code's (Awaab's Law); one that is only heard in its
    words is shown to colleagues. ``is_restricted``: it came of a case that only some colleagues may open.
    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    usual = DAMP_AND_MOULD if arrival.answers.get("service") == DAMP_AND_MOULD else None
    case = take_in_with_hazard(landlord, "complaint", arrival, usual_hazard=usual, is_restricted=is_restricted)
    file_of(case)
    return case
