"""The page on stage 2 and closing: what can be done, why not, and that nothing that was typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.caseload.sending import LetterIsNotTrue, refuse_if_not_to_be_sent
from app.cases import retention
from app.cases.case_actions import agree_action, mark_done
from app.cases.models import Case
from app.cases.promises import letter_went_out, meet_promise
from app.complaints import refusals
from app.complaints.casework import file_of
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters.actions import request_letter
from app.letters.models import Letter
from tests.builders import a_colleague
from tests.caseload.desk import a_case_that_came_in
from tests.complaints.casework import a_complaint_ready_for_its_answer, answered, now
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of
from tests.tracking.following import follow

KIM = "kim.lee@landlord.example"


@pytest.fixture
def client(sqlite_app: Any) -> FlaskClient:
    return sqlite_app.test_client()


def desk(client: FlaskClient, *roles: str) -> Any:
    colleague = a_colleague_with_a_password(KIM, name="Kim Lee", roles=roles or ("complaints-team",))
    assert sign_in(client, KIM).status_code == 303
    return colleague


def page(client: FlaskClient, case: Case, act: str = "") -> TestResponse:
    return client.get(f"/staff/cases/{case.reference}/ending" + (f"/{act}" if act else ""))


def send(client: FlaskClient, case: Case, act: str, **fields: Any) -> TestResponse:
    shown = page(client, case, act)
    assert shown.status_code == 200, words_of(shown)
    answer = client.post(f"/staff/cases/{case.reference}/ending/{act}", data={"csrf_token": token_of(shown), **fields})
    db.session.expire_all()
    return answer


def offered(answer: TestResponse) -> set[str]:
    tree = html.fromstring(answer.get_data(as_text=True))
    return {link.get("href").rpartition("/")[2] for link in tree.xpath("//main//ul[contains(@class, 'deeds')]//a")}


def closed_enquiry() -> Case:
    case = a_case_that_came_in(kind="enquiry", channel="email")
    start_writing()
    for standard in {one.standard for one in case.promises}:
        meet_promise(case, standard, now())
    db.session.commit()
    return case


def test_a_complaint_goes_to_stage_2_and_to_its_end_by_the_page(client: FlaskClient) -> None:
    kim = desk(client)
    a_colleague("rosa.diaz@landlord.example", name="Rosa Diaz", roles=("reviewer",))
    case, _kim = a_complaint_ready_for_its_answer(colleague=kim)
    words = words_of(page(client, case))
    assert "Not asked for." in words
    assert "The tenant is still owed an answer." in words
    assert offered(page(client, case)) == {"ask", "refuse", "withdraw", "join", "split", "ombudsman", "learning"}
    answered(case, kim)
    letter_went_out(case, current_landlord(), "stage-1-response", now())
    db.session.commit()
    assert send(client, case, "ask", channel="phone", reasons="It broke again.").status_code == 303
    shown = page(client, case)
    assert "Rosa Diaz deals with it now." in words_of(shown)
    assert "It broke again." in words_of(shown)
    assert {"refuse-stage-2", "acknowledge"} <= offered(shown) or "acknowledge" in offered(shown)
    refused = send(
        client, case, "refuse-stage-2", ground="at-court", evidence="Claim K0042", reasons="Too late", written_in="en"
    )
    assert refused.status_code == 422
    assert "You took part in stage 1." in words_of(refused)
    assert "Claim K0042" in refused.get_data(as_text=True), "what was typed is still there"


def test_what_was_typed_survives_a_mistake_and_the_law_is_told(client: FlaskClient) -> None:
    desk(client)
    case = a_case_that_came_in()
    answer = send(client, case, "refuse", ground="at-court", evidence="", reasons="A court decides.", written_in="en")
    assert answer.status_code == 422
    tree = html.fromstring(answer.get_data(as_text=True))
    assert [one.text_content().strip() for one in tree.xpath("//textarea[@name='reasons']")] == ["A court decides."]
    summary = tree.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    assert summary == ["#evidence"]
    assert tree.xpath("//*[@id='evidence']")
    assert "Complaint Handling Code, 2.2" in words_of(answer)
    assert db.session.scalar(db.select(db.func.count(Letter.id)).where(Letter.name == "refusal")) == 0


def test_who_may_not_decide_is_offered_nothing_and_can_do_nothing(client: FlaskClient) -> None:
    acts = ("refuse", "take-after-all", "begin", "hold")
    desk(client, "advisor")
    case = a_case_that_came_in()
    shown = page(client, case)
    token = token_of(page(client, case, "learning"))
    assert not set(acts) & offered(shown)
    for act in acts:
        assert page(client, case, act).status_code == 403
        sent = client.post(f"/staff/cases/{case.reference}/ending/{act}", data={"csrf_token": token})
        assert sent.status_code == 403
    assert client.get("/staff/retention").status_code == 403


def test_a_joined_case_is_read_from_the_main_one_and_its_tenant_is_told(client: FlaskClient) -> None:
    kim = desk(client)
    main, _kim = a_complaint_ready_for_its_answer(colleague=kim, days_ago=2)
    case = a_case_that_came_in(answers={"what_happened": "The rent is wrong as well.", "who": "customer"})
    assert f"This tenant’s other open complaints: {main.reference}." in words_of(page(client, case, "join"))
    wrong = send(client, case, "join", reference="no such")
    assert wrong.status_code == 422
    assert "No case has this reference." in words_of(wrong)
    assert send(client, case, "join", reference=main.reference).status_code == 303
    words = words_of(page(client, main))
    assert f"Joined here: {case.reference}" in words
    assert "The rent is wrong as well." in words
    assert "Joined to another case" in words_of(page(client, case))
    told = follow(client.application.test_client(), case).words
    assert f"We deal with this together with your other complaint: {main.reference}" in told


def test_a_closed_case_says_why_to_colleagues_and_to_its_tenant(client: FlaskClient) -> None:
    desk(client)
    case = a_case_that_came_in(kind="enquiry", channel="email")
    refused = send(client, case, "close", because="answered")
    assert refused.status_code == 422
    assert "A promise is still open." in words_of(refused)
    start_writing()
    for standard in {one.standard for one in case.promises}:
        meet_promise(case, standard, now())
    db.session.commit()
    assert send(client, case, "close", because="no-reply").status_code == 303
    assert db.session.scalar(db.select(db.func.count(Letter.id)).where(Letter.name == "closing")) == 1
    assert "No reply from the tenant" in words_of(page(client, case))
    assert "we have not heard from you" in follow(client.application.test_client(), case).words
    assert send(client, case, "reopen", why="tenant-came-back").status_code == 303
    assert "The case is open." in words_of(page(client, case))


def test_who_can_hold_sees_in_time_what_is_anonymised_and_stops_it(client: FlaskClient) -> None:
    desk(client, "manager")
    case = closed_enquiry()
    years = current_landlord().years_kept("enquiry")
    case.status, case.closed_at = "closed", datetime.now(UTC) - timedelta(days=365 * years - 10)
    case.closed_because = "answered"
    db.session.commit()
    listed = words_of(client.get("/staff/retention"))
    assert case.reference in listed
    assert case.tenant.name not in listed
    assert send(client, case, "hold", reason="A claim at court").status_code == 303
    assert case.reference not in words_of(client.get("/staff/retention"))
    assert "A claim at court" in words_of(page(client, case))
    assert retention.sweep(datetime(2060, 1, 1, tzinfo=UTC)) == 0
    assert send(client, case, "lift").status_code == 303
    assert case.reference in words_of(client.get("/staff/retention"))


def test_learning_and_the_ombudsman_stand_on_the_page(client: FlaskClient) -> None:
    desk(client)
    case = a_case_that_came_in()
    tomorrow = (now() + timedelta(days=1)).date()
    wrong = send(client, case, "ombudsman", referred_on=f"{tomorrow.day} {tomorrow.month} {tomorrow.year}")
    assert "Enter a day that has come" in words_of(wrong)
    assert send(client, case, "ombudsman", referred_on="2 11 2026", their_reference="HO-117").status_code == 303
    sent = send(client, case, "ombudsman-decided", decision="Service failure", decided_on="20 11 2026")
    assert sent.status_code == 303
    words = "We tell people on the same day."
    assert send(client, case, "learning", words=words, service="repairs", may_be_published="yes").status_code == 303
    learning = file_of(case).learning[0].id
    assert send(client, case, "learning-made", learning=str(learning), changed_on="21 11 2026").status_code == 303
    shown = words_of(page(client, case))
    for seen in ("HO-117", "Service failure", words, "Made on Sat 21 Nov 2026."):
        assert seen in shown


def test_an_anonymised_case_opens_without_a_name_and_without_letters(client: FlaskClient) -> None:
    desk(client)
    case = closed_enquiry()
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).first()
    assert letter is not None
    case.status, case.closed_at, case.closed_because = "closed", datetime(2025, 3, 4, tzinfo=UTC), "answered"
    db.session.commit()
    assert retention.sweep(datetime(2040, 1, 1, tzinfo=UTC)) == 1
    for path in ("", "/ending", "/actions", "/dates", "/conversations", "/answer", "/hand-over"):
        answer = client.get(f"/staff/cases/{case.reference}{path}")
        assert answer.status_code in (200, 404), path
        assert "Anna Nowak" not in words_of(answer)
    assert "Name removed" in words_of(client.get(f"/staff/cases/{case.reference}"))
    assert client.get(f"/staff/cases/{case.reference}/letters/{letter.id}/text").status_code == 404
    assert send(client, case, "reopen", why="new-information").status_code == 303
    assert "It stays closed." in words_of(client.get(f"/staff/cases/{case.reference}"))


def test_what_is_anonymised_takes_no_new_words_and_breaks_no_page(client: FlaskClient) -> None:
    kim = desk(client)
    case, _kim = a_complaint_ready_for_its_answer(colleague=kim)
    ground = current_landlord().exclusions[0].key
    start_writing()
    refusals.refuse(case, current_landlord(), ground, "Its letter", "It was in 2019.", now(), kim)
    case.status, case.closed_at, case.closed_because = "closed", datetime(2025, 3, 4, tzinfo=UTC), "refused"
    db.session.commit()
    assert retention.sweep(datetime(2040, 1, 1, tzinfo=UTC)) == 1
    words = len(case.contacts)
    for path in ("ending/take-after-all", "ending/learning", "as-a-complaint", "complaint/contact", "conversations"):
        sent = client.post(
            f"/staff/cases/{case.reference}/{path}",
            data={"csrf_token": token_of(page(client, case, "learning")), "summary": "Anna rang", "channel": "phone"},
        )
        assert sent.status_code == 303, path
        assert "It stays closed." in words_of(client.get(f"/staff/cases/{case.reference}"))
    db.session.expire_all()
    assert len(case.contacts) == words


def test_a_letter_of_refusal_does_not_go_out_once_the_complaint_is_taken(client: FlaskClient) -> None:
    kim = desk(client)
    case, _kim = a_complaint_ready_for_its_answer(colleague=kim)
    ground = current_landlord().exclusions[0].key
    start_writing()
    acknowledgement = request_letter(case, "acknowledgement", now())
    refusal = refusals.refuse(case, current_landlord(), ground, "Its letter", "It was in 2019.", now(), kim)
    db.session.commit()

    def post_it(letter_id: int | None) -> str:
        token = token_of(page(client, case, "learning"))
        at = f"/staff/cases/{case.reference}/letters/{letter_id}/sent"
        assert client.post(at, data={"csrf_token": token, "by": "post"}).status_code == 303
        return words_of(client.get(f"/staff/cases/{case.reference}"))

    assert "We refused to take it." in post_it(acknowledgement.id)
    start_writing()
    refusals.take_after_all(case, current_landlord(), now(), kim)
    db.session.commit()
    assert "It was not refused." in post_it(refusal.letter_id)
    letter = db.session.get_one(Letter, refusal.letter_id)
    assert letter.sent_at is None
    assert "Recorded: the letter has been sent." in post_it(acknowledgement.id)


def test_a_report_is_closed_with_a_letter_that_says_what_was_done(client: FlaskClient) -> None:
    kim = desk(client)
    case = a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Noise at night."})
    start_writing()
    for standard in {one.standard for one in case.promises}:
        meet_promise(case, standard, now())
    mark_done(agree_action(case, "We wrote to them", kim, now().date(), now(), kim), now(), kim)
    db.session.commit()
    assert send(client, case, "close", because="resolved", words="It has been quiet for a month.").status_code == 303
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id, Letter.name == "asb-closing")).one()
    for words in ("has stopped", "It has been quiet for a month.", "We wrote to them.", "case review"):
        assert words in letter.body, words
    assert send(client, case, "reopen", why="happened-again").status_code == 303
    with pytest.raises(LetterIsNotTrue):
        refuse_if_not_to_be_sent(letter)
