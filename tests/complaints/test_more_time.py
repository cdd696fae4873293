"""More time for an answer: with a reason, a date within the limit, and the letter with the Ombudsman's details."""

import dataclasses
from datetime import date, datetime

import pytest
from flask import Flask

from app.cases.changes import ALL, end_promises
from app.cases.models import Case
from app.cases.moving import BEYOND_LIMIT, CLOSED_DAY, IN_THE_PAST, LATE_ALREADY, NO_MORE_BEYOND_LIMIT, NOT_LATER
from app.cases.promises import acknowledge, make_after, meet_promise
from app.complaints.beginning_again import begin_again
from app.complaints.more_time import NoMoreTime, give_more_time
from app.complaints.stages import NotAllowed
from app.dispatch.models import Message
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters.lacks import LetterLacks
from app.letters.models import Letter
from app.staff.models import StaffMember
from tests.builders import a_colleague
from tests.cases.moments import london, written
from tests.cases.test_opening import opened

MONDAY, LATER = london("Mon 2026-11-30 10:00"), london("Wed 2026-12-02 10:00")
WHY = "The engineer is ill until 10 December."
# Of a complaint received on Monday 30 November, acknowledged on Wednesday: ours by 14, the Code's by 16 December.
LIMIT = date(2027, 1, 4)  # ten working days after the Code's date, over Christmas and New Year


def a_complaint(*, is_acknowledged: bool = True) -> tuple[Case, StaffMember]:
    colleague = a_colleague(roles=("complaints-team",))
    case = opened(received_at=MONDAY)
    if is_acknowledged:
        acknowledge(case, current_landlord(), LATER)
    return case, colleague


def put_off(case: Case, who: StaffMember, new_on: date, at: datetime = LATER, **different: object) -> Letter:
    letter, _way = give_more_time(case, new_on, WHY, at, who, **{"agreed": "yes", "written_in": "en", **different})
    return letter


def dues(case: Case) -> dict[str, str]:
    return {one.regime: written(one.due_at) for one in case.promises if one.standard == "complaint.stage_1_response"}


@pytest.mark.parametrize("key", ["livewest", "livv"])
def test_both_clocks_move_to_the_new_date_and_the_letter_tells_it(make_app, key: str) -> None:
    with make_app(key).app_context():
        case, who = a_complaint()
        assert dues(case) == {"landlord": "Mon 2026-12-14 17:00", "code": "Wed 2026-12-16 17:00"}
        letter = put_off(case, who, date(2026, 12, 22))
        db.session.commit()
        assert dues(case) == {"landlord": "Tue 2026-12-22 17:00", "code": "Tue 2026-12-22 17:00"}
        for words in (
            WHY,
            "Tuesday, 22 December 2026",
            "Monday, 14 December 2026",
            "Housing Ombudsman",
            "0300 111 3000",
        ):
            assert words in letter.body
        assert "You told us that this date is all right for you." in letter.body
        assert db.session.scalars(db.select(Message.letter_id)).all() == [letter.id], "it goes out in the same act"
        event = next(event for event in case.events if event.what == "answer_extended")
        assert event.details["agreed"] == "yes"
        assert not event.details["is_beyond_limit"]


