"""Asking for more than an answer: that it be a complaint (V08), and that it be looked at again (V10)."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.cases.models import Case
from app.cases.promises import meet_promise
from app.extensions import db, start_writing
from app.letters.models import Letter
from tests.builders import needs, person
from tests.caseload.desk import page_of
from tests.conftest import MakeApp
from tests.journeys.reader import Reader
from tests.laws.page_laws import page_of as page_in
from tests.laws.page_laws import words_of
from tests.staff.door import a_colleague_with_a_password, sign_in
from tests.tracking.following import a_case_that_came, code_of, follow

NOW = datetime.now(UTC)
QUESTION = {"what_happened": "When will the lift be mended?\nI have asked twice."}
STAGE_2 = "/en/track/case/stage-two"
COMPLAINT = "/en/track/case/complaint"


def only(kind: str) -> Case:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(db.select(Case).where(Case.kind == kind)).one()


def events(case: Case, what: str) -> list[dict[str, object]]:
    db.session.rollback()
    db.session.expire_all()
    return [event.details for event in case.events if event.what == what]


def ask_for_a_complaint(client: FlaskClient, case: Case) -> Reader:
    follow(client, case)
    return Reader(client).open(COMPLAINT).press()


def test_the_button_makes_no_complaint_of_a_case_opened_in_another_window(sqlite_app: Flask) -> None:
    question, other = a_case_that_came("enquiry", at=NOW), a_case_that_came("suggestion", at=NOW)
    client = sqlite_app.test_client()
    follow(client, question)
    reader = Reader(client).open(COMPLAINT)
    follow(client, other)
    assert reader.press().path == "/en/track"
    assert {case.kind for case in db.session.scalars(db.select(Case))} == {"enquiry", "suggestion"}


def test_one_button_makes_a_complaint_of_it(client: FlaskClient) -> None:
    """Nothing is asked; words, person and needs go with it; each case knows of the other."""
    wishes = needs(format="large-print", point_size=24, safe_times="After six")
    enquiry = a_case_that_came("enquiry", at=NOW - timedelta(days=2), told=QUESTION, needs=wishes)
    follow(client, enquiry)
    reader = Reader(client).open(COMPLAINT)
    assert not reader.page.xpath("//main//form//*[self::textarea or self::input[not(@type='hidden')]]")
    reader.press()
    complaint = only("complaint")
    assert reader.reference == complaint.reference
    assert reader.page.xpath("//@data-return-code") == [code_of(complaint)]
    assert complaint.contacts[0].answers["what_happened"] == QUESTION["what_happened"]
    assert (complaint.tenant.name, complaint.tenant.postcode) == ("Anna Nowak", "EX1 1AA")
    assert (complaint.tenant.needs.letter_format, complaint.tenant.needs.point_size) == ("large-print", 24)
    assert complaint.tenant.needs.safe_times == "After six"
    assert {promise.standard for promise in complaint.promises} >= {"complaint.acknowledge"}
    assert {letter.name for letter in db.session.scalars(db.select(Letter).where(Letter.case_id == complaint.id))} == {
        "receipt",
        "acknowledgement",
    }
    assert events(enquiry, "asked_as_complaint") == [{"reference": complaint.reference}]
    assert events(complaint, "complaint_from") == [{"reference": enquiry.reference}]
    assert follow(client, complaint).heading == "Your complaint"


def test_asking_twice_gives_the_same_complaint(sqlite_app: Flask) -> None:
    enquiry, client = a_case_that_came("enquiry", at=NOW - timedelta(days=2), told=QUESTION), sqlite_app.test_client()
    follow(client, enquiry)
    page = Reader(client).open(COMPLAINT)
    first, second = page.client.post(COMPLAINT, data=page.fields()), page.client.post(COMPLAINT, data=page.fields())
    assert first.status_code == second.status_code == 303
    assert Reader(client).open(COMPLAINT).reference == only("complaint").reference
    assert "Ask that we handle this as a complaint" not in Reader(client).open("/en/track/case").words


def test_all_that_was_told_since_goes_with_it(sqlite_app: Flask) -> None:
    enquiry, client = a_case_that_came("enquiry", at=NOW - timedelta(days=2), told=QUESTION), sqlite_app.test_client()
    follow(client, enquiry)
    Reader(client).open("/en/track/case/add").answer(more="Nobody has answered.")
    Reader(client).open(COMPLAINT).press()
    words = only("complaint").contacts[0].answers["what_happened"]
    assert "I have asked twice." in words
    assert "Nobody has answered." in words


def test_the_complaint_of_a_report_stays_restricted(sqlite_app: Flask) -> None:
    """Its reference and postcode open nothing, as those of the report do not; nobody's name is made up."""
    nobody = person(name="", is_anonymous=True, address=[], postcode=None, phone=None)
    report = a_case_that_came("antisocial-behaviour", at=NOW - timedelta(days=1), told=QUESTION, person=nobody)
    reader = ask_for_a_complaint(sqlite_app.test_client(), report)
    complaint = only("complaint")
    assert complaint.is_restricted
    assert complaint.tenant.is_anonymous
    assert words_of(reader.page.find(".//title")).startswith("Your case")


