"""A call that nobody answered is tried again; a call is moved by a colleague; a wrong press is taken back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html

from app.call_backs.models import CallBack
from app.cases.models import Case
from app.extensions import db, start_writing
from app.journeys import steps
from tests.call_backs.asking import call_backs, last_slot
from tests.call_backs.test_desk import PAGE, press, waiting
from tests.caseload.desk import a_desk_for_many_tests
from tests.journeys.reader import Reader
from tests.staff.door import token_of, words_of


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


def post(client: FlaskClient, call_back: CallBack, page: str, **fields: str) -> str:
    token = token_of(client.get("/staff/contacts/new"))
    answer = client.post(f"{PAGE}/{call_back.reference}/{page}", data={"csrf_token": token, **fields})
    return words_of(client.get(answer.location)) if answer.status_code == 303 else words_of(answer)


def stored() -> CallBack:
    return call_backs()[-1]


def what_happened() -> list[str]:
    return [event.what for event in stored().events]


def test_who_was_rung_in_vain_is_rung_again_at_the_next_free_time_and_is_told_as_they_chose(desk: FlaskClient) -> None:
    late = steps.now() - timedelta(hours=2)
    call_back = waiting("Anna", late, late, may_leave_messages=True, language="cy")
    press(desk, "Anna", "No answer")
    page = words_of(desk.get(f"{PAGE}/{call_back.reference}/again"))
    assert "You may leave this message, and no other:" in page
    assert "We ring Anna again" in post(desk, call_back, "again", left="yes")
    assert stored().state == "waiting"
    assert stored().slot_at > steps.now()
    assert what_happened() == ["missed", "again"]
    assert stored().events[-1].details["has_left_message"] is True
    reader = Reader(desk).open(f"/en/call-back/yours/{call_back.key}")
    assert "nobody answered. We will ring again." in reader.words


def test_no_message_is_left_for_who_asked_for_none_and_nobody_is_rung_for_ever(desk: FlaskClient) -> None:
    call_back = waiting("Beth", last_slot().begins, steps.now())
    for _try in range(2):
        press(desk, "Beth", "No answer")
        assert "Leave no message: the tenant asked for none." in words_of(
            desk.get(f"{PAGE}/{call_back.reference}/again")
        )
        post(desk, call_back, "again", left="yes")
        assert stored().events[-1].details["has_left_message"] is False
    press(desk, "Beth", "No answer")
    assert "This call was recorded or cancelled before." in post(desk, call_back, "again")
    assert stored().state == "missed"


def test_a_colleague_moves_a_call_to_a_free_time_and_to_no_other(desk: FlaskClient) -> None:
    call_back = waiting("Cara", steps.now() - timedelta(hours=2), steps.now())
    assert "Choose a time that is still free" in post(desk, call_back, "move", slot="2020-01-01T09:00Z")
    assert "at another time" in post(desk, call_back, "move", slot=last_slot().key)
    assert stored().slot_at == last_slot().begins
    assert what_happened() == ["moved"]


def test_a_wrong_press_is_taken_back_on_the_same_day_and_not_later_nor_from_the_tenant(desk: FlaskClient) -> None:
    call_back = waiting("Dora", last_slot().begins, steps.now())
    press(desk, "Dora", "Called")
    assert "waits for a call again" in post(desk, call_back, "back")
    assert stored().state == "waiting"
    assert what_happened() == ["called", "taken_back"]
    for ended_at, ended_by in ((steps.now() - timedelta(days=2), "sam@landlord.example"), (steps.now(), None)):
        start_writing()
        one = db.session.get_one(CallBack, call_back.id, populate_existing=True)
        one.state, one.ended_at, one.ended_by = "called", ended_at, ended_by
        db.session.commit()
        assert "Only what was recorded today" in post(desk, call_back, "back")
        assert stored().state == "called"


def test_a_case_is_recorded_from_a_call_with_what_it_knows_already(desk: FlaskClient) -> None:
    call_back = waiting("Elin Nowak", last_slot().begins, steps.now(), about="The lift")
    page = desk.get(f"/staff/contacts/enquiry?call={call_back.reference}")
    tree = html.fromstring(page.get_data(as_text=True))
    assert tree.xpath("//input[@name='name']/@value") == ["Elin Nowak"]
    assert tree.xpath("//textarea[@name='what_happened']")[0].text.strip() == "The lift"
    form = tree.xpath("//form[.//*[@name='came_by']]")[0]
    data = {name: value for name, value in form.fields.items() if value}
    data |= {"solved": "yes", "solved_how": ""}
    refused = desk.post(form.get("action"), data=data)
    assert refused.status_code == 422
    assert "Enter what was done" in words_of(refused)
    assert desk.post(form.get("action"), data={**data, "solved_how": "Told her when"}).status_code == 303
    db.session.rollback()
    (case,) = db.session.scalars(db.select(Case))
    assert (case.tenant.name, case.solved_at_first_contact, case.status) == ("Elin Nowak", True, "closed")
    assert {"call_back_led_here", "first_contact", "answered", "case_closed"} <= {event.what for event in case.events}
