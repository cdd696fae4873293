"""Promises are met in order, what counts from the acknowledgement begins with it, and the next one is known."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.cases.models import Case
from app.cases.promises import HandlerNotNamed, NoSuchPromise, acknowledge, meet_promise
from app.extensions import db
from app.landlords.standards import current_landlord
from tests.builders import a_colleague
from tests.cases.test_opening import CHRISTMAS_EVE, due, opened

LONDON = ZoneInfo("Europe/London")
NEXT_MORNING = datetime(2026, 12, 29, 9, 30, tzinfo=LONDON)  # Tuesday, the next working day


def met(case: Case) -> dict[tuple[str, str], datetime | None]:
    return {(one.standard, one.regime): one.met_at for one in case.promises}


def with_handler(**different: object) -> Case:
    a_colleague("ada@landlord.example", roles=("complaints-team",))
    return opened(**different)


def test_acknowledging_is_refused_while_nobody_is_named(app: Flask) -> None:
    case = opened()
    with pytest.raises(HandlerNotNamed):
        meet_promise(case, "complaint.acknowledge", NEXT_MORNING)
    with pytest.raises(HandlerNotNamed):
        acknowledge(case, current_landlord(), NEXT_MORNING)
    assert set(met(case).values()) == {None}


def test_a_promise_that_was_not_made_cannot_be_met(app: Flask) -> None:
    with pytest.raises(NoSuchPromise, match=r"complaint\.dance"):
        meet_promise(opened(), "complaint.dance", NEXT_MORNING)


def test_meeting_it_keeps_the_landlords_and_the_codes_and_the_next_due_date_moves_on(app: Flask) -> None:
    case = with_handler()
    meet_promise(case, "complaint.acknowledge", NEXT_MORNING, "ada@landlord.example")
    db.session.commit()
    db.session.expire_all()
    assert met(case)["complaint.acknowledge", "landlord"] == NEXT_MORNING
    assert met(case)["complaint.acknowledge", "code"] == NEXT_MORNING
    assert case.next_due_at == datetime(2027, 1, 12, 17, 0, tzinfo=LONDON)
    event = case.events[-1]
    assert (event.what, event.who) == ("promise_met", "ada@landlord.example")
    # LiveWest's 24 hours had run out on Christmas Day; the Code's five working days had not.
    assert event.details == {"standard": "complaint.acknowledge", "in_time": {"landlord": False, "code": True}}


def test_meeting_it_again_changes_nothing(app: Flask) -> None:
    case = with_handler()
    meet_promise(case, "complaint.acknowledge", NEXT_MORNING)
    before = len(case.events)
    meet_promise(case, "complaint.acknowledge", NEXT_MORNING + timedelta(days=1))
    assert met(case)["complaint.acknowledge", "code"] == NEXT_MORNING
    assert len(case.events) == before


def test_nothing_is_due_once_all_is_kept(app: Flask) -> None:
    case = with_handler()
    for standard in ("complaint.acknowledge", "complaint.stage_1_response"):
        meet_promise(case, standard, NEXT_MORNING)
    assert case.next_due_at is None


def test_the_codes_ten_working_days_count_from_the_acknowledgement(app: Flask) -> None:
    case = with_handler()
    acknowledge(case, current_landlord(), NEXT_MORNING)
    db.session.commit()
    assert due(case)["complaint.stage_1_response", "code"] == "Wed 13 Jan 17:00"
    assert due(case)["complaint.stage_1_response", "landlord"] == "Tue 12 Jan 17:00"
    assert [event.what for event in case.events].count("acknowledged") == 1


def test_acknowledging_twice_keeps_the_first_dates(app: Flask) -> None:
    case = with_handler()
    acknowledge(case, current_landlord(), NEXT_MORNING)
    acknowledge(case, current_landlord(), NEXT_MORNING + timedelta(days=7))
    db.session.commit()
    assert due(case)["complaint.stage_1_response", "code"] == "Wed 13 Jan 17:00"
    assert [event.what for event in case.events].count("acknowledged") == 1


def test_an_acknowledgement_is_also_the_answer_to_a_web_form(app: Flask) -> None:
    case = with_handler(channel="web")
    acknowledge(case, current_landlord(), CHRISTMAS_EVE)
    assert met(case)["contact.answer_web_form", "landlord"] == CHRISTMAS_EVE


def test_but_not_the_answer_to_a_question(app: Flask) -> None:
    case = with_handler(kind="enquiry", channel="web")
    acknowledge(case, current_landlord(), CHRISTMAS_EVE)
    assert met(case)["contact.answer_web_form", "landlord"] is None
