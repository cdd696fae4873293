"""A hazard at home, step by step: what counts from when, and what is owed then."""

import pytest
from flask import Flask

from app.cases.hazards import DoneAlready, NoHazard, NotThen, record_investigated, record_made_safe
from app.cases.models import Case
from app.cases.promises import letter_went_out
from app.extensions import db
from app.landlords.standards import current_landlord
from tests.cases.moments import london, written
from tests.cases.test_opening import opened

WHO = "sam@landlord.example"
RANG = london("Fri 2026-12-11 18:00")
AT_NIGHT, MONDAY = london("Sat 2026-12-12 02:00"), london("Mon 2026-12-14 11:00")


def dues(case: Case) -> dict[str, str]:
    """What is open, of hazards and repairs."""
    return {
        one.standard: written(one.due_at) for one in case.promises if one.is_open and "complaint" not in one.standard
    }


def kept(case: Case) -> set[str]:
    return {one.standard for one in case.promises if one.met_at}


def an_emergency() -> Case:
    return opened(hazard="emergency", received_at=RANG)


def test_an_emergency_is_made_safe_within_a_day_and_an_appointment_made_in_two_working_days(sqlite_app: Flask) -> None:
    case = an_emergency()
    assert dues(case) == {
        "hazard.emergency_make_safe": "Sat 2026-12-12 18:00",
        "repair.make_safe": "Sat 2026-12-12 18:00",
    }
    record_made_safe(case, current_landlord(), AT_NIGHT, MONDAY, WHO, has_appointment=False)
    assert kept(case) == {"hazard.emergency_make_safe", "repair.make_safe"}
    assert dues(case) == {"repair.arrange_appointment": "Wed 2026-12-16 17:00"}  # from Monday morning, when we opened
    event = case.events[-1]
    assert (event.what, event.at, event.details["when"]) == ("made_safe", MONDAY, AT_NIGHT.isoformat())


def test_no_promise_begins_where_the_appointment_was_made_on_site(sqlite_app: Flask) -> None:
    case = an_emergency()
    record_made_safe(case, current_landlord(), AT_NIGHT, MONDAY, WHO, has_appointment=True)
    assert dues(case) == {}


def test_livv_has_only_the_laws_day(make_app) -> None:
    with make_app("livv").app_context():
        case = an_emergency()
        record_made_safe(case, current_landlord(), AT_NIGHT, MONDAY, WHO, has_appointment=False)
        assert (kept(case), dues(case)) == ({"hazard.emergency_make_safe"}, {})


def test_after_the_investigation_the_law_wants_summary_and_work(app: Flask) -> None:
    case = opened(hazard="damp-and-mould", received_at=RANG)
    assert dues(case) == {"hazard.investigate": "Wed 2026-12-30 17:00"}
    record_investigated(
        case,
        current_landlord(),
        MONDAY,
        MONDAY,
        WHO,
        finding="Mould behind the wardrobe",
        is_hazard=True,
        needs_safety_work=True,
        needs_further_work=True,
    )
    db.session.commit()
    assert dues(case) == {
        "hazard.summary": "Thu 2026-12-17 17:00",
        "hazard.make_safe": "Mon 2026-12-21 17:00",
        "hazard.begin_further_work": "Mon 2026-12-21 17:00",
        "hazard.start_further_work": "Mon 2027-03-08 23:59:59",
    }
    letter_went_out(case, current_landlord(), "hazard-summary", london("Tue 2026-12-15 09:00"), WHO)
    record_made_safe(
        case,
        current_landlord(),
        london("Wed 2026-12-16 09:00"),
        london("Wed 2026-12-16 10:00"),
        WHO,
        has_appointment=True,
    )
    assert kept(case) >= {"hazard.investigate", "hazard.summary", "hazard.make_safe"}
    assert set(dues(case)) == {"hazard.begin_further_work", "hazard.start_further_work"}


def test_where_there_is_no_hazard_the_tenant_is_told_and_nothing_else_is_owed(sqlite_app: Flask) -> None:
    case = an_emergency()
    record_investigated(case, current_landlord(), AT_NIGHT, MONDAY, WHO, finding="The smell was paint", is_hazard=False)
    assert dues(case) == {"hazard.summary": "Thu 2026-12-17 17:00"}
    assert {one.changes[-1].reason for one in case.promises if one.ended_at} == {"The smell was paint"}


def test_what_was_made_safe_before_is_not_owed_again(sqlite_app: Flask) -> None:
    case = an_emergency()
    record_made_safe(case, current_landlord(), AT_NIGHT, MONDAY, WHO, has_appointment=True)
    record_investigated(
        case, current_landlord(), AT_NIGHT, MONDAY, WHO, finding="A leak", is_hazard=True, needs_safety_work=True
    )
    assert set(dues(case)) == {"hazard.summary"}


def test_steps_are_recorded_once_in_order_and_only_where_there_is_a_hazard(sqlite_app: Flask) -> None:
    case = an_emergency()
    for when, now in ((london("Fri 2026-12-11 17:59"), MONDAY), (MONDAY, AT_NIGHT)):
        with pytest.raises(NotThen):
            record_made_safe(case, current_landlord(), when, now, WHO, has_appointment=True)
    record_made_safe(case, current_landlord(), AT_NIGHT, MONDAY, WHO, has_appointment=True)
    with pytest.raises(DoneAlready):
        record_made_safe(case, current_landlord(), AT_NIGHT, MONDAY, WHO, has_appointment=True)
    with pytest.raises(NoHazard):
        record_made_safe(opened(received_at=RANG), current_landlord(), MONDAY, MONDAY, WHO, has_appointment=True)