def test_a_complaint_is_one_already(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    follow(client, a_case_that_came(at=NOW - timedelta(days=1)))
    assert Reader(client).open(COMPLAINT).response.status_code == 404


def answered(days_ago: float, landlord_of: Flask) -> Case:
    """A complaint that was answered at stage 1, by letter."""
    case = a_case_that_came(at=NOW - timedelta(days=days_ago + 9))
    start_writing()
    meet_promise(case, "complaint.stage_1_response", NOW - timedelta(days=days_ago))
    db.session.commit()
    return case


@pytest.mark.parametrize(
    ("landlord", "days_ago", "is_late"),
    [("livv", 5, False), ("livv", 27, False), ("livv", 40, True), ("livewest", 300, False)],
)
def test_stage_2_can_be_asked_for_at_any_time_and_late_ones_are_flagged(
    landlord: str, days_ago: int, is_late: bool, make_app: MakeApp
) -> None:
    app = make_app(landlord=landlord)
    with app.app_context():
        case, client = answered(days_ago, app), app.test_client()
        follow(client, case)
        reader = Reader(client).open(STAGE_2)
        assert ("You can still ask" in reader.words) is is_late
        reader.press()  # no reasons: the Code's 6.12
        assert reader.response.status_code == 200
        assert reader.heading == "You asked us to look again"
        assert events(case, "stage_2_asked") == [{"is_late": is_late, "is_answered": True}]
        made = {(promise.standard, promise.regime) for promise in case.promises if "stage_2" in promise.standard}
        assert ("complaint.stage_2_acknowledge", "code") in made
        assert (("complaint.stage_2_response", "landlord") in made) is (landlord == "livv")
        assert "We write to you about your request for stage 2" in reader.words


def test_before_the_first_answer_it_is_written_down_all_the_same(sqlite_app: Flask) -> None:
    case, client = a_case_that_came(at=NOW - timedelta(days=3)), sqlite_app.test_client()
    follow(client, case)
    reader = Reader(client).open(STAGE_2)
    assert "We have not sent you our first answer yet. You can ask all the same" in reader.words
    reader.answer(stage_2_reasons="You did not read my letter.")
    assert "Your request stays" in reader.words
    assert reader.page.xpath("//main//a[@href='tel:+443001113000']"), "the Ombudsman's number"
    assert events(case, "stage_2_asked") == [{"is_late": False, "is_answered": False}]


def test_asking_again_begins_nothing_again_and_keeps_new_words(sqlite_app: Flask) -> None:
    case, client = answered(5, sqlite_app), sqlite_app.test_client()
    follow(client, case)
    reader = Reader(client).open(STAGE_2)
    first, again = reader.filled_in(), reader.filled_in(stage_2_reasons="And the door is broken too.")
    for data in (first, first, again):
        assert client.post(STAGE_2, data=data).status_code == 303
    assert len(events(case, "stage_2_asked")) == 1
    assert [contact.purpose for contact in case.contacts] == ["opening", "stage-2-asked", "more"]
    assert sum(promise.standard == "complaint.stage_2_acknowledge" for promise in case.promises) == 1


def test_a_closed_complaint_opens_again_and_colleagues_see_why(sqlite_app: Flask) -> None:
    case = answered(5, sqlite_app)
    case.status, case.next_due_at = "closed", None
    db.session.commit()
    client, desk = sqlite_app.test_client(), sqlite_app.test_client()
    follow(client, case)
    Reader(client).open(STAGE_2).press()
    db.session.expire_all()
    assert case.status == "open"
    assert case.next_due_at is not None
    a_colleague_with_a_password()
    sign_in(desk)
    words = words_of(page_in(page_of(desk, case)))
    assert "Stage 2 asked for" in words
    assert "The tenant asked for stage 2." in words
    assert "The case is open again." in words


def test_only_a_complaint_has_a_second_stage(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    follow(client, a_case_that_came("enquiry", at=NOW - timedelta(days=1), told=QUESTION))
    assert Reader(client).open(STAGE_2).response.status_code == 404
