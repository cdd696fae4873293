"""The whole way through a report, and each way that branches off."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.antisocial_behaviour.journey import ANTISOCIAL_BEHAVIOUR
from app.caseload.history import history
from app.cases.models import Contact
from app.journeys.fields import Choice, Choices
from app.journeys.questions import Question
from app.landlords.standards import current_landlord, load_landlord
from app.letters.answers import QUESTIONS, told
from app.reception.answers import ABOUT_THE_PERSON
from tests.antisocial_behaviour.reporting import (
    ANSWERS,
    SHOUTING,
    a_draft,
    begin,
    report,
    slug_of,
    the_case,
    the_report,
    walk,
)
from tests.conftest import MakeApp
from tests.journeys.reader import Reader


def test_a_report_becomes_a_restricted_case_with_everything_that_was_typed(client: FlaskClient) -> None:
    received = walk(client).press()
    case = the_case()
    assert received.path == "/en/antisocial-behaviour/received"
    assert (case.reference, case.kind, case.is_restricted) == (received.reference, "antisocial-behaviour", True)
    (contact,) = case.contacts
    assert contact.answers == {
        "behaviour_kinds": ["noise", "threats-or-violence"],
        "done_by": "neighbour",
        "done_by_details": "The people at number 12",
        "what_happened": SHOUTING,
        "incident_1_when": "Friday 1 November",
        "incident_1_where": "On the stairs",
        "incident_1_what": "They shouted, time 1",
        "incident_1_seen_by": "Jan Nowak",
        "incident_2_when": "Friday 2 November",
        "incident_2_where": "On the stairs",
        "incident_2_what": "They shouted, time 2",
        "incident_2_seen_by": "Jan Nowak",
        "how_often": "every-week",
        "happening_since": "Since May",
        "places": ["my-home", "shared-area"],
        "place_details": "The stairs",
        "affected": ["me", "children"],
        "afraid": "a-little",
        "harmed": ["threatened"],
        "vulnerable": ["child"],
        "weapon": "no",
        "getting_worse": "yes",
        "targeted": "not-sure",
        "hate_because": ["no"],
        "others_know": ["police", "council"],
        "police_reference": "CR/1/26",
        "council_reference": "A 7",
        "may_contact": "yes",
    }
    assert (case.tenant.name, case.tenant.needs.safe_ways) == ("Anna Nowak", ["email", "letter"])
    found = the_report()
    # Violence 4, weekly 2, a little afraid 1, threatened 3, worse 2, perhaps meant for them 1, a child 1.
    assert (found.risk_band, found.risk_points, found.hate_strands, found.is_domestic_abuse) == ("high", 14, [], False)


@pytest.mark.parametrize(("landlord", "language"), [("livewest", "cy"), ("livv", "ar"), ("livv", "en")])
def test_every_page_keeps_the_page_laws(landlord: str, language: str, make_app: MakeApp) -> None:
    received = walk(
        make_app(landlord=landlord).test_client(),
        language,
        done_by="somebody-close",
        safe_ways=["email", "phone", "letter"],
        format="large-print",
    ).press()
    assert received.page.getroottree().getroot().get("lang") == language


def test_danger_comes_before_the_first_question(sqlite_app: Flask) -> None:
    reader = Reader(sqlite_app.test_client()).open("/en/antisocial-behaviour")
    assert slug_of(reader) == "before-you-start"
    for number in ("tel:999", "tel:101", "tel:18000", "sms:999"):
        assert reader.page.xpath("//main//a[@href=$number]", number=number), number
    assert "Shift key three times" in reader.words
    assert "does not clear the history" in reader.words
    assert "Question" not in reader.words
    reader.press()
    assert "Question 1 of " in reader.words


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_what_others_deal_with_is_said_first_as_the_policy_has_it(landlord: str, make_app: MakeApp) -> None:
    reader = Reader(make_app(landlord=landlord).test_client()).open("/en/antisocial-behaviour")
    for each in load_landlord(landlord).not_antisocial_behaviour:
        assert each.label in reader.words
        assert each.instead in reader.words
        assert not each.website or reader.page.xpath("//main//a[@href=$website]", website=each.website)


@pytest.mark.parametrize(
    ("different", "asked", "not_asked"),
    [
        ({"wants_diary": "no"}, set(), {"incident-1", "help-for-you", "place-address"}),
        ({}, {"incident-1", "incident-2"}, {"incident-3"}),
        ({"done_by": "somebody-close"}, {"help-for-you"}, set()),
        ({"behaviour_kinds": ["domestic-abuse"]}, {"help-for-you"}, set()),
        (
            {"stay_anonymous": "yes"},
            {"place-address"},
            {"name", "address", "may-we-contact-you", "safe-ways", "email", "phone", "safe-times", "letters", "note"},
        ),
        ({"may_contact": "no"}, {"name"}, {"safe-ways", "answer-by", "email", "phone", "safe-times", "letters"}),
        ({"safe_ways": ["phone"]}, {"phone", "safe-times"}, {"answer-by", "email", "letters", "letter-language"}),
        ({"safe_ways": ["letter"]}, {"letters"}, {"answer-by", "email", "phone"}),
        ({"safe_ways": ["email"]}, {"letters", "email"}, {"answer-by", "phone", "email-for-letters"}),
    ],
)
def test_only_what_applies_is_asked(
    different: dict[str, str], asked: set[str], not_asked: set[str], sqlite_app: Flask
) -> None:
    with sqlite_app.test_request_context():
        pages = set(a_draft("check", different).answers)
    assert asked <= pages
    assert not not_asked & pages


def test_up_to_five_incidents_are_told_in_the_form(sqlite_app: Flask) -> None:
    another = {f"incident_{number}_another": "yes" for number in range(1, 6)}
    reader = begin(sqlite_app.test_client(), until="incident-4", **another)
    reader.answer(**ANSWERS["incident-4"] | {"incident_4_another": "yes"})
    assert slug_of(reader) == "incident-5"
    assert "add another" not in reader.words
    reader.answer(**{key: words for key, words in ANSWERS["incident-5"].items() if "another" not in key})
    assert slug_of(reader) == "how-often"
    reader = begin(sqlite_app.test_client(), **another)
    assert reader.summary["Incident 5"] == "Friday 5 November\nOn the stairs\nThey shouted, time 5\nJan Nowak"


@pytest.mark.parametrize(("chosen", "mistakes"), [(["race", "no"], 1), ([], 1), (["race", "religion"], 0), (["no"], 0)])
def test_a_hate_strand_and_no_cannot_both_be_chosen(chosen: list[str], mistakes: int, sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="because-of")
    reader.answer(hate_because=chosen or None)
    assert len(reader.mistakes) == mistakes
    title = reader.page.findtext(".//title")
    assert title.startswith("Error: ") == bool(mistakes)
    assert "because" not in title


def test_hate_is_counted_by_strand_as_perceived(sqlite_app: Flask) -> None:
    report(sqlite_app.test_client(), hate_because=["race", "disability"])
    assert the_report().hate_strands == ["disability", "race"]


def test_domestic_abuse_is_met_with_help_and_can_still_be_reported(sqlite_app: Flask) -> None:
    reader = begin(sqlite_app.test_client(), until="help-for-you", behaviour_kinds=["domestic-abuse"])
    for line in current_landlord().helplines:
        assert reader.page.xpath("//main//a[@href=$number]", number=f"tel:{line.phone.dialled}"), line.key
    assert "press 5 two times" in reader.words
    assert slug_of(reader.press()) == "what-happened"
    reader = report(sqlite_app.test_client(), behaviour_kinds=["domestic-abuse"])
    found = the_report()
    assert (found.is_domestic_abuse, found.risk_band, the_case().is_restricted) == (True, "high", True)
    assert "0808 2000 247" in reader.words  # once more, after sending


def test_somebody_can_stay_anonymous_and_come_back_with_the_code(sqlite_app: Flask) -> None:
    received = report(sqlite_app.test_client(), stay_anonymous="yes")
    case = the_case()
    tenant = case.tenant
    assert (tenant.is_anonymous, tenant.name, tenant.address, tenant.email, tenant.phone) == (True, "", [], None, None)
    assert tenant.needs.safe_ways == []
    assert case.contacts[0].answers["place_address"] == "The flats in High Street, Exeter"
    assert received.page.xpath("//*[@data-return-code=$code]", code=case.return_code)
    assert "We do not contact you" in received.words
    assert "We will look at what you sent by " in received.words
    assert "We will write to you" not in received.words
    receipt = received.client.get("/en/antisocial-behaviour/received/text").text
    assert "We do not contact you" in receipt
    assert "we will write to you" not in receipt.casefold()


def test_the_history_says_how_the_risk_was_judged(sqlite_app: Flask) -> None:
    report(sqlite_app.test_client())
    words = [happened.words for happened in history(the_case(), current_landlord())]
    assert "Risk judged by the answers: High risk, 14 points." in words


def test_every_answer_has_its_words_in_the_receipt(sqlite_app: Flask) -> None:
    received = report(sqlite_app.test_client(), stay_anonymous="yes")
    (contact,) = the_case().contacts
    assert set(contact.answers) <= set(QUESTIONS)
    assert len(told(contact, current_landlord())) == len(contact.answers)
    receipt = received.client.get("/en/antisocial-behaviour/received/text").text
    for words in ("They shouted, time 2", "Every week", "Somebody was threatened", "CR/1/26"):
        assert words in receipt


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_the_letter_says_what_the_form_said(landlord: str, make_app: MakeApp) -> None:
    """The same label for each question, the same words for each answer that can be chosen."""
    app = make_app(landlord=landlord)
    only_lead_through = {"wants_diary", *(f"incident_{number}_another" for number in range(1, 6))}
    with app.test_request_context(), app.app_context():
        offering = load_landlord(landlord)
        for question in ANTISOCIAL_BEHAVIOUR.questions:
            assert isinstance(question, Question)
            for field in question.form(landlord=offering, answers={}, formdata=None).fields_asked:
                if field.name in ABOUT_THE_PERSON | only_lead_through:
                    continue
                assert str(QUESTIONS[field.name]) == str(field.label.text)
                if isinstance(field, Choice | Choices):
                    for pick in field.picks:
                        answer = [pick.key] if isinstance(field, Choices) else pick.key
                        (again,) = told(Contact(answers={field.name: answer}), offering)
                        assert (again.words, again.is_own_words) == (str(pick.words), False)
