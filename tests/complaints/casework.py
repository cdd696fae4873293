"""A complaint on its way: with a colleague who may answer, and as far as a test needs it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.cases.actions import name_handler
from app.cases.models import Case
from app.cases.promises import letter_went_out
from app.complaints import answering, points, stage_one
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.staff.models import StaffMember
from tests.builders import a_colleague
from tests.caseload.desk import a_case_that_came_in


def now() -> datetime:
    return datetime.now(UTC)


def somebody(email: str = "kim.lee@landlord.example", *roles: str, name: str = "Kim Lee") -> StaffMember:
    return a_colleague(email, name=name, roles=roles or ("complaints-team",))


def a_complaint(**different: Any) -> tuple[Case, StaffMember]:
    """Just in, and its handler, who may answer it."""
    colleague = different.pop("colleague", None) or somebody()
    case = a_case_that_came_in(**different)
    start_writing()
    if case.handler is not colleague:
        name_handler(case, colleague, now())
    db.session.commit()
    return case, colleague


def a_complaint_ready_for_its_answer(**different: Any) -> tuple[Case, StaffMember]:
    """Acknowledged, defined, the tenant contacted, one point answered as upheld, one remedy."""
    case, colleague = a_complaint(**different)
    start_writing()
    letter_went_out(case, current_landlord(), "acknowledgement", now(), colleague.email)
    stage_one.define(
        case, "The lift did not work for three weeks.", now(), colleague, outcomes_sought="A working lift."
    )
    stage_one.record_contact(case, "phone", "We talked about the lift.", now(), colleague)
    point = points.list_point(case, "The lift is broken.", now(), colleague)
    points.answer_point(case, point, "upheld", "It was broken.", "Our repairs policy, part 4.", now(), colleague)
    points.offer_remedy(case, "money", "For the shopping that you carried.", now(), colleague, pence=15050)
    points.agree_action(case, "We fit a new motor", colleague, (now() + timedelta(days=9)).date(), now(), colleague)
    db.session.commit()
    return case, colleague


def answered(case: Case, colleague: StaffMember) -> None:
    start_writing()
    answering.answer(case, "upheld", "We were too slow.\n\n- The part was late.\n- Nobody told you.", now(), colleague)
    db.session.commit()
