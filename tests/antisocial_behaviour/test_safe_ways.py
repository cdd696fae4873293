"""Nothing goes out by a way that could put somebody in danger."""

import pytest
from flask import Flask

from app.antisocial_behaviour.actions import make_report
from app.dispatch.models import Message
from app.extensions import db
from app.landlords.standards import current_landlord
from app.letters.models import Letter
from app.reception.actions import Arrival
from tests.antisocial_behaviour.reporting import begin, report, the_case, the_report
from tests.builders import MONDAY_NOON


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
        (["email"], {"standard-print", "large-print", "audio", "html", "text"}),
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
