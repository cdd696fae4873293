"""What becomes of a report."""

from dataclasses import replace

from app.antisocial_behaviour.journey import is_domestic_abuse
from app.antisocial_behaviour.models import Report
from app.antisocial_behaviour.risk import judge
from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.landlords.standards import Landlord
from app.letters.answers import QUESTIONS
from app.letters.answers_antisocial_behaviour import HATE_STRANDS
from app.reception.actions import Arrival, take_in

KIND = "antisocial-behaviour"


def make_report(landlord: Landlord, arrival: Arrival) -> Case:
    """Open the case of a report, restricted from the start, with its risk as the answers show it. No commit.

    Raises sqlalchemy.exc.IntegrityError when its draft already made a case.
    """
    arrival = _settled(arrival)
    case = take_in(landlord, KIND, arrival, is_restricted=True)
    judged = judge(arrival.answers)
    report = Report(
        case=case,
        risk_band=judged.band,
        risk_points=judged.points,
        risk_working=list(judged.working),
        hate_strands=[strand for strand in HATE_STRANDS if strand in (arrival.answers.get("hate_because") or ())],
        is_domestic_abuse=is_domestic_abuse(arrival.answers, landlord),
    )
    db.session.add(report)
    add_event(case, "risk_judged", arrival.at, arrival.recorded_by, band=judged.band, points=judged.points)
    return case


def _settled(arrival: Arrival) -> Arrival:
    """What only led through the form is left out, and the one way to answer follows from what is safe."""
    needs = dict(arrival.needs)
    if arrival.person.get("is_anonymous") or arrival.answers.get("may_contact") == "no":
        needs["safe_ways"] = []
    safe = needs.get("safe_ways")
    if safe and needs.get("contact_channel") not in safe:
        needs["contact_channel"] = safe[0]
    answers = {key: answer for key, answer in arrival.answers.items() if key in QUESTIONS}
    return replace(arrival, answers=answers, needs=needs)
