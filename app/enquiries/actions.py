"""What can be done with an enquiry."""

from app.cases.models import Case
from app.landlords.standards import Landlord
from app.reception.actions import Arrival
from app.reception.dangers import take_in_with_hazard


def make_enquiry(landlord: Landlord, arrival: Arrival) -> Case:
    """Open the case of an enquiry. A hazard that it names runs the law's clocks beside the landlord's own. No commit.

    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    return take_in_with_hazard(landlord, "enquiry", arrival)
