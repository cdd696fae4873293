"""What happens to promises after they were made: they wait, are counted again, are missed, fall away."""

import dataclasses
from datetime import date, timedelta

import pytest
from flask import Flask

from app.cases import changes
from app.cases.actions import add_contact
from app.cases.clock import WAITED
from app.cases.holidays import recount_after_new_holidays
from app.cases.missed import mark_all_missed
from app.cases.models import Case, Promise
from app.cases.promises import meet_promise
from app.extensions import db, start_writing
from app.landlords.standards import Landlord, current_landlord
from app.working_days import Holiday
from tests.cases.moments import london, written
from tests.cases.test_opening import opened

WHO = "sam@landlord.example"
MONDAY, TUESDAY = london("Mon 2026-12-14 10:00"), london("Tue 2026-12-15 12:00")
WEDNESDAY, THURSDAY = london("Wed 2026-12-16 12:00"), london("Thu 2026-12-17 12:00")


def an_enquiry(**different: object) -> tuple[Case, Promise]:
    case = opened(**{"kind": "enquiry", "channel": "web", "received_at": MONDAY, **different})
    return case, of(case, "contact.answer_web_form")


def of(case: Case, standard: str, regime: str = "landlord") -> Promise:
    return next(one for one in case.promises if (one.standard, one.regime) == (standard, regime))


def with_holiday(*days: date) -> Landlord:
    extra = tuple(Holiday(day, "Day of thanks") for day in days)
    return dataclasses.replace(current_landlord(), extra_holidays=extra)


def whats(case: Case) -> list[str]:
    return [event.what for event in case.events]


def test_an_answer_waits_for_the_tenant_and_falls_due_as_much_later(app: Flask) -> None:
    case, answer = an_enquiry()
    assert written(answer.due_at) == "Tue 2026-12-15 17:00"
    changes.pause(case, current_landlord(), TUESDAY, WHO, "Your tenancy number")
    assert (case.next_due_at, case.waiting_since_at) == (None, TUESDAY)
    changes.resume(case, current_landlord(), THURSDAY, None)
    db.session.commit()
    db.session.expire_all()
    assert written(answer.due_at) == "Thu 2026-12-17 17:00"  # two working days ended while we waited
    assert (case.next_due_at, case.waiting_since_at) == (answer.due_at, None)
    assert [row["date"] for row in answer.working if row["reason"] == WAITED] == ["2026-12-15", "2026-12-16"]
    paused, resumed = answer.changes
    assert (paused.what, paused.reason, paused.who) == ("paused", "Your tenancy number", WHO)
    assert written(resumed.due_before_at) == "Tue 2026-12-15 17:00"
    assert len(resumed.working_before) == 2  # the days as they were counted before
    assert whats(case)[-2:] == ["promises_paused", "promises_resumed"]


def test_the_code_and_the_law_never_wait_nor_does_a_complaint(sqlite_app: Flask) -> None:
    complaint = opened(channel="web", hazard="damp-and-mould")
    assert {one.regime for one in complaint.promises} == {"landlord", "code", "law"}
    with pytest.raises(changes.NothingMayWait):
        changes.pause(complaint, current_landlord(), complaint.received_at, WHO, "Anything")
    case, _answer = an_enquiry(hazard="damp-and-mould")
    changes.pause(case, current_landlord(), MONDAY, WHO, "Your address")
    assert case.waiting_since_at is None, "the law's clock goes on"
    assert case.next_due_at == of(case, "hazard.investigate", "law").due_at


def test_what_an_acknowledgement_keeps_never_waits(sqlite_app: Flask) -> None:
    case, _answer = an_enquiry(kind="suggestion")
    with pytest.raises(changes.NothingMayWait):
        changes.pause(case, current_landlord(), MONDAY, WHO, "Anything")


def test_livv_promises_no_answer_that_could_wait(make_app) -> None:
    with make_app("livv").app_context():
        assert not any(standard.may_pause for standard in current_landlord().standards)


def test_what_is_late_cannot_wait_any_more(sqlite_app: Flask) -> None:
    case, _answer = an_enquiry()
    with pytest.raises(changes.NothingMayWait):
        changes.pause(case, current_landlord(), london("Tue 2026-12-15 17:01"), WHO, "Your tenancy number")
    with pytest.raises(changes.NothingWaits):
        changes.resume(case, current_landlord(), THURSDAY, WHO)


def test_it_goes_on_by_itself_when_the_tenant_writes(sqlite_app: Flask) -> None:
    case, answer = an_enquiry()
    changes.pause(case, current_landlord(), TUESDAY, WHO, "Your tenancy number")
    add_contact(case, purpose="more", channel="web", received_at=WEDNESDAY, answers={"more": "12"}, language="en")
    assert answer.paused_at is None
    assert written(answer.due_at) == "Wed 2026-12-16 17:00"


def test_what_is_kept_while_it_waits_is_kept_in_time(sqlite_app: Flask) -> None:
    case, answer = an_enquiry()
    changes.pause(case, current_landlord(), TUESDAY, WHO, "Your tenancy number")
    meet_promise(case, answer.standard, THURSDAY, WHO)
    assert answer.met_at == THURSDAY <= answer.due_at
    assert case.waiting_since_at is None


