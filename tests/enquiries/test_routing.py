"""Where an enquiry leads: to help, to the phone, to the law's clocks, or to a usual answer."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from app.caseload.record import record_contact
from app.cases.models import Case
from app.enquiries.actions import make_enquiry
from app.enquiries.topics import service_of
from app.extensions import db
from app.journeys import steps
from app.landlords.standards import current_landlord, load_landlord
from app.reception.actions import Arrival
from app.reception.dangers import hazard_of, sounds_dangerous
from app.reception.listening import HAZARDS, heard
from tests.builders import needs, person
from tests.conftest import MakeApp
from tests.feedback.test_compliments import case_of, letter
from tests.feedback.writing import QUESTION, begin, go_on, send
from tests.journeys.reader import Reader

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def monday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "now", lambda: MONDAY_NOON)


def asked_about_it(app: Flask, **different: str) -> list[str]:
    """The pages before those about the person."""
    reader = Reader(app.test_client()).open("/en/enquiry")
    return [slug for slug in go_on(reader, until="name", **different) if slug != "files"]


HAZARD_PAGES = ["who-you-are", "people", "since-when"]


@pytest.mark.parametrize(
    ("different", "pages"),
    [
        ({"topic": "something-else"}, ["topic", "what-happened"]),
        ({"topic": "rent"}, ["topic", "help", "what-happened"]),
        ({"topic": "repairs"}, ["topic", "what-is-wrong", "what-happened"]),
        (
            {"topic": "repairs", "what_is_wrong": "damp-and-mould"},
            ["topic", "what-is-wrong", "what-happened", *HAZARD_PAGES],
        ),
        (
            {"topic": "repairs", "what_is_wrong": "gas"},
            ["topic", "what-is-wrong", "call-now", "what-happened", *HAZARD_PAGES],
        ),
        # Named only in words: one question more, whatever the topic, and then the same way.
        ({"topic": "rent", "what_happened": "I pay for MOULD"}, ["topic", "help", "what-happened", "dangerous"]),
        (
            {"topic": "rent", "what_happened": "Black mould", "danger_at_home": "damp-and-mould"},
            ["topic", "help", "what-happened", "dangerous", *HAZARD_PAGES],
        ),
        (
            {"topic": "repairs", "what_happened": "There are sparks", "danger_at_home": "electricity"},
            ["topic", "what-is-wrong", "what-happened", "dangerous", "call-us-now", *HAZARD_PAGES],
        ),
        # Chosen already: not asked again.
        (
            {"topic": "repairs", "what_is_wrong": "damp-and-mould", "what_happened": "Damp, and a smell of gas"},
            ["topic", "what-is-wrong", "what-happened", *HAZARD_PAGES],
        ),
    ],
)
def test_each_page_is_asked_where_it_is_needed(sqlite_app: Flask, different: dict[str, str], pages: list[str]) -> None:
    assert asked_about_it(sqlite_app, **different) == pages


@pytest.mark.parametrize(
    ("answers", "hazard", "service"),
    [
        ({"topic": "rent"}, None, "rent-and-charges"),
        ({"topic": "repairs", "what_is_wrong": "none-of-these"}, None, "repairs"),
        ({"topic": "repairs", "what_is_wrong": "damp-and-mould"}, "damp-and-mould", "damp-and-mould"),
        ({"topic": "repairs", "what_is_wrong": "other-hazard"}, "other-hazard", "safety"),
        ({"topic": "repairs", "what_is_wrong": "gas", "emergency_call": "called"}, "emergency", "safety"),
        ({"topic": "repairs", "what_is_wrong": "gas", "emergency_call": "cannot-call"}, "emergency", "safety"),
        ({"topic": "repairs", "what_is_wrong": "gas", "emergency_call": "not-emergency"}, "other-hazard", "safety"),
        ({"topic": "rent", "danger_at_home": "flooding"}, "emergency", "safety"),
        ({}, None, None),
    ],
)
@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_what_is_chosen_is_a_hazard_of_the_law_or_none(
    landlord: str, answers: dict[str, str], hazard: str | None, service: str | None
) -> None:
    policy = load_landlord(landlord)
    assert hazard_of(answers, policy) == hazard
    assert service_of(answers, policy) == service


@pytest.mark.parametrize(
    "said",
    [
        "There is black mouldy stuff on the wall",
        "I SMELL GAS",
        "no heating since Friday",
        "the ceiling is coming down",
        "Mae llwydni yn yr ystafell wely",
        "Does dim dŵr poeth yma",
        "يوجد عفن في الغرفة",
        "الرطوبة تزداد",
        "رائحة الغاز قوية",
    ],
)
def test_a_hazard_is_heard_in_three_languages(said: str) -> None:
    assert heard(HAZARDS, said)
    assert sounds_dangerous({"what_happened": said}, load_landlord("livewest"))


def test_every_danger_leads_somewhere() -> None:
    for key in ("livewest", "livv"):
        policy = load_landlord(key)
        hazards = {hazard.key: hazard for hazard in policy.hazards}
        for danger in policy.dangers:
            assert not danger.hazard or hazards[danger.hazard].is_emergency is danger.is_emergency, danger.key
        assert policy.dangers[-1].hazard == ""
        services = {service.key for service in policy.services}
        assert {topic.service for topic in policy.enquiry_topics} | {"damp-and-mould", "safety"} <= services
        assert [topic.key for topic in policy.enquiry_topics if topic.is_repair] == ["repairs"]


def ask(**answers: str) -> Case:
    """An enquiry as the form hands it on."""
    arrival = Arrival(
        answers={"what_happened": QUESTION, **answers},
        person=person(who=answers.get("who", "customer")),
        needs=needs(),
        language="en",
        at=MONDAY_NOON,
    )
    case = make_enquiry(current_landlord(), arrival)
    db.session.commit()
    return case


def phones(reader: Reader) -> list[str]:
    return list(reader.page.xpath("//main//a[starts-with(@href, 'tel:')]/@href"))


def test_who_smells_gas_is_sent_to_the_gas_line_first(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), "enquiry", until="call-now", topic="repairs", what_is_wrong="gas")
    assert reader.heading == "Do not wait: call now"
    assert phones(reader) == ["tel:999", "tel:+44800111999", "tel:+443001238080"]
    assert "0800 111 999" in reader.words


def test_the_emergency_line_is_open_at_any_hour_only_where_that_is_promised(make_app: MakeApp) -> None:
    found = {}
    for landlord in ("livewest", "livv"):
        client = make_app(landlord=landlord).test_client()
        reader = begin(client, "enquiry", until="call-now", topic="repairs", what_is_wrong="flooding")
        found[landlord] = "at any hour of the day or night" in reader.words
    assert found == {"livewest": True, "livv": False}


def test_help_is_shown_once_and_one_press_goes_on(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), "enquiry", until="help", topic="neighbourhood")
    assert "Your council deals with rubbish collection" in reader.words
    assert reader.page.xpath("//main//a[contains(@href, '/antisocial-behaviour')]")
    assert "This did not answer my question" in reader.words
    assert reader.press().path == "/en/enquiry/what-happened"


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_a_question_arrives_with_every_word(make_app: MakeApp, landlord: str) -> None:
    app = make_app(landlord=landlord)
    with app.app_context():
        reader = send(app.test_client(), "enquiry")
        case = case_of(reader)
        assert (case.kind, case.hazard) == ("enquiry", None)
        assert case.contacts[0].answers == {"topic": "something-else", "what_happened": QUESTION}
        assert "Your question" in letter(case, "receipt")
        assert "hazard" not in " ".join(event.what for event in case.events)


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_a_question_in_another_language_is_kept_as_it_was_written(sqlite_app: Flask, language: str) -> None:
    said = "Pwy yw fy swyddog tai?" if language == "cy" else "من هو المسؤول عن بيتي؟"
    contact = case_of(send(sqlite_app.test_client(), "enquiry", language=language, what_happened=said)).contacts[0]
    assert (contact.language, contact.answers["what_happened"]) == (language, said)


def promises(case: Case) -> dict[str, tuple[str, str]]:
    return {one.standard: (one.regime, f"{one.due_at:%A %d %B}") for one in case.promises}


@pytest.mark.usefixtures("monday_noon")
def test_damp_runs_the_laws_clock_beside_the_landlords_own(sqlite_app: Flask) -> None:
    reader = send(sqlite_app.test_client(), "enquiry", topic="repairs", what_is_wrong="damp-and-mould")
    case = case_of(reader)
    assert case.hazard == "damp-and-mould"
    assert promises(case) == {
        "contact.answer_web_form": ("landlord", "Tuesday 24 November"),
        "hazard.investigate": ("law", "Monday 07 December"),
    }
    said = "The law says that we must find out what is wrong in your home by Monday, 7 December 2026."
    assert said in reader.words
    for name in ("receipt", "acknowledgement"):
        assert "find out what is wrong in your home by" in letter(case, name)
        assert "Monday, 7 December 2026" in letter(case, name)
    (named,) = [event.details for event in case.events if event.what == "hazard_named"]
    assert named == {"hazard": "damp-and-mould", "danger": "damp-and-mould", "words": []}


@pytest.mark.usefixtures("monday_noon")
def test_an_emergency_is_to_be_safe_within_a_day(sqlite_app: Flask) -> None:
    reader = send(sqlite_app.test_client(), "enquiry", topic="rent", what_happened="I smell gas", danger_at_home="gas")
    case = case_of(reader)
    (law,) = [promise for promise in case.promises if promise.regime == "law"]
    assert (law.standard, law.due_at) == ("hazard.emergency_make_safe", datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    assert "make your home safe by 12:00 on Tuesday, 24 November 2026" in reader.words
    assert "tel:+44800111999" in phones(reader)
    (named,) = [event.details for event in case.events if event.what == "hazard_named"]
    assert named["words"] == ["smell gas"]


@pytest.mark.parametrize("who", ["shared-owner", "leaseholder"])
def test_the_law_has_no_clock_for_who_owns_the_home_but_the_hazard_is_seen(sqlite_app: Flask, who: str) -> None:
    case = ask(topic="repairs", what_is_wrong="damp-and-mould", who=who)
    assert [promise.regime for promise in case.promises] == ["landlord"]
    assert case.hazard is None
    assert "hazard_without_clocks" in [event.what for event in case.events]


def test_a_hazard_that_the_law_does_not_cover_yet_is_flagged_without_a_clock(sqlite_app: Flask) -> None:
    case = ask(topic="repairs", what_is_wrong="other-hazard")
    assert case.hazard == "other-hazard"
    assert [promise.regime for promise in case.promises] == ["landlord"]


def test_words_that_name_a_hazard_are_shown_to_colleagues_though_none_was_chosen(sqlite_app: Flask) -> None:
    case = ask(what_happened="Is condensation normal?")
    assert case.hazard is None
    assert [event.details for event in case.events if event.what == "hazard_heard"] == [{"words": ["condensation"]}]


def test_a_hazard_told_on_the_phone_runs_the_same_clocks(sqlite_app: Flask) -> None:
    record = {
        "kind": "enquiry",
        "channel": "phone",
        "received_at": "2026-11-23T12:00",
        "person": {"name": "Anna Nowak", "address": ["1 High Street", "Exeter"]},
        "needs": {},
        "answers": {"what_happened": "Mould in the bedroom", "what_is_wrong": "damp-and-mould"},
    }
    case = record_contact(record, current_landlord(), MONDAY_NOON, recorded_by="kim@landlord.example")
    db.session.commit()
    assert promises(case) == {"hazard.investigate": ("law", "Monday 07 December")}
