"""A tenant asks for an interpreter on the page of their case, and sees there when one is booked."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db, start_writing
from app.interpreters import booking
from app.interpreters.lists import of_case
from app.tracking.casework_shown import casework
from tests.builders import needs
from tests.journeys.reader import Reader
from tests.tracking.following import a_case_that_came, follow

GIVEN = {"interpreter_language": "British Sign Language", "interpreter_way": "video", "interpreter_when": "mornings"}


@pytest.fixture
def browser(sqlite_app: Flask) -> FlaskClient:
    return sqlite_app.test_client()


def test_it_reaches_the_list_once_and_their_page_says_that_none_is_booked_yet(browser: FlaskClient) -> None:
    case = a_case_that_came()
    follow(browser, case)
    for _press in range(2):
        reader = Reader(browser).open("/en/track/case/interpreter").answer(**GIVEN)
        assert reader.path == "/en/track/case"
    db.session.rollback()
    (one,) = of_case(case)
    assert (one.language, one.way, one.purpose, one.wished_for) == (
        "British Sign Language",
        "video",
        "call",
        "mornings",
    )
    assert (one.source, one.asked_by) == ("following", None)
    assert "You need an interpreter. We have not booked one yet." in reader.words
    assert "How you want to talk with us By video" in reader.words


def test_who_said_so_in_the_form_and_says_now_when_and_how_has_one_asked_for(browser: FlaskClient) -> None:
    case = a_case_that_came(needs=needs(interpreter_language="british sign language"))
    follow(browser, case)
    Reader(browser).open("/en/track/case/interpreter").answer(**GIVEN)
    db.session.rollback()
    (one,) = of_case(case)
    assert (one.way, one.wished_for, one.source) == ("video", "mornings", "form")


def test_who_asks_after_the_case_was_closed_sees_that_too(browser: FlaskClient) -> None:
    before = datetime.now(UTC) - timedelta(days=1)
    case = a_case_that_came(at=before, needs=needs(interpreter_language="Polish"))
    start_writing()
    case.status, case.closed_at = "closed", datetime.now(UTC)
    db.session.commit()
    assert "You need an interpreter." not in follow(browser, case).words
    reader = Reader(browser).open("/en/track/case/interpreter").answer(**{**GIVEN, "interpreter_language": "Dari"})
    assert "You need an interpreter. We have not booked one yet." in reader.words


@pytest.mark.parametrize("left_out", ["interpreter_language", "interpreter_way"])
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(browser: FlaskClient, left_out: str) -> None:
    case = a_case_that_came()
    follow(browser, case)
    reader = Reader(browser).open("/en/track/case/interpreter").answer(**{**GIVEN, left_out: ""})
    assert "There is a problem" in reader.words
    assert reader.fields()["interpreter_when"] == "mornings"
    db.session.rollback()
    assert of_case(case) == []


def test_the_page_says_when_it_is_booked_until_the_talk_is_over(browser: FlaskClient) -> None:
    case = a_case_that_came(kind="enquiry", needs=needs(interpreter_language="Polish"))
    start_writing()
    (one,) = of_case(case)
    now = datetime.now(UTC)
    begins = now + timedelta(days=2)
    wanted = booking.Booking("Language Line", "", begins, begins + timedelta(hours=1), "phone", "call")
    booking.book(one, wanted, now, "kim@landlord.example")
    db.session.commit()
    assert "An interpreter is booked for you on" in follow(browser, case).words
    assert casework(case, begins + timedelta(hours=1)).interpreters == ()


def test_in_a_report_of_antisocial_behaviour_it_is_no_incident_and_the_language_is_not_shown(
    browser: FlaskClient,
) -> None:
    case = a_case_that_came(kind="antisocial-behaviour", told={"what_happened": "Shouting."})
    follow(browser, case)
    reader = Reader(browser).open("/en/track/case/interpreter").answer(**GIVEN)
    db.session.rollback()
    db.session.expire_all()
    assert {contact.purpose for contact in case.contacts} == {"opening", "more"}
    assert "You need an interpreter." in reader.words
    assert "British Sign Language" not in reader.words


def test_a_woman_or_a_man_can_be_asked_for_and_who_says_nothing_has_no_wish(browser: FlaskClient) -> None:
    case = a_case_that_came()
    follow(browser, case)
    reader = Reader(browser).open("/en/track/case/interpreter").answer(**GIVEN, interpreter_prefers="woman")
    assert "Who should interpret A woman" in reader.words
    Reader(browser).open("/en/track/case/interpreter").answer(**{**GIVEN, "interpreter_language": "Polish"})
    db.session.rollback()
    assert [one.prefers for one in of_case(case)] == [None, "woman"]
