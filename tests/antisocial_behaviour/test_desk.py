"""What a colleague sees of a report: how great the risk is, how that came about, and what needs care."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.caseload.record import record_contact
from app.cases.models import Case
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from tests.builders import MONDAY_NOON
from tests.caseload.desk import page_of
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

ANSWERS = {
    "what_happened": "They beat on my door",
    "behaviour_kinds": ["harassment", "hate"],
    "hate_because": ["race", "religion"],
    "afraid": "very",
    "weapon": "not-sure",
}


def a_report(**answers: Any) -> Case:
    start_writing()
    record = {
        "kind": "antisocial-behaviour",
        "channel": "phone",
        "received_at": "2026-11-20T10:00",
        "person": {"name": "Anna Nowak", "phone": "07700 900123"},
        "answers": ANSWERS | answers,
    }
    case = record_contact(record, current_landlord(), MONDAY_NOON, "sam.field@landlord.example")
    db.session.commit()
    return case


@pytest.fixture
def desk(sqlite_app: Flask) -> FlaskClient:
    a_colleague_with_a_password()
    client = sqlite_app.test_client()
    sign_in(client)
    return client


def test_the_risk_is_shown_with_its_working(desk: FlaskClient) -> None:
    words = words_of(page_of(desk, a_report()))
    # Harassment 2, hate 3, race 3, religion 3, very afraid 3, perhaps a weapon 2.
    assert "High risk 16 points, by the answers in the form." in words
    assert "Whether you are afraid Very 3" in words
    assert "Hate By itself at least: Medium risk 3" in words
    assert "How often it happens Not answered 0" in words
    assert "Reported as hate, because of: Race, skin colour or where somebody is from Religion or belief" in words
    assert "Abuse at home" not in words


def test_abuse_at_home_is_said_first(desk: FlaskClient) -> None:
    words = words_of(page_of(desk, a_report(done_by="somebody-close", hate_because=["no"])))
    assert "Abuse at home. Speak only with the person who told us" in words
    assert "Reported as hate" not in words


def test_a_complaint_has_no_risk(desk: FlaskClient) -> None:
    start_writing()
    record = {
        "kind": "complaint",
        "channel": "phone",
        "received_at": "2026-11-20T10:00",
        "person": {"name": "Anna Nowak"},
        "answers": {"what_happened": "The lift"},
    }
    case = record_contact(record, current_landlord(), MONDAY_NOON)
    db.session.commit()
    assert "How the risk was worked out" not in words_of(page_of(desk, case))
