"""What a tenant ruled out is not done: no page, worker or colleague can send by a way that is not safe."""

from typing import Any

import pytest
from flask import Flask

from app.cases.models import Case
from app.dispatch.actions import NotSafe, messages_of, queue_message, try_again, way_to
from app.dispatch.sending import send_message
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters.actions import request_letter
from app.reception.actions import Arrival, take_in
from tests.builders import MONDAY_NOON, answers, needs, person


def taken_in(kind: str = "enquiry", doubts: tuple[str, ...] = (), **different: Any) -> Case:
    who = person(email="anna@example.org", **different.pop("person", {}))
    start_writing()
    arrival = Arrival(answers(), who, needs(**different), "en", MONDAY_NOON, doubts=doubts)
    case = take_in(current_landlord(), kind, arrival)
    db.session.commit()
    return case


@pytest.mark.parametrize(
    ("safe_ways", "asked_for", "goes_by"),
    [
        (None, "email", "email"),
        (None, "letter", "post"),
        (["email", "phone", "letter"], "letter", "post"),
        (["email"], "letter", "email"),
        (["letter"], "email", "post"),
        (["phone"], "email", None),
        ([], "letter", None),
    ],
)
def test_the_receipt_goes_by_a_safe_way_or_not_at_all(
    sqlite_app: Flask, safe_ways: list[str] | None, asked_for: str, goes_by: str | None
) -> None:
    case = taken_in(safe_ways=safe_ways, contact_channel=asked_for)
    sent = messages_of(case.id)
    assert [message.channel for message in sent] == ([goes_by] if goes_by else [])
    assert way_to(case.tenant) is None or goes_by


def test_the_outbox_itself_refuses(sqlite_app: Flask) -> None:
    case = taken_in(safe_ways=["phone"])
    start_writing()
    letter = request_letter(case, "acknowledgement", MONDAY_NOON)
    for channel, address in (("email", "anna@example.org"), ("post", "1 High Street")):
        with pytest.raises(NotSafe):
            queue_message(letter, channel, address, MONDAY_NOON)


def test_what_waits_does_not_go_by_a_way_that_was_ruled_out_since(sqlite_app: Flask) -> None:
    case = taken_in(contact_channel="email")
    (message,) = messages_of(case.id)
    case.tenant.needs.safe_ways = ["phone"]
    db.session.commit()
    assert not send_message(message.id, MONDAY_NOON)
    assert (message.state, message.problem) == ("failed", "the tenant told us that this way is not safe")
    with pytest.raises(NotSafe):
        try_again(message, MONDAY_NOON)


def test_what_looks_automatic_is_taken_in_but_answered_by_no_machine(sqlite_app: Flask) -> None:
    case = taken_in(doubts=("filled_hidden_field",), contact_channel="email")
    assert messages_of(case.id) == []
    assert [event.details for event in case.events if event.what == "looks_automatic"] == [
        {"signs": ["filled_hidden_field"]}
    ]


def test_a_tenant_without_a_name_gets_letters_without_one(sqlite_app: Flask) -> None:
    nobody = {"name": "", "is_anonymous": True, "address": [], "postcode": None, "phone": None}
    case = taken_in("antisocial-behaviour", person=nobody)
    letter = request_letter(case, "receipt", MONDAY_NOON)
    assert "<p>Hello,</p>" in letter.body
    assert "You did not want to give it." in letter.body