def test_only_the_earlier_clock_moves_where_the_other_gives_the_time_anyway(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    put_off(case, who, date(2026, 12, 15))
    assert dues(case) == {"landlord": "Tue 2026-12-15 17:00", "code": "Wed 2026-12-16 17:00"}


@pytest.mark.parametrize(
    ("new_on", "at", "reasons"),
    [
        (date(2026, 12, 1), LATER, (IN_THE_PAST,)),
        (date(2026, 12, 14), LATER, (NOT_LATER,)),
        (date(2026, 12, 19), LATER, (CLOSED_DAY,)),
        (date(2026, 12, 25), LATER, (CLOSED_DAY,)),
        (date(2027, 1, 5), LATER, (BEYOND_LIMIT,)),
        (date(2026, 12, 22), london("Wed 2026-12-16 17:01"), (LATE_ALREADY,)),
    ],
)
def test_a_date_that_cannot_be_is_refused_and_no_letter_is_written(
    sqlite_app: Flask, new_on: date, at: datetime, reasons: tuple[str, ...]
) -> None:
    case, who = a_complaint()
    before = dues(case)
    with pytest.raises(NoMoreTime) as problem:
        put_off(case, who, new_on, at)
    assert problem.value.reasons == reasons
    assert dues(case) == before
    assert not db.session.scalars(db.select(Letter)).all()


def test_the_limit_is_within_and_beyond_it_a_manager_agrees_once(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    put_off(case, who, LIMIT)
    assert dues(case)["code"] == "Mon 2027-01-04 17:00"
    with pytest.raises(NoMoreTime) as problem:
        put_off(case, who, date(2027, 1, 5), is_beyond_confirmed=True)
    assert problem.value.reasons == (NO_MORE_BEYOND_LIMIT,)


def test_the_letter_says_that_it_is_beyond_the_limit(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    letter = put_off(case, who, date(2027, 1, 5), is_beyond_confirmed=True, agreed="no")
    assert "A manager here has looked at the reason and agreed to it." in letter.body
    assert "We will talk with you about it." in letter.body


def test_at_stage_2_the_limit_is_twenty_working_days(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    end_promises(case, ALL, LATER, None, "stage-2-begun")
    case.stage, case.handler = 2, None
    make_after(case, current_landlord(), "stage_2_requested", LATER)
    meet_promise(case, "complaint.stage_2_acknowledge", LATER)
    make_after(case, current_landlord(), "stage_2_acknowledged", LATER)
    (answer,) = [one for one in case.promises if one.standard == "complaint.stage_2_response"]
    assert written(answer.due_at) == "Mon 2027-01-04 17:00"
    with pytest.raises(NoMoreTime, match=BEYOND_LIMIT):
        put_off(case, who, date(2027, 2, 2))
    letter = put_off(case, who, date(2027, 2, 1))
    assert written(answer.due_at) == "Mon 2027-02-01 17:00"
    assert "We will send you our answer at stage 2 by" in letter.body


def test_our_own_promise_that_was_missed_stays_missed(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    put_off(case, who, date(2026, 12, 22), london("Tue 2026-12-15 10:00"))
    assert dues(case) == {"landlord": "Mon 2026-12-14 17:00", "code": "Tue 2026-12-22 17:00"}


def test_an_answer_that_is_promised_anew_may_have_more_time_anew(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    put_off(case, who, date(2026, 12, 22))
    end_promises(case, ALL, london("Thu 2026-12-03 10:00"), who.email, "withdrawn")
    again = london("Mon 2026-12-07 10:00")
    begin_again(case, current_landlord(), again, who.email, "tenant-goes-on")
    assert dues(case) == {"landlord": "Mon 2026-12-21 17:00", "code": "Mon 2026-12-21 17:00"}
    put_off(
        case, who, date(2027, 1, 8), again, is_beyond_confirmed=True
    )  # ten working days after 21 December: 7 January
    assert dues(case)["code"] == "Fri 2027-01-08 17:00"


def test_not_before_the_acknowledgement(sqlite_app: Flask) -> None:
    case, who = a_complaint(is_acknowledged=False)
    with pytest.raises(NotAllowed, match="not-acknowledged"):
        put_off(case, who, date(2026, 12, 22))


def test_without_the_ombudsmans_details_or_a_reason_nothing_is_put_off(sqlite_app: Flask) -> None:
    case, who = a_complaint()
    landlord = current_landlord()
    ombudsman = dataclasses.replace(landlord.ombudsman, website="")
    sqlite_app.extensions["landlord"] = dataclasses.replace(landlord, ombudsman=ombudsman)
    with pytest.raises(LetterLacks, match="Ombudsman"):
        put_off(case, who, date(2026, 12, 22))
    sqlite_app.extensions["landlord"] = landlord
    with pytest.raises(LetterLacks, match="reason"):
        give_more_time(case, date(2026, 12, 22), " ", LATER, who, agreed="yes", written_in="en")
    assert dues(case) == {"landlord": "Mon 2026-12-14 17:00", "code": "Wed 2026-12-16 17:00"}
