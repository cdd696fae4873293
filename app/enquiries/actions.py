"""What can be done with an enquiry."""

from app.cases.actions import add_event, name_hazard
from app.cases.models import Case
from app.enquiries.dangers import danger_of, hazard_of
from app.landlords.standards import Landlord
from app.reception.actions import Arrival, take_in
from app.reception.listening import HAZARDS, heard


def make_enquiry(landlord: Landlord, arrival: Arrival) -> Case:
    """Open the case of an enquiry. A hazard that it names runs the law's clocks beside the landlord's own (Awaab's
    Law), where the law covers the person. No commit.

    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    hazard, danger = hazard_of(arrival.answers, landlord), danger_of(arrival.answers, landlord)
    words = list(heard(HAZARDS, arrival.answers.get("what_happened")))
    is_covered = _has_clocks(landlord, arrival)
    case = take_in(landlord, "enquiry", arrival, hazard=hazard if is_covered else None)
    at, who = arrival.at, arrival.recorded_by
    if hazard and danger and is_covered:
        name_hazard(case, landlord, hazard, at, who, danger=danger.key, words=words)
    elif hazard and danger:
        add_event(case, "hazard_without_clocks", at, who, hazard=hazard, danger=danger.key, words=words)
    elif words:
        add_event(case, "hazard_heard", at, who, words=words)
    return case


def _has_clocks(landlord: Landlord, arrival: Arrival) -> bool:
    who = next((one for one in landlord.who_may_complain if one.key == arrival.person.get("who")), None)
    return who is None or who.has_hazard_clocks
