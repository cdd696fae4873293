"""Asking to be called: from the first page to a place in the queue."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.call_backs.asking import ask, at, begin, call_backs, last_slot
from tests.conftest import MakeApp
from tests.journeys.reader import Reader


@pytest.mark.parametrize(
    ("landlord", "language"), [("livewest", "en"), ("livv", "en"), ("livewest", "cy"), ("livv", "ar")]
)
def test_a_tenant_is_told_when_we_call_and_where_they_stand(make_app: MakeApp, landlord: str, language: str) -> None:
    app = make_app(landlord=landlord)
    with app.app_context():
        slot = last_slot()
        reader = ask(app.test_client(), language, **at(slot))
        (call_back,) = call_backs()
        assert reader.path.endswith(f"/{language}/call-back/received")
        assert reader.reference == call_back.reference
        assert reader.page.xpath("//*[@data-place]/@data-place") == ["1"]
        assert (call_back.slot_at, call_back.slot_ends_at, call_back.state) == (slot.begins, slot.ends, "waiting")
        assert (call_back.name, call_back.phone) == ("Anna Nowak", "+48 22 123 45 67")
        assert (call_back.language, call_back.interpreter_language) == (language, "Polish")
        assert (call_back.about, call_back.may_leave_messages, call_back.landlord) == ("The lift", False, landlord)
        assert call_back.asked_at == call_back.placed_at


def test_the_first_page_says_what_to_do_in_an_emergency_before_anything_else(sqlite_app: Flask) -> None:
    reader = Reader(sqlite_app.test_client()).open("/en/call-back")
    assert reader.heading == "Ask us to call you"
    after_heading = reader.words.partition("Ask us to call you")[2].strip()
    assert after_heading.startswith("If something is dangerous now, do not wait for our call.")
    assert "tel:+443001238080" in reader.page.xpath("//main//a/@href")
    assert "We only make these calls when we are open." in reader.words
    assert "The first free time is" in reader.words


def test_calls_are_said_to_be_recorded_where_they_are(make_app: MakeApp) -> None:
    for landlord, are_recorded in (("livewest", True), ("livv", False)):
        app = make_app(landlord=landlord)
        with app.app_context():
            first = Reader(app.test_client()).open("/en/call-back")
            assert ("Calls are recorded." in first.words) is are_recorded
            assert ("Calls are recorded." in ask(app.test_client()).words) is are_recorded


def test_as_soon_as_you_can_is_the_first_free_time(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="check", day="soonest")
    assert reader.summary["Day of the call"] == "As soon as you can"
    assert "Time of the call" not in reader.summary
    reader.press()
    (call_back,) = call_backs()
    assert call_back.slot_at > call_back.asked_at


def test_the_second_is_number_2_and_becomes_1_when_the_first_cancels(sqlite_app: Flask) -> None:
    slot = last_slot()
    first, second = sqlite_app.test_client(), sqlite_app.test_client()
    ask(first, **at(slot))
    reader = ask(second, **at(slot))
    assert "You are number 2 for this time." in reader.words
    reader_of_first = Reader(first).open("/en/call-back/received").follow("choose another time, or cancel")
    reader_of_first.follow("Cancel this call").press()
    assert "This call is cancelled." in reader_of_first.words
    assert "You are number 1 for this time." in reader.open("/en/call-back/received").words


def test_only_what_is_needed_is_asked_and_no_email(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), needs_interpreter="no")
    assert list(reader.summary) == [
        "Your name", "Your phone number", "If you do not answer, can we leave a message?",
        "What the call is about", "Interpreter", "Day of the call",
    ]  # fmt: skip


def test_a_time_that_is_not_offered_cannot_be_chosen(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, until="time", **at(last_slot()))
    answer = client.post(reader.path, data={**reader.fields(), "time": "2026-12-25T10:00Z"})
    assert answer.status_code == 422
    assert "Choose another one" in answer.get_data(as_text=True)


def test_pressed_twice_it_is_one_call(client: FlaskClient) -> None:
    reader = begin(client)
    data = reader.filled_in()
    for _press in range(2):
        assert client.post(reader.path, data=data).status_code == 303
    assert len(call_backs()) == 1


def test_where_all_is_taken_the_form_says_so_and_gives_the_phone(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.call_backs import forms

    client = sqlite_app.test_client()
    reader = begin(client, until="day")
    monkeypatch.setattr(forms, "free_slots", lambda landlord, at: ())
    reader.open("/en/call-back/day")
    assert "All times of the next days are taken." in reader.words
    assert "Your answers are kept." in reader.words
    assert not reader.page.xpath("//main//button")
    assert "All times of the next days are taken." in reader.open("/en/call-back/time").words
    assert "All times of the next days are taken." in reader.open("/en/call-back/before-you-ask").words
