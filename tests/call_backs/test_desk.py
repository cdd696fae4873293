"""The calls that colleagues have to make: who is next, how late, and what became of each."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from app.call_backs import actions
from app.call_backs.models import CallBack
from app.caseload.call_backs import dialled, when_words
from app.extensions import db, start_writing
from app.journeys import steps
from app.notices.models import Notice
from tests.call_backs.asking import call_backs, last_slot
from tests.cases.moments import london
from tests.journeys.reader import Reader
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

PAGE = "/staff/call-backs"
# A call between 9am and 10am on Tuesday 24 November, as it is said at these moments.
WHEN = {
    "Mon 2026-11-23 12:00": ("Tue 24 Nov, 9am to 10am", "later"),
    "Tue 2026-11-24 08:00": ("today, 9am to 10am", "soon"),
    "Tue 2026-11-24 09:00": ("now, until 10am", "today"),
    "Tue 2026-11-24 10:00": ("now, until 10am", "today"),
    "Tue 2026-11-24 10:01": ("late since 10am", "late"),
    "Thu 2026-11-26 08:00": ("2 days late", "late"),
}


def waiting(name: str, slot_at: datetime, asked_at: datetime, **different: object) -> CallBack:
    start_writing()
    call_back = CallBack(
        **{
            "reference": f"REF-{name}"[:12], "landlord": "livewest", "name": name, "phone": "07700 900123",
            "language": "ar", "interpreter_language": None, "about": None, "may_leave_messages": False,
            "slot_at": slot_at,
            "slot_ends_at": slot_at + timedelta(hours=1), "asked_at": asked_at, "placed_at": asked_at,
            "state": "waiting", "key": name, **different,
        }
    )  # fmt: skip
    db.session.add(call_back)
    db.session.commit()
    return call_back


@pytest.fixture
def desk(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password()
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def press(client: FlaskClient, name: str, label: str) -> str:
    """The button in this tenant's row; gives the words of the page that comes after."""
    tree = html.fromstring(client.get(PAGE).get_data(as_text=True))
    (row,) = [row for row in tree.xpath("//tbody/tr") if name in row.text_content()]
    (form,) = [one for one in row.xpath(".//form") if one.xpath(".//button")[0].text_content().startswith(label)]
    data = {"csrf_token": form.xpath(".//input[@name='csrf_token']/@value")[0]}
    assert client.post(form.get("action"), data=data).status_code == 303
    return words_of(client.get(PAGE))


def test_what_is_due_first_stands_first_and_those_of_one_time_in_the_order_of_asking(desk: FlaskClient) -> None:
    now, slot = steps.now(), last_slot()
    waiting("Third", slot.begins, now)
    waiting("Second", slot.begins, now - timedelta(hours=1))
    waiting("First", now - timedelta(hours=2), now - timedelta(hours=3))
    tree = html.fromstring(desk.get(PAGE).get_data(as_text=True))
    assert [one.text for one in tree.xpath("//tbody//th//bdi")] == ["First", "Second", "Third"]
    places = [one.text_content().strip() for one in tree.xpath("//tbody//td[@data-label='Place']")]
    assert places == ["1", "1", "2"]
    assert tree.xpath("//tbody/tr[1]//*[contains(@class, 'due--late')]")


def test_when_to_call_is_said_as_a_colleague_would(sqlite_app: Flask) -> None:
    begins = london("Tue 2026-11-24 09:00")
    call_back = CallBack(slot_at=begins, slot_ends_at=begins + timedelta(hours=1))
    with sqlite_app.test_request_context():
        found = {now: when_words(call_back, london(now)) for now in WHEN}
    assert {now: (one.words, one.state) for now, one in found.items()} == WHEN


def test_a_row_says_what_to_know_before_ringing(desk: FlaskClient) -> None:
    waiting("Anna", last_slot().begins, steps.now(), interpreter_language="Polish", about="The lift")
    page = words_of(desk.get(PAGE))
    for words in ("Anna", "07700 900123", "Leave no message", "Arabic", "Interpreter: Polish", "The lift", "REF-Anna"):
        assert words in page
    tree = html.fromstring(desk.get(PAGE).get_data(as_text=True))
    assert tree.xpath("//tbody//th//a/@href") == ["tel:+447700900123"]


