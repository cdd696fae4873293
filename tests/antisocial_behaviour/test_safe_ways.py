"""Nothing goes out by a way that could put somebody in danger."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.antisocial_behaviour.actions import make_report
from app.dispatch.models import Message
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters.models import Letter
from app.reception.actions import Arrival
from tests.antisocial_behaviour.reporting import begin, report, the_case, the_report
from tests.builders import MONDAY_NOON, needs
from tests.caseload.desk import page_of, press
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of
from tests.tracking.following import a_case_that_came, follow


def sent() -> list[tuple[str, str]]:
    return [(message.channel, message.address) for message in db.session.scalars(db.select(Message))]


@pytest.mark.parametrize(
    ("different", "goes_out"),
    [
        ({"safe_ways": ["phone"]}, []),
        ({"may_contact": "no"}, []),
        ({"stay_anonymous": "yes"}, []),
        ({"safe_ways": ["email"]}, [("email", "anna@example.com")]),
        ({"safe_ways": ["email", "phone"], "contact_channel": "phone"}, [("email", "anna@example.com")]),
        ({"safe_ways": ["letter"]}, [("post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA")]),
        (
            {"safe_ways": ["phone", "letter"], "contact_channel": "phone"},
            [("post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA")],
        ),
    ],
)
def test_the_receipt_goes_by_a_safe_way_or_not_at_all(
    different: dict[str, str], goes_out: list[tuple[str, str]], sqlite_app: Flask
) -> None:
    report(sqlite_app.test_client(), **different)
    assert sent() == goes_out
    assert {letter.name for letter in db.session.scalars(db.select(Letter))} == {"receipt", "acknowledgement"}


def test_the_only_safe_way_is_the_one_we_answer_by(sqlite_app: Flask) -> None:
    report(sqlite_app.test_client(), safe_ways=["phone"])
    needs = the_case().tenant.needs
    assert (needs.contact_channel, needs.may_leave_messages, needs.safe_times) == (
        "phone",
        False,
        "After 6 in the evening",
    )


@pytest.mark.parametrize(
    ("safe_ways", "offered"),
    [
        (["email"], {"standard-print", "large-print", "audio", "talking-book", "html", "text"}),
        (["letter"], {"standard-print", "large-print", "braille", "audio-cd"}),
    ],
)
def test_only_formats_that_can_come_safely_are_offered(
    safe_ways: list[str], offered: set[str], sqlite_app: Flask
) -> None:
    reader = begin(sqlite_app.test_client(), until="letters", safe_ways=safe_ways)
    assert set(reader.page.xpath("//input[@name='format']/@value")) == offered


def test_the_copy_of_the_answers_says_which_ways_are_safe(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    report(client, stay_anonymous="yes")
    words = client.get("/en/antisocial-behaviour/received/text").text
    assert "You did not want to give it." in words
    assert "How our letters should be made" not in words


def test_what_a_colleague_records_with_few_words_is_a_report_too(sqlite_app: Flask) -> None:
    arrival = Arrival({"what_happened": "They shout"}, {"name": "Anna"}, {}, "en", MONDAY_NOON, channel="phone")
    case = make_report(current_landlord(), arrival)
    db.session.commit()
    found = the_report()
    assert (found.case_id, found.risk_band, found.risk_points) == (case.id, "standard", 0)
    assert {row["answer"] for row in found.risk_working} == {None}
    assert case.is_restricted


def test_who_cannot_be_written_to_reads_the_letter_with_their_code(sqlite_app: Flask) -> None:
    """The promise to acknowledge can be kept all the same, and no letter goes anywhere."""
    a_colleague_with_a_password()
    desk = sqlite_app.test_client()
    sign_in(desk)
    case = a_case_that_came(is_restricted=True, needs=needs(safe_ways=[]), at=datetime.now(UTC))
    press(desk, case, "Show it on the tenant’s page Acknowledgement")
    assert not sent()
    (promise,) = [one for one in case.promises if (one.standard, one.regime) == ("complaint.acknowledge", "code")]
    assert promise.met_at
    titles = follow(sqlite_app.test_client(), case).page.xpath("//*[@class='letter-home']//h3")
    assert len(titles) == 2


def test_of_whom_only_email_is_safe_no_letter_is_recorded_as_posted(sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    desk = sqlite_app.test_client()
    sign_in(desk)
    case = a_case_that_came(needs=needs(safe_ways=["email"]), at=datetime.now(UTC))
    (letter,) = db.session.scalars(db.select(Letter).where(Letter.name == "acknowledgement"))
    page = page_of(desk, case)
    assert "I have sent it by post" not in page.text
    sending = f"/staff/cases/{case.reference}/letters/{letter.id}/sent"
    assert desk.post(sending, data={"csrf_token": token_of(page), "by": "post"}).status_code == 409
    assert "post" not in dict(sent())


def test_no_words_promise_to_reach_who_is_not_to_be_contacted(sqlite_app: Flask) -> None:
    report(sqlite_app.test_client(), may_contact="no")
    for letter in db.session.scalars(db.select(Letter)):
        assert "get in touch with you" not in letter.body, letter.name
        assert "We do not contact you" in letter.body, letter.name
    a_colleague_with_a_password()
    desk = sqlite_app.test_client()
    sign_in(desk)
    page = page_of(desk, the_case()).text
    assert "None: do not contact this person" in page
    assert "Best way to answer" not in page
