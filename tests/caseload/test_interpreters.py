"""Interpreters: asked for, booked, told to the tenant, and what came of it; and what came in is put into English."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.cases.clock import LONDON
from app.cases.models import Case
from app.cases.retention import anonymise
from app.extensions import db, start_writing
from app.interpreters import lists
from app.interpreters.asking import ask_for_call, is_signed
from app.interpreters.models import IncomingTranslation, InterpreterRequest
from app.landlords.standards import current_landlord
from app.letters.models import Letter
from tests.builders import needs, person
from tests.call_backs.test_desk import waiting
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.caseload.test_appointments import visit
from tests.staff.door import token_of, words_of
from tests.tracking.following import follow

QUESTION = {"what_happened": "The tap drips.", "topic": "something-else"}


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


def a_case(language: str | None = "Polish", **different: Any) -> Case:
    wanted = needs(interpreter_language=language)
    return a_case_that_came_in(**{"kind": "enquiry", "answers": QUESTION, "needs": wanted, **different})


def requests(case: Case) -> list[InterpreterRequest]:
    db.session.rollback()
    db.session.expire_all()
    return lists.of_case(case)


def send(client: FlaskClient, case: Case, path: str, **fields: str) -> TestResponse:
    base = f"/staff/cases/{case.reference}"
    given = {"csrf_token": token_of(client.get(f"{base}/interpreters")), **fields}
    answer = client.post(base + path, data=given)
    db.session.expire_all()
    return answer


def in_days(days: int) -> str:
    day = datetime.now(UTC).astimezone(LONDON).date() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def a_booking(**different: str) -> dict[str, str]:
    usual = {"service": "Language Line", "reference": "LL-42", "way": "phone", "purpose": "call", "day": in_days(3)}
    return {**usual, "begins": "9:30", "ends": "10:15", **different}


def book(client: FlaskClient, one: InterpreterRequest, **different: str) -> TestResponse:
    assert one.case
    return send(client, one.case, f"/interpreters/{one.id}/book", **a_booking(**different))


def outcome(client: FlaskClient, one: InterpreterRequest, **fields: str) -> TestResponse:
    assert one.case
    return send(client, one.case, f"/interpreters/{one.id}/outcome", **fields)


def letters(case: Case, name: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == name)))


def is_over(one: InterpreterRequest) -> None:
    """As if the talk had been an hour ago."""
    start_writing()
    moment = datetime.now(UTC) - timedelta(hours=2)
    one.begins_at, one.ends_at = moment, moment + timedelta(hours=1)
    db.session.commit()


def test_who_says_in_a_form_that_they_need_one_has_one_asked_for(desk: FlaskClient) -> None:
    (one,) = requests(a_case())
    assert (one.language, one.state, one.source, one.purpose) == ("Polish", "asked", "form", "call")
    assert one.due_at > one.asked_at
    assert not one.is_promised, "neither landlord's document says by when"
    assert requests(a_case(None)) == []


def test_the_list_says_what_is_to_be_booked_and_that_the_target_is_no_promise(desk: FlaskClient) -> None:
    new, old = a_case("Somali"), a_case("British Sign Language", days_ago=12)
    shown = words_of(desk.get("/staff/interpreters"))
    assert "It is not a promise" in shown
    assert shown.index(old.reference) < shown.index(new.reference), "what was due first stands at the top"
    row = shown[shown.index(old.reference) - 60 : shown.index(old.reference)]
    assert re.search(r"\d+ days? late", row), row


def test_a_woman_who_was_asked_for_in_the_form_is_asked_for_with_the_visit_too(desk: FlaskClient) -> None:
    case = a_case(needs=needs(interpreter_language="Polish", interpreter_prefers="woman"))
    base = f"/staff/cases/{case.reference}/appointments"
    desk.post(base, data={"csrf_token": token_of(desk.get(base)), **visit()})
    assert [one.prefers for one in requests(case)] == ["woman", "woman"]
    shown = words_of(desk.get("/staff/interpreters"))
    assert "Polish A woman" in shown[shown.index(case.reference) :]


def test_the_firm_is_the_policys_by_language(desk: FlaskClient) -> None:
    for language, firm in (("Polish", "Language Line"), ("BSL", "SignVideo"), ("British Sign Language", "SignVideo")):
        case = a_case(language)
        page = desk.get(f"/staff/cases/{case.reference}/interpreters/{requests(case)[0].id}")
        assert f'value="{firm}"' in page.get_data(as_text=True), language


def test_a_booking_is_told_to_the_tenant_in_a_letter_and_a_new_time_in_another(desk: FlaskClient) -> None:
    case = a_case()
    (one,) = requests(case)
    assert book(desk, one).status_code == 303
    (letter,) = letters(case, "interpreter-booked")
    assert "We have booked an interpreter for Polish for you." in letter.body
    assert "between 9:30am and 10:15am" in letter.body
    assert "We ring you at this time." in letter.body
    assert book(desk, one, begins="11:00", ends="12:00").status_code == 303
    newer = letters(case, "interpreter-booked")[-1]
    assert "We have changed the time with the interpreter." in newer.body
    (one,) = requests(case)
    assert (one.state, one.booking, one.booked_by) == ("booked", "LL-42", "sam.field@landlord.example")
    assert "An interpreter was booked" in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_a_letter_in_welsh_tells_it_in_welsh(desk: FlaskClient) -> None:
    wanted = needs(interpreter_language="BSL")
    case = a_case_that_came_in(kind="enquiry", answers=QUESTION, language="cy", needs=wanted)
    book(desk, requests(case)[0], way="video", service="SignVideo", joining="https://vid.example/room-7")
    assert letters(case, "interpreter-booked")[0].language == "cy"


def test_who_is_to_see_the_interpreter_on_a_screen_is_told_where_to_join(desk: FlaskClient) -> None:
    case = a_case("British Sign Language")
    (one,) = requests(case)
    for wrong in ("", "vid.example/room-7", "javascript:alert(1)"):
        assert book(desk, one, way="video", joining=wrong).status_code == 422, wrong
    assert book(desk, one, way="video", joining="https://vid.example/room-7").status_code == 303
    assert 'href="https://vid.example/room-7"' in letters(case, "interpreter-booked")[0].body
    assert "vid.example/room-7" in follow(desk.application.test_client(), case).words


@pytest.mark.parametrize("unsafe", [{"safe_ways": ["letter"]}, {"phone": None}])
def test_no_call_is_booked_with_whom_ringing_is_not_safe_or_not_possible(
    desk: FlaskClient, unsafe: dict[str, Any]
) -> None:
    who = person(phone=unsafe.get("phone", "07700 900123"))
    wanted = needs(interpreter_language="Ukrainian", safe_times="Never after 5", safe_ways=unsafe.get("safe_ways"))
    case = a_case(person=who, needs=wanted)
    (one,) = requests(case)
    assert "Never after 5" in words_of(desk.get(f"/staff/cases/{case.reference}/interpreters/{one.id}"))
    refused = book(desk, one)
    assert refused.status_code == 422
    assert "ringing this tenant is not safe" in words_of(refused)
    assert requests(case)[0].state == "asked"
    assert book(desk, requests(case)[0], way="in-person", purpose="meeting").status_code == 303


def test_no_visit_is_promised_by_the_letter_of_an_interpreter(desk: FlaskClient) -> None:
    case = a_case()
    assert book(desk, requests(case)[0], way="in-person", purpose="visit").status_code == 422


def test_one_rung_at_once_without_a_booking_is_on_record_as_there(desk: FlaskClient) -> None:
    case = a_case()
    assert outcome(desk, requests(case)[0], what="met", note="Rang the firm").status_code == 303
    (one,) = requests(case)
    assert (one.state, one.note, one.booked_at) == ("met", "Rang the firm", one.ended_at)


def test_who_was_told_of_a_talk_that_falls_away_is_told_that_too(desk: FlaskClient) -> None:
    case = a_case()
    book(desk, requests(case)[0])
    outcome(desk, requests(case)[0], what="withdraw", withdrawal="in-writing")
    (told,) = letters(case, "interpreter-not-there")
    assert "We have cancelled our talk with you on" in told.body
    by_email = person(email="anna@tenant.example")
    unseen = a_case(person=by_email, needs=needs(interpreter_language="Polish", contact_channel="email"))
    book(desk, requests(unseen)[0])
    outcome(desk, requests(unseen)[0], what="withdraw", withdrawal="in-writing")
    assert letters(unseen, "interpreter-not-there") == [], "the email is still here"


def test_the_list_keeps_to_a_few_questions_of_the_database_and_says_that_there_are_more(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_SHOWN", 5)
    case, now, asked = a_case("Dari"), datetime.now(UTC), []
    for number in range(9):
        call_back = waiting(f"Dari{number}", now - timedelta(days=90), now - timedelta(days=91))
        start_writing()
        ask_for_call(call_back.id, "Dari", current_landlord(), call_back.slot_at, call_back.asked_at)
        db.session.commit()
    db.event.listen(db.engine, "before_cursor_execute", lambda *event: asked.append(event[2]))
    shown = words_of(desk.get("/staff/interpreters"))
    assert "Here are the first 5." in shown
    assert "Dari4" in shown
    assert "Dari5" not in shown
    assert case.reference not in shown, "what comes up first is shown"
    assert sum("call_back" in question for question in asked) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": "1 1 2020"}, "Enter a time that is still to come"),
        ({"day": "tomorrow"}, "Enter a day, such as 4 12 2026"),
        ({"ends": "9:00"}, "Enter a time after the beginning"),
        ({"begins": "noon"}, "Enter a time, such as 9:30 or 2pm"),
        ({"service": ""}, "Enter who interprets"),
        ({"way": ""}, "Choose how they take part"),
    ],
)
def test_a_booking_that_cannot_be_is_refused_and_nothing_is_lost(
    desk: FlaskClient, wrong: dict[str, str], said: str
) -> None:
    case = a_case()
    (one,) = requests(case)
    answer = book(desk, one, **wrong)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert 'value="LL-42"' in answer.get_data(as_text=True)
    assert requests(case)[0].state == "asked"
    assert letters(case, "interpreter-booked") == []


def test_the_record_says_that_the_need_was_met_only_after_the_talk(desk: FlaskClient) -> None:
    case = a_case()
    (one,) = requests(case)
    book(desk, one)
    early = outcome(desk, one, what="met")
    assert early.status_code == 422
    assert "Choose this after the time for which the interpreter was booked" in words_of(early)
    is_over(one)
    assert "Was the interpreter there?" in words_of(desk.get("/staff/interpreters"))
    assert outcome(desk, one, what="met").status_code == 303
    (one,) = requests(case)
    assert (one.state, one.because) == ("met", None)
    assert case.reference not in words_of(desk.get("/staff/interpreters"))
    again = outcome(desk, one, what="met")
    assert "Somebody recorded before" in words_of(desk.get(again.location))


def test_nobody_free_is_told_with_a_reason_on_record_and_another_is_asked_for(desk: FlaskClient) -> None:
    case = a_case()
    (one,) = requests(case)
    bare = outcome(desk, one, what="failed")
    assert bare.status_code == 422
    assert "Choose why there was none" in words_of(bare)
    done = outcome(desk, one, what="failed", failure="nobody-free", again="yes", note="Rang two firms")
    assert done.status_code == 303
    second, first = requests(case)
    assert (first.state, first.because, first.note) == ("failed", "nobody-free", "Rang two firms")
    assert (second.state, second.language) == ("asked", "Polish")
    (letter,) = letters(case, "interpreter-not-there")
    assert "We try again." in letter.body
    assert "Nobody was free" in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_of_a_talk_that_is_over_no_letter_says_that_nobody_comes(desk: FlaskClient) -> None:
    case = a_case()
    (one,) = requests(case)
    book(desk, one)
    is_over(one)
    outcome(desk, one, what="failed", failure="did-not-come", again="no")
    assert requests(case)[0].because == "did-not-come"
    assert letters(case, "interpreter-not-there") == []


def test_a_visit_asks_for_one_and_moving_it_asks_anew(desk: FlaskClient) -> None:
    case = a_case()
    base = f"/staff/cases/{case.reference}/appointments"
    token = token_of(desk.get(base))
    assert desk.post(base, data={"csrf_token": token, **visit()}).status_code == 303
    one = requests(case)[0]
    assert (one.purpose, one.way, one.source) == ("visit", "in-person", "visit")
    assert one.appointment
    assert one.needed_at == one.appointment.begins_at
    elsewhen = book(desk, one, day=in_days(4), way="in-person")
    assert "the interpreter has to be there then" in words_of(elsewhen)
    assert book(desk, one, day=in_days(5), begins="9:00", ends="10:30", way="in-person").status_code == 303
    moved = desk.post(f"{base}/{one.appointment_id}/move", data={"csrf_token": token, **visit(day=in_days(6))})
    assert moved.status_code == 303
    one = requests(case)[0]
    assert (one.state, one.has_moved, one.booking) == ("asked", True, "LL-42")
    assert "Moved: book anew" in words_of(desk.get("/staff/interpreters"))
    cancelled = desk.post(
        f"{base}/{one.appointment_id}/cancel",
        data={"csrf_token": token, "then": "not-needed", "words_language": "en"},
    )
    assert cancelled.status_code == 303
    one = requests(case)[0]
    assert (one.state, one.because) == ("withdrawn", "visit-cancelled")
    assert "Cancel the booking with the firm." in words_of(desk.get(f"/staff/cases/{case.reference}"))


def test_nobody_free_for_a_visit_that_was_moved_is_told_of_its_new_day(desk: FlaskClient) -> None:
    case = a_case()
    base = f"/staff/cases/{case.reference}/appointments"
    given = {"csrf_token": token_of(desk.get(base)), **visit()}
    desk.post(base, data=given)
    one = requests(case)[0]
    book(desk, one, day=in_days(5), begins="9:00", ends="10:30", way="in-person")
    desk.post(f"{base}/{requests(case)[0].appointment_id}/move", data={**given, "day": in_days(6)})
    outcome(desk, requests(case)[0], what="failed", failure="nobody-free", again="no")
    (letter,) = letters(case, "interpreter-not-there")
    assert letter.given
    assert letter.given["begins"] == requests(case)[0].needed_at.isoformat()  # type: ignore[union-attr]


def test_a_colleague_asks_for_one_on_any_case(desk: FlaskClient) -> None:
    case = a_case(None, kind="complaint", answers={"what_happened": "Damp."})
    bare = send(desk, case, "/interpreters", language="")
    assert bare.status_code == 422
    given = {"language": "Farsi", "way": "in-person", "purpose": "meeting", "wished_for": "Mondays"}
    assert send(desk, case, "/interpreters", **given).status_code == 303
    (one,) = requests(case)
    assert (one.language, one.way, one.purpose, one.wished_for) == ("Farsi", "in-person", "meeting", "Mondays")
    assert one.asked_by == "sam.field@landlord.example"


def test_to_whom_no_letter_can_go_a_colleague_is_told_to_ring(desk: FlaskClient) -> None:
    where = person(email=None, address=None, postcode=None)
    case = a_case(person=where, needs=needs(interpreter_language="Polish", contact_channel="phone"))
    answer = book(desk, requests(case)[0])
    assert answer.status_code == 303
    assert "tell the tenant on the phone" in words_of(desk.get(answer.location))
    assert requests(case)[0].state == "booked"


def test_what_came_in_in_another_language_is_put_into_english_and_kept(desk: FlaskClient) -> None:
    case = a_case()
    assert send(desk, case, "/into-english", what="Letter of 4 December", from_language="Polish").status_code == 303
    (wanted,) = db.session.scalars(db.select(IncomingTranslation).where(IncomingTranslation.case_id == case.id))
    assert "Letter of 4 December" in words_of(desk.get("/staff/interpreters"))
    path = f"/into-english/{wanted.id}"
    bare = send(desk, case, path, came_of_it="done", words="The tap drips.")
    assert "Enter who translated it" in words_of(bare)
    done = send(desk, case, path, came_of_it="done", words="The tap drips.", translated_by="Brook Translations")
    assert done.status_code == 303
    shown = words_of(desk.get(f"/staff/cases/{case.reference}/interpreters"))
    assert "The tap drips." in shown
    assert "Brook Translations" in shown
    assert "translated into English by Brook Translations" in words_of(desk.get(f"/staff/cases/{case.reference}"))
    again = send(desk, case, path, came_of_it="dropped", words="Twice")
    assert "Somebody recorded before" in words_of(desk.get(again.location))


def test_when_a_cases_time_is_over_the_language_is_gone_and_the_count_stays(desk: FlaskClient) -> None:
    case = a_case()
    send(desk, case, "/into-english", what="Their letter", from_language="Polish")
    book(desk, requests(case)[0])
    start_writing()
    case = db.session.get_one(Case, case.id)
    case.status, case.closed_at = "closed", datetime.now(UTC)
    anonymise(case, datetime.now(UTC))
    db.session.commit()
    (one,) = requests(case)
    assert (one.language, one.booking, one.state) == ("", None, "booked")
    assert one.booked_at is not None
    kept = " ".join(str(event.details) for event in case.events)
    assert "Polish" not in kept
    (wanted,) = db.session.scalars(db.select(IncomingTranslation).where(IncomingTranslation.case_id == case.id))
    assert (wanted.what, wanted.language) == ("", "")
    assert case.reference not in words_of(desk.get("/staff/interpreters")), "nobody could say any more how it was"


def test_whoever_may_not_open_a_case_does_not_find_it_in_the_list(desk: FlaskClient) -> None:
    report = a_case("Tigrinya", kind="antisocial-behaviour", answers={"what_happened": "Shouting."})
    open_to_all = a_case("Tigrinya")
    shown = words_of(desk.get("/staff/interpreters"))
    assert open_to_all.reference in shown
    assert report.reference not in shown
    assert desk.get(f"/staff/cases/{report.reference}/interpreters").status_code == 403


@pytest.mark.parametrize(
    ("typed", "signed"),
    [
        ("Język migowy", True), ("британська жестова мова", True), ("لغة الإشارة", True), ("اشاروں کی زبان", True),
        ("limbajul semnelor", True), ("língua gestual", True), ("Iaith Arwyddion Prydain", True), ("BSL/English", True),
        ("Polish", False), ("Українська", False),
    ],
)  # fmt: skip
def test_sign_language_is_known_in_every_language_of_the_site(typed: str, signed: bool) -> None:
    assert is_signed(typed) is signed