def test_a_new_holiday_moves_open_clocks_once_with_an_entry_and_leaves_hours_alone(sqlite_app: Flask) -> None:
    case = opened(received_at=MONDAY)
    again = with_holiday(date(2026, 12, 16))
    start_writing()
    changes.recount(case, again, TUESDAY)
    db.session.commit()
    db.session.expire_all()
    answer, hours = of(case, "complaint.stage_1_response"), of(case, "complaint.acknowledge")
    assert written(answer.due_at) == "Thu 2026-12-31 17:00"  # a day later than Wed 30
    assert written(hours.due_at) == "Tue 2026-12-15 10:00"
    assert not hours.changes
    event = next(one for one in reversed(case.events) if one.details.get("standard") == answer.standard)
    assert (event.what, event.details["holidays"]) == ("promise_recounted", "Day of thanks")
    assert written(answer.changes[0].due_before_at) == "Wed 2026-12-30 17:00"
    assert changes.recount(case, again, WEDNESDAY) == []


def test_a_holiday_taken_back_moves_nothing_that_was_told_and_a_wait_is_added_to_it(sqlite_app: Flask) -> None:
    case, answer = an_enquiry()
    changes.recount(case, with_holiday(date(2026, 12, 15)), MONDAY)
    assert written(answer.due_at) == "Wed 2026-12-16 17:00"
    assert changes.recount(case, current_landlord(), MONDAY + timedelta(hours=1)) == []
    assert written(answer.due_at) == "Wed 2026-12-16 17:00"
    changes.pause(case, current_landlord(), WEDNESDAY, WHO, "Your tenancy number")
    changes.resume(case, current_landlord(), THURSDAY, WHO)
    assert written(answer.due_at) == "Thu 2026-12-17 17:00"


def test_the_sweep_finds_new_holidays_by_itself(app: Flask) -> None:
    spanned, _answer = an_enquiry(received_at=london("Tue 2026-12-15 10:00"))
    other, _later = an_enquiry(received_at=london("Mon 2027-01-11 10:00"))
    assert recount_after_new_holidays(current_landlord(), MONDAY) == 0, "the first time it learns the days"
    again = with_holiday(date(2026, 12, 16))
    assert recount_after_new_holidays(again, TUESDAY) == 1
    assert recount_after_new_holidays(again, TUESDAY) == 0
    assert recount_after_new_holidays(current_landlord(), TUESDAY) == 0, "it was taken back"
    db.session.expire_all()
    assert written(of(spanned, "contact.answer_web_form").due_at) == "Thu 2026-12-17 17:00"
    assert whats(spanned).count("promise_recounted") == 1
    assert "promise_recounted" not in whats(other)


def test_recounting_all_says_how_many_moved(sqlite_app: Flask) -> None:
    case, _answer = an_enquiry()
    sqlite_app.extensions["landlord"] = with_holiday(date(2026, 12, 15))
    run = sqlite_app.test_cli_runner()
    assert run.invoke(args=["cases", "recount"]).output == "1 promise moved\n"
    assert run.invoke(args=["cases", "recount"]).output == "0 promises moved\n"
    shown = run.invoke(args=["cases", "show", case.reference]).output
    assert "recounted: due 2026-12-15T17:00:00+00:00 before, 2026-12-16T17:00:00+00:00 after" in shown


def test_what_is_not_kept_is_written_down_once_and_somebody_says_why(app: Flask) -> None:
    case, answer = an_enquiry()
    with pytest.raises(changes.NotMissed):
        changes.explain_miss(answer, "None", TUESDAY, WHO)
    assert mark_all_missed(answer.due_at) == 0, "to the second it is in time"
    assert mark_all_missed(WEDNESDAY) == 1
    assert mark_all_missed(WEDNESDAY + timedelta(minutes=1)) == 0
    db.session.expire_all()
    assert whats(case).count("promise_missed") == 1
    changes.explain_miss(answer, "The colleague was ill", WEDNESDAY, WHO)
    assert (answer.missed_reason, case.events[-1].what) == ("The colleague was ill", "miss_explained")


def test_what_waits_is_not_missed(sqlite_app: Flask) -> None:
    case, _answer = an_enquiry()
    changes.pause(case, current_landlord(), TUESDAY, WHO, "Your tenancy number")
    db.session.commit()
    assert mark_all_missed(THURSDAY) == 0


def test_what_falls_away_is_no_longer_due_but_a_danger_at_home_is(sqlite_app: Flask) -> None:
    case = opened(received_at=MONDAY, hazard="damp-and-mould")
    ended = changes.end_promises(case, changes.ALL, TUESDAY, WHO, "withdrawn")
    db.session.commit()
    assert {one.regime for one in ended} == {"landlord", "code"}
    assert case.next_due_at == of(case, "hazard.investigate", "law").due_at
    assert all(one.changes[-1].what == "ended" for one in ended)
    assert changes.end_promises(case, changes.ALL, WEDNESDAY, WHO, "withdrawn") == []
    changes.end_promises(case, ["hazard.investigate"], WEDNESDAY, WHO, "no hazard")
    assert case.next_due_at is None
    assert whats(case).count("promises_ended") == 2
