"""The contact log: what came by another way than the web form is written down on one page."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.caseload.contact_log import month_number, time_of_day
from app.caseload.kinds import JOURNEYS, _fields
from app.cases.clock import LONDON
from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db
from app.letters.answers import QUESTIONS
from app.reception.answers import ABOUT_THE_PERSON
from tests.caseload.desk import a_case_that_came_in
from tests.conftest import MakeApp
from tests.journeys.reader import Reader
from tests.staff.door import a_colleague_with_a_password, sign_in

TOLD = {"name": "Anna Nowak", "what_happened": "The lift has been broken since Friday."}


@pytest.fixture
def desk(sqlite_app: Flask) -> Reader:
    return Reader(an_officer(sqlite_app))


def an_officer(app: Flask) -> FlaskClient:
    a_colleague_with_a_password()
    client = app.test_client()
    sign_in(client)
    return client


SAFE = {"safe_ways": ["email", "letter"]}


def answer_also(desk: Reader, answers: dict[str, str], **several: list[str]) -> Reader:
    """As ``answer``; the answers of which several are chosen only where the page asks for them."""
    asked = {name: keys for name, keys in several.items() if desk.page.xpath("//*[@name=$name]", name=name)}
    data = {**desk.filled_in(**answers), **asked}
    return desk._see(desk.client.post(desk.path, data=data, follow_redirects=True))


def the_case() -> Case:
    db.session.expire_all()
    return db.session.scalars(db.select(Case)).one()


def newest_case() -> Case:
    db.session.expire_all()
    return db.session.scalars(db.select(Case).order_by(Case.id.desc())).first()  # type: ignore[return-value]


def when(days_ago: float = 0.1) -> dict[str, str]:
    local = (datetime.now(UTC) - timedelta(days=days_ago)).astimezone(LONDON)
    return {
        "came_day": str(local.day),
        "came_month": local.strftime("%b"),
        "came_year": str(local.year),
        "came_time": local.strftime("%H:%M"),
    }


def promised(case: Case) -> set[tuple[str, int, str]]:
    return {(one.standard, one.amount, one.unit) for one in case.promises if one.regime == "landlord"}


def test_a_call_is_written_down_in_two_pages(desk: Reader) -> None:
    desk.open("/staff/").follow("Record a contact")
    desk.answer(kind="complaint", came_by="phone", came_to="team", came_in="pl", **when())
    assert desk.heading == "Record a contact: Complaint"
    desk.answer(**TOLD, phone="07700 900123", address_line_1="1 High Street", town="Exeter", postcode="EX1 1AA")
    case = the_case()
    assert desk.heading == f"Complaint {case.reference}"
    assert f"Saved. The reference is {case.reference}." in desk.words
    contact = case.contacts[0]
    assert (contact.channel, contact.addressee, contact.language) == ("phone", "team", "pl")
    assert contact.recorded_by == "sam.field@landlord.example"
    assert contact.answers == {"what_happened": TOLD["what_happened"]}
    assert (case.tenant.name, case.tenant.phone, case.tenant.postcode) == ("Anna Nowak", "07700 900123", "EX1 1AA")
    assert (case.tenant.address, case.tenant.needs.recorded_by) == (["1 High Street", "Exeter"], contact.recorded_by)


def test_every_kind_asks_the_questions_of_its_form_and_makes_the_same_case(desk: Reader) -> None:
    for kind in JOURNEYS:
        desk.open(f"/staff/contacts/{kind}")
        asked = set(desk.fields()) | {one.get("name") for one in desk.page.xpath("//main//input[@name]")}
        assert {"name", "what_happened", "email", "phone", "format"} <= asked
        answer_also(desk, {**TOLD, "email": "anna@tenants.example"}, **SAFE)
        assert desk.response.status_code == 200, (kind, desk.mistakes)
        case = newest_case()
        assert (case.kind, case.contacts[0].channel) == (kind, "phone")
        assert case.contacts[0].answers["what_happened"] == TOLD["what_happened"]
        assert case.tenant.email == "anna@tenants.example", "how to reach somebody is kept, whatever else was answered"
        written = {event.details["letter"] for event in case.events if event.what == "letter_written"}
        assert written == {"receipt", "acknowledgement"}


# By which way and to whom; what is promised then, in working days.
ANSWERED_WITHIN = [
    ("voicemail", "colleague", "contact.answer_colleague_voicemail", 1),  # L11
    ("social", "colleague", "contact.answer_colleague_social_media", 1),  # L11
    ("email", "colleague", "contact.answer_colleague_email", 2),  # L11
    ("social", "team", "contact.answer_social_media", 1),  # L05
    ("email", "team", "enquiry.answer_email", 1),  # L04
]


def test_the_answer_is_promised_by_channel_and_by_whom_it_went_to(desk: Reader) -> None:
    for by, to, key, days in ANSWERED_WITHIN:
        moment = when(2)
        desk.open("/staff/contacts/enquiry").answer(**TOLD, came_by=by, came_to=to, **moment)
        case = newest_case()
        assert (key, days, "working_days") in promised(case)
        assert len([one for one in promised(case) if ".answer_" in one[0]]) == 1
        assert case.received_at.astimezone(LONDON).strftime("%H:%M") == moment["came_time"]
        (promise,) = [one for one in case.promises if one.standard == key]
        assert promise.counted_from_at >= case.received_at


# What the caller did not say may stay empty; what is there must be right.
REFUSED: list[tuple[dict[str, str], str]] = [
    ({"name": ""}, "Enter your name"),
    ({"what_happened": ""}, "Enter what happened"),
    ({"email": "anna at home"}, "Enter an email address such as name@example.com"),
    ({"phone": "ring me"}, "Enter a phone number such as 07700 900123 or +48 22 123 45 67"),
    ({"came_day": "31", "came_month": "2"}, "Enter a real day and time, such as 24 12 2026 and 16:59"),
    ({"came_time": "noonish"}, "Enter a time, such as 16:59 or 4:59pm"),
    ({"came_year": "2099"}, "Enter a day and time that are not still to come"),
    ({"came_in": "klingon"}, "Choose a language"),
]


def test_what_is_wrong_comes_back_with_every_word(desk: Reader) -> None:
    outcome = "A lift that works.\n\nAnd a word of sorry."
    for different, problem in REFUSED:
        desk.open("/staff/contacts/complaint")
        desk.answer(**{**TOLD, "outcome_sought": outcome, "came_to": "colleague", **different})
        assert desk.response.status_code == 422
        assert desk.mistakes == [problem]
        kept = desk.fields()
        assert kept["outcome_sought"].replace("\r", "") == outcome
        assert kept["came_to"] == "colleague"
        for name, value in {**TOLD, **different}.items():
            if name != "came_in":
                assert kept[name] == value, name
    assert not db.session.scalars(db.select(Case)).all()


def test_a_lost_token_costs_no_word_and_the_button_pressed_twice_makes_one_case(desk: Reader) -> None:
    desk.open("/staff/contacts/complaint").answer(**TOLD, csrf_token="lost")
    assert desk.response.status_code == 400
    assert "what you typed is still here" in desk.words
    assert desk.fields()["what_happened"] == TOLD["what_happened"]
    sent, path = desk.filled_in(), desk.path
    answers = [desk.client.post(path, data=sent) for _ in range(2)]
    case = the_case()
    assert case.contacts[0].answers["what_happened"] == TOLD["what_happened"]
    assert [answer.location for answer in answers] == [f"/staff/cases/{case.reference}"] * 2


def test_another_contact_typed_into_the_same_page_after_going_back_is_not_lost(desk: Reader) -> None:
    desk.open("/staff/contacts/new").answer(kind="enquiry", came_by="phone", came_to="team", **when())
    path, came = desk.response.request.full_path, desk.fields()["came_id"]
    desk.answer(**TOLD)
    desk.open(path)  # what Back shows
    assert desk.fields()["came_id"] == came
    desk.answer(name="Jan Nowak", what_happened="When will the bins be emptied?")
    assert newest_case().contacts[0].answers["what_happened"] == "When will the bins be emptied?"
    assert len(db.session.scalars(db.select(Case)).all()) == 2


def test_an_answer_that_does_not_fit_is_left_out_and_it_says_so(desk: Reader) -> None:
    desk.open("/staff/contacts/complaint")
    desk.answer(**TOLD, who="customer", representing_name="Gwen Thompson")
    assert "Left out, because it does not fit the other answers: Who you are complaining for." in desk.words
    assert "representing_name" not in the_case().contacts[0].answers


def test_where_the_form_would_end_a_colleague_is_told_and_the_words_are_kept(make_app: MakeApp) -> None:
    app = make_app(landlord="livv")
    with app.app_context():
        desk = Reader(an_officer(app)).open("/staff/contacts/complaint")
        desk.answer(**TOLD, who="housing-applicant", about_banding="yes")
        assert "this may be for somebody else: Your council deals with this" in desk.words
        assert the_case().contacts[0].answers["about_banding"] == "yes"


def test_who_wants_to_stay_anonymous_needs_no_name_and_leaves_no_trace(desk: Reader) -> None:
    desk.open("/staff/contacts/antisocial-behaviour")
    desk.answer(stay_anonymous="yes", what_happened="Shouting at night.", name="Anna", email="anna@tenants.example")
    assert desk.response.status_code == 200, desk.mistakes
    tenant = the_case().tenant
    assert (tenant.is_anonymous, tenant.name, tenant.email) == (True, "", None)
    assert "Anonymous" in desk.words


def test_of_a_report_a_colleague_asks_which_ways_are_safe(desk: Reader) -> None:
    report = "/staff/contacts/antisocial-behaviour"
    needed = "Choose at least one way. If no way is safe, go back and choose that we do not contact you"
    assert desk.open(report).answer(**TOLD, email="anna@tenants.example").mistakes == [needed]
    answer_also(desk, {}, safe_ways=["phone"])
    case = the_case()
    assert case.tenant.needs.safe_ways == ["phone"]
    assert not db.session.scalars(db.select(Message)).all(), "an email could be read by somebody else"
    desk.open(report).answer(**TOLD, email="anna@tenants.example", may_contact="no")
    assert newest_case().tenant.needs.safe_ways == []


def test_incidents_and_answers_of_several_are_kept(desk: Reader) -> None:
    desk.open("/staff/contacts/antisocial-behaviour")
    kinds = [one.get("value") for one in desk.page.xpath("//input[@name='behaviour_kinds']")][:2]
    (words,) = [name for name in desk.fields() if name.startswith("incident_1_") and name.endswith("happened")] or [
        "incident_1_what"
    ]
    answer_also(desk, {**TOLD, "wants_diary": "yes", words: "Shouting."}, behaviour_kinds=kinds, **SAFE)
    answers = the_case().contacts[0].answers
    assert (answers["behaviour_kinds"], answers[words]) == (kinds, "Shouting.")
    assert "wants_diary" not in answers


LEADS_THROUGH = re.compile(r"wants_diary|incident_\d+_another")


def test_every_question_of_every_form_can_be_recorded() -> None:
    for kind, journey in JOURNEYS.items():
        unknown = set(_fields(journey)) - ABOUT_THE_PERSON - set(QUESTIONS)
        assert not [name for name in unknown if not LEADS_THROUGH.fullmatch(name)], kind


def test_an_auditor_does_not_write_in_the_log(sqlite_app: Flask) -> None:
    a_colleague_with_a_password(roles=("auditor",))
    client: FlaskClient = sqlite_app.test_client()
    sign_in(client)
    assert client.get("/staff/contacts/new").status_code == 403
    assert "Record a contact" not in client.get("/staff/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("16:59", "16:59"), ("16.59", "16:59"), ("1659", "16:59"), ("930", "09:30"), ("4:59pm", "16:59"),
        ("4.59 PM", "16:59"), ("5pm", "17:00"), ("12am", "00:00"), ("12 p.m.", "12:00"), ("0:05", "00:05"),
        ("5", None), ("25:00", None), ("13pm", None), ("0am", None), ("12:60", None), ("", None), ("now", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, read: str | None) -> None:
    assert time_of_day(typed) == read


@pytest.mark.parametrize(("typed", "read"), [("12", 12), ("Dec", 12), ("december", 12), ("sept", 9), ("May", 5)])
def test_months_are_read_as_people_write_them(typed: str, read: int) -> None:
    assert month_number(typed) == read


@pytest.mark.parametrize("typed", ["", "Ma", "moon"])
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f"^{typed}$"):
        month_number(typed)


def test_a_case_from_the_log_equals_one_from_the_command(desk: Reader) -> None:
    """The same code: letters, promises and handler are the same."""
    desk.open("/staff/contacts/complaint")
    desk.answer(**TOLD, came_by="letter", **when(1))
    logged = the_case()
    recorded = a_case_that_came_in(1, channel="letter", person={"name": "Anna Nowak"}, needs={}, answers=_answers())

    def facts(case: Case) -> Any:
        return (
            promised(case),
            [(event.what, event.details.get("letter")) for event in case.events if event.what != "case_viewed"],
            case.handler_id,
            case.contacts[0].answers,
        )

    assert facts(logged) == facts(recorded)


def _answers() -> dict[str, str]:
    return {"what_happened": TOLD["what_happened"]}
