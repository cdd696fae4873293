"""Which promises begin, for which contact, on which day."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.landlords.shapes import Landlord
from app.landlords.standards import current_landlord, load_landlord
from tests.conftest import MakeApp

ON = date(2026, 11, 23)
LIVEWEST, LIVV = load_landlord("livewest"), load_landlord("livv")


def begun(landlord: Landlord, kind: str, channel: str, addressee: str = "team", on: date = ON) -> set[tuple[str, str]]:
    return {(entry.key, entry.regime) for entry in landlord.standards_for(kind, channel, on, addressee)}


CODES_ACKNOWLEDGEMENT = ("complaint.acknowledge", "code")


@pytest.mark.parametrize(
    ("kind", "channel", "addressee", "keys"),
    [
        ("complaint", "phone", "team", {"complaint.acknowledge", "complaint.stage_1_response"}),
        (
            "complaint",
            "web",
            "team",
            {"complaint.acknowledge", "complaint.stage_1_response", "contact.answer_web_form"},
        ),
        (
            "complaint",
            "email",
            "colleague",
            {"complaint.acknowledge", "complaint.stage_1_response", "contact.answer_colleague_email"},
        ),
        ("complaint", "email", "team", {"complaint.acknowledge", "complaint.stage_1_response"}),
        ("enquiry", "email", "team", {"enquiry.answer_email"}),
        ("enquiry", "email", "colleague", {"contact.answer_colleague_email"}),
        ("enquiry", "social", "team", {"contact.answer_social_media"}),
        ("enquiry", "social", "colleague", {"contact.answer_colleague_social_media"}),
        ("enquiry", "voicemail", "colleague", {"contact.answer_colleague_voicemail"}),
        ("enquiry", "voicemail", "team", set()),
        ("enquiry", "phone", "team", set()),
        ("enquiry", "web", "team", {"contact.answer_web_form"}),
        ("compliment", "web", "team", {"contact.answer_web_form"}),
        ("antisocial-behaviour", "web", "team", {"contact.answer_web_form"}),
        ("repair", "phone", "team", {"repair.make_safe"}),
    ],
)
def test_what_livewest_promises_at_receipt(kind: str, channel: str, addressee: str, keys: set[str]) -> None:
    expected = {(key, "landlord") for key in keys}
    if kind == "complaint":
        expected.add(CODES_ACKNOWLEDGEMENT)
    assert begun(LIVEWEST, kind, channel, addressee) == expected


@pytest.mark.parametrize("channel", ["web", "phone", "email", "letter", "social", "voicemail", "visit", "chat"])
def test_what_livv_promises_at_receipt_of_a_complaint_by_any_way(channel: str) -> None:
    assert begun(LIVV, "complaint", channel) == {
        ("complaint.acknowledge", "landlord"),
        ("complaint.stage_1_contact", "landlord"),
        ("complaint.stage_1_response", "landlord"),
        CODES_ACKNOWLEDGEMENT,
    }


def test_livewests_24_hours_run_beside_the_codes_5_working_days() -> None:
    both = {
        entry.regime: (entry.amount, entry.unit)
        for entry in LIVEWEST.standards_for("complaint", "phone", ON)
        if entry.key == "complaint.acknowledge"
    }
    assert both == {"landlord": (24, "hours"), "code": (5, "working_days")}


@pytest.mark.parametrize(
    ("event", "livewest", "livv"),
    [
        ("acknowledged", {("complaint.stage_1_response", "code")}, {("complaint.stage_1_response", "code")}),
        (
            "stage_2_requested",
            {("complaint.stage_2_acknowledge", "code")},
            {("complaint.stage_2_acknowledge", "code"), ("complaint.stage_2_response", "landlord")},
        ),
        ("stage_2_acknowledged", {("complaint.stage_2_response", "code")}, {("complaint.stage_2_response", "code")}),
    ],
)
def test_what_begins_with_a_later_event(event: str, livewest: set[tuple[str, str]], livv: set[tuple[str, str]]) -> None:
    for landlord, expected in ((LIVEWEST, livewest), (LIVV, livv)):
        found = {(entry.key, entry.regime) for entry in landlord.standards_after("complaint", event, ON)}
        assert found == expected


def test_the_appointment_for_an_emergency_repair_is_counted_from_when_it_was_made_safe() -> None:
    (appointment,) = LIVEWEST.standards_after("repair", "made_safe", ON)
    assert (appointment.key, appointment.amount, appointment.unit) == ("repair.arrange_appointment", 2, "working_days")


def test_a_promise_begins_on_its_first_day_and_not_before() -> None:
    first = date(2024, 4, 1)
    assert begun(LIVEWEST, "complaint", "phone", on=first)
    assert not begun(LIVEWEST, "complaint", "phone", on=first - timedelta(days=1))


def test_the_landlord_of_the_settings_is_current(make_app: MakeApp) -> None:
    with make_app(landlord="livv").app_context():
        assert current_landlord().name == "Livv Housing Group"
        assert current_landlord().theme == "plum"


def test_templates_know_the_landlord(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context("/en/"):
        from flask import render_template_string

        assert render_template_string("{{ landlord.name }}") == "LiveWest"