def test_what_became_of_it_is_recorded_with_who_and_when(desk: FlaskClient) -> None:
    for label, state in (("Called", "called"), ("No answer", "missed"), ("Cancel", "cancelled")):
        waiting(f"Anna-{state}", last_slot().begins, steps.now())
        page = press(desk, f"Anna-{state}", label)
        assert "Nobody is waiting for a call." in page
        assert "by sam.field@landlord.example" in page
        stored = call_backs()[-1]
        assert (stored.state, stored.ended_by) == (state, "sam.field@landlord.example")
        assert stored.ended_at is not None
        assert steps.now() - stored.ended_at < timedelta(minutes=1)


def test_what_the_tenant_cancelled_meanwhile_stays_cancelled(desk: FlaskClient) -> None:
    call_back = waiting("Anna", last_slot().begins, steps.now())
    token = html.fromstring(desk.get(PAGE).get_data(as_text=True)).xpath("//input[@name='csrf_token']/@value")[0]
    start_writing()
    actions.end(db.session.merge(call_back), "cancelled", steps.now())
    db.session.commit()
    desk.post(f"{PAGE}/{call_back.reference}/called", data={"csrf_token": token})
    assert "This call was recorded or cancelled before." in words_of(desk.get(PAGE))
    (stored,) = call_backs()
    assert (stored.state, stored.ended_by) == ("cancelled", None)


def test_the_waits_are_measured_from_asking_to_the_call(desk: FlaskClient) -> None:
    now = steps.now()
    for hours, state in ((1, "called"), (3, "called"), (20, "called"), (5, "missed"), (6, "cancelled")):
        slot_at = now - timedelta(hours=4)
        asked_at = now - timedelta(hours=hours)
        waiting(f"{state}{hours}", slot_at, asked_at, state=state, ended_at=now)
    waiting(
        "Long ago",
        now - timedelta(days=40),
        now - timedelta(days=41),
        state="called",
        ended_at=now - timedelta(days=40),
    )
    page = words_of(desk.get(PAGE))
    assert "called 3, half of them within 3 hours of asking; after their time 3." in page
    assert "Nobody answered: 1. Cancelled: 1." in page


def test_the_menu_leads_there_and_an_empty_list_says_so(desk: FlaskClient) -> None:
    tree = html.fromstring(desk.get("/staff/").get_data(as_text=True))
    assert PAGE in tree.xpath("//nav//a/@href")
    reader = Reader(desk).open(PAGE)
    assert "Nobody is waiting for a call." in reader.words
    assert "nobody was called from this list" in reader.words


@pytest.mark.parametrize(
    ("typed", "number"), [("07700 900123", "+447700900123"), ("+48 22 123 45 67", "+48221234567"), ("ask Jo", "askJo")]
)
def test_a_number_is_dialled_with_its_country(typed: str, number: str) -> None:
    assert dialled(typed) == number


def test_a_call_in_a_closure_that_was_published_later_is_marked_for_both_sides(desk: FlaskClient) -> None:
    now = steps.now()
    in_two_days = now + timedelta(days=2)
    there = waiting("Anna", in_two_days, now)
    waiting("Ben", in_two_days + timedelta(days=1), now)
    marked = "The office is closed then: move it"
    asked_to_move = "Our office is closed at this time. Please choose another one."
    assert marked not in words_of(desk.get(PAGE))
    start_writing()
    db.session.add(
        Notice(
            key="closed", kind="office-closed", words={}, state="published", announce_at=in_two_days,
            starts_at=in_two_days + timedelta(minutes=59), ends_at=in_two_days + timedelta(hours=3), published_at=now,
            changed_at=now, created_at=now, written_by="command",
        )
    )  # fmt: skip
    db.session.commit()
    tree = html.fromstring(desk.get(PAGE).get_data(as_text=True))
    assert [marked in row.text_content() for row in tree.xpath("//main//tbody/tr")] == [True, False]
    assert asked_to_move in Reader(desk).open(f"/en/call-back/yours/{there.key}").words
    assert asked_to_move not in Reader(desk).open("/en/call-back/yours/Ben").words
