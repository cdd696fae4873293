"""An interpreter for a call: asked for with it, moved with it, given up with it, and booked by colleagues."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.call_backs import actions, desk_acts, retention
from app.call_backs.actions import free_slots
from app.call_backs.models import CallBack
from app.caseload.days import as_typed, clock_as_typed
from app.cases.clock import LONDON
from app.extensions import db, start_writing
from app.interpreters.lists import of_call
from app.interpreters.models import InterpreterRequest
from app.journeys import steps
from app.landlords.standards import current_landlord
from tests.call_backs.asking import ask, at, call_backs, last_slot
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of


@pytest.fixture
def desk(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password()
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def a_call(app: Flask) -> CallBack:
    ask(app.test_client(), **at(last_slot()), interpreter_prefers="woman")
    (call_back,) = call_backs()
    return call_back


def asked(call_back: CallBack) -> InterpreterRequest:
    db.session.rollback()
    db.session.expire_all()
    one = of_call(call_back.id)
    assert one
    return one


def book(client: FlaskClient, call_back: CallBack, later: int = 0) -> TestResponse:
    """For the time of the call, or so many minutes later."""
    path = f"/staff/call-backs/{call_back.reference}/interpreter"
    local = call_back.slot_at.astimezone(LONDON) + timedelta(minutes=later)
    given = {
        "csrf_token": token_of(client.get(path)),
        "service": "Language Line",
        "reference": "LL-7",
        "way": "phone",
        "day": as_typed(local.date()),
        "begins": clock_as_typed(local.time()),
        "ends": clock_as_typed((local + timedelta(minutes=45)).time()),
    }
    return client.post(f"{path}/book", data=given)


def test_it_is_asked_for_with_the_call_and_booked_for_its_time(sqlite_app: Flask, desk: FlaskClient) -> None:
    call_back = a_call(sqlite_app)
    one = asked(call_back)
    assert (one.language, one.source, one.needed_at, one.case_id) == ("Polish", "call-back", call_back.slot_at, None)
    assert one.prefers == "woman"
    assert call_back.reference in words_of(desk.get("/staff/interpreters"))
    late = book(desk, call_back, later=10)
    assert late.status_code == 422
    assert "the interpreter has to be there then" in words_of(late)
    assert book(desk, call_back).status_code == 303
    one = asked(call_back)
    assert (one.state, one.purpose, one.booking) == ("booked", "call", "LL-7")
    assert "Booked" in words_of(desk.get("/staff/call-backs"))


def test_of_two_colleagues_who_book_at_once_the_second_is_told_of_the_first(
    sqlite_app: Flask, desk: FlaskClient
) -> None:
    call_back = a_call(sqlite_app)
    path = f"/staff/call-backs/{call_back.reference}/interpreter"
    old = html.fromstring(desk.get(path).text).xpath("//input[@name='seen']/@value")[0]
    book(desk, call_back)
    again = {"csrf_token": token_of(desk.get(path)), "seen": old, "service": "Another", "what": "failed"}
    for act in ("book", "outcome"):
        assert "Somebody else booked or recorded" in words_of(desk.get(desk.post(f"{path}/{act}", data=again).location))
    one = asked(call_back)
    assert (one.state, one.service) == ("booked", "Language Line")


def test_a_moved_call_needs_a_new_booking_and_a_cancelled_one_none(sqlite_app: Flask, desk: FlaskClient) -> None:
    call_back = a_call(sqlite_app)
    book(desk, call_back)
    start_writing()
    call_back = actions.with_reference(call_back.reference)
    now = steps.now()
    slot = free_slots(current_landlord(), now)[-2]
    desk_acts.move_for_tenant(call_back, current_landlord(), slot.key, now, "kim@landlord.example")
    db.session.commit()
    one = asked(call_back)
    assert (one.state, one.has_moved, one.needed_at) == ("asked", True, slot.begins)
    start_writing()
    desk_acts.record(call_back, "cancelled", now, "kim@landlord.example")
    db.session.commit()
    assert (asked(call_back).state, asked(call_back).because) == ("withdrawn", "call-cancelled")
    start_writing()
    desk_acts.take_back(call_back, now, "kim@landlord.example")
    db.session.commit()
    assert asked(call_back).state == "asked", "a wrong press gives nothing up"


def test_a_call_that_is_rung_again_has_an_interpreter_asked_for_again(sqlite_app: Flask, desk: FlaskClient) -> None:
    call_back = a_call(sqlite_app)
    path = f"/staff/call-backs/{call_back.reference}/interpreter"
    given = {"csrf_token": token_of(desk.get(path)), "what": "failed", "failure": "tenant-not-there", "again": "no"}
    desk.post(f"{path}/outcome", data=given)
    start_writing()
    call_back = actions.with_reference(call_back.reference)
    now = steps.now()
    desk_acts.record(call_back, "missed", now, "kim@landlord.example")
    slot = desk_acts.try_again(call_back, current_landlord(), now, "kim@landlord.example", has_left_message=False)
    db.session.commit()
    one = asked(call_back)
    assert (one.state, one.language, one.prefers, one.needed_at) == ("asked", "Polish", "woman", slot.begins)


def test_nobody_free_stands_on_the_tenants_own_page(sqlite_app: Flask, desk: FlaskClient) -> None:
    call_back = a_call(sqlite_app)
    own = f"/en/call-back/yours/{call_back.key}"
    tenant = sqlite_app.test_client()
    assert "An interpreter will be with us" in words_of(tenant.get(own))
    path = f"/staff/call-backs/{call_back.reference}/interpreter"
    given = {"csrf_token": token_of(desk.get(path)), "what": "failed", "failure": "nobody-free", "again": "no"}
    assert desk.post(f"{path}/outcome", data=given).status_code == 303
    shown = words_of(tenant.get(own))
    assert "we have not found an interpreter for this call" in shown
    assert "An interpreter will be with us" not in shown


def test_when_the_calls_time_is_over_the_language_is_gone(sqlite_app: Flask) -> None:
    call_back = a_call(sqlite_app)
    assert retention.sweep(datetime.now(UTC) + timedelta(days=365 * 12)) == 1
    assert asked(call_back).language == ""
