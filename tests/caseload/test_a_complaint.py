"""The page of a complaint: step by step from its arrival to the letter that answers it."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.caseload import complaint_words, conversations
from app.caseload.history import history
from app.cases import case_actions
from app.cases.actions import took_part
from app.cases.models import Case
from app.cases.promises import letter_went_out
from app.complaints import answering, points
from app.complaints.casework import file_of, standing_of
from app.complaints.stages import AGAINST
from app.extensions import db, start_writing
from app.landlords.shapes import Landlord
from app.landlords.standards import current_landlord
from app.letters.models import Letter, LetterDraft
from app.staff.models import StaffMember
from tests.caseload.desk import a_case_that_came_in, page_of, press
from tests.complaints.casework import a_complaint, a_complaint_ready_for_its_answer, answered, now, somebody
from tests.conftest import MakeApp
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

KIM = "kim.lee@landlord.example"


@pytest.fixture
def client(sqlite_app: Any) -> FlaskClient:
    return sqlite_app.test_client()


def kim(client: FlaskClient) -> StaffMember:
    """Signed in; answers complaints."""
    return signed_in(client, KIM, "complaints-team")


def signed_in(client: FlaskClient, email: str, role: str) -> StaffMember:
    colleague = a_colleague_with_a_password(email, name="Kim Lee", roles=(role,))
    assert sign_in(client, email).status_code == 303
    return colleague


def page(client: FlaskClient, case: Case, path: str = "complaint") -> TestResponse:
    answer = client.get(f"/staff/cases/{case.reference}/{path}")
    assert answer.status_code == 200, words_of(answer)
    assert_page_laws(answer)
    return answer


def send(client: FlaskClient, case: Case, path: str, **fields: Any) -> TestResponse:
    """Fill in the form of a page that is just open."""
    shown = client.get(f"/staff/cases/{case.reference}/{path}")
    seen = html.fromstring(shown.get_data(as_text=True)).xpath("//input[@name='seen']/@value")
    data = {"csrf_token": token_of(shown), "seen": seen[0], **fields}
    answer = client.post(f"/staff/cases/{case.reference}/{path}", data=data)
    db.session.expire_all()
    return answer


def steps(answer: TestResponse) -> dict[str, str]:
    """Each step of the page's list with its state."""
    tree = html.fromstring(answer.get_data(as_text=True))
    found = {}
    for item in tree.xpath("//ol[contains(@class, 'steps')]/li"):
        what = item.xpath(".//span[contains(@class, 'steps__what')]")[0].text_content().strip()
        found[what] = item.xpath(".//span[contains(@class, 'due')]")[0].text_content().split(",")[0].strip()
    return found


def done(answer: TestResponse) -> None:
    assert answer.status_code == 303, words_of(answer)


def test_a_complaint_goes_from_its_arrival_to_its_answer_by_the_pages_alone(make_app: MakeApp) -> None:
    app = make_app("livv")
    with app.app_context():
        client = app.test_client()
        case, colleague = a_complaint(colleague=kim(client))
        first = steps(page(client, case))
        assert first["Received"] == "Done"
        assert first["Definition and outcomes"] == first["In touch with the tenant"] == "Now"
        assert first["Answer written"] == "Later"
        start_writing()
        letter_went_out(case, current_landlord(), "acknowledgement", now())
        db.session.commit()
        agreed = {"found": "complaint", "tenants_say": "I complain.", "tenant_agrees": "yes"}
        done(send(client, case, "complaint/triage", **agreed))
        words = {"definition": "The lift stood still.", "outcomes_sought": "That it runs.", "is_agreed": "yes"}
        done(send(client, case, "complaint/definition", **words, written_in="en", kind_of_complaint="mistake"))
        assert file_of(case).kind_of_complaint == "mistake"
        done(send(client, case, "complaint/contact", channel="phone", summary="We talked."))
        done(send(client, case, "complaint/point", words="The lift is broken."))
        point = {"words": "The lift is broken.", "decision": "upheld", "answer": "It was.", "basis": "Our policy."}
        done(send(client, case, f"complaint/points/{file_of(case).points[0].id}", **point))
        done(send(client, case, "complaint/remedy", kind="money", pounds="£1,250.50", words="For the trouble."))
        done(send(client, case, "actions", words="We fit a motor", owner=str(colleague.id), due_on="4/12/2030"))
        assert set(steps(page(client, case)).values()) == {"Done", "Now", "Later"}
        answer = {"decision": "upheld", "findings": "We were slow.", "written_in": "en"}
        looked = send(client, case, "complaint/answer", act="look", **answer)
        shown = words_of(client.get(looked.location))
        assert "We offer you £1,250.50." in shown
        assert "We fit a motor. We do this by Wednesday, 4 December 2030." in shown
        assert db.session.query(Letter).filter_by(name="stage-1-response").count() == 0, "looking writes no letter"
        done(send(client, case, "complaint/answer", act="fix", **answer))
        overview = words_of(page_of(client, case))
        assert "Answer at stage 1" in overview
        assert "The answer at stage 1 is written: Upheld." in overview
        assert steps(page(client, case))["Answer sent"] == "Now"
        without_sentence = {event.what.replace("_", " ") for event in case.events}
        assert not [one for one in history(case, current_landlord()) if one.words in without_sentence]
        assert "The answer is written, and its words are fixed." in words_of(page(client, case, "complaint/answer"))


WRONG = {
    "complaint/triage": ({"tenants_say": "Kept words"}, "Choose what this is"),
    "complaint/definition": ({"outcomes_sought": "Kept words"}, "Enter what the complaint is about"),
    "complaint/contact": ({"summary": "Kept words"}, "Choose how you were in touch"),
    "complaint/put-right": ({"put_right": "", "written_in": "cy"}, "Enter what was put right"),
    "complaint/remedy": (
        {"kind": "money", "words": "Kept words", "pounds": "much"},
        "Enter an amount in pounds, such as",
    ),
    "complaint/points/1": ({"words": "It", "decision": "open", "answer": "Kept words"}, "Choose a decision: there is"),
    "complaint/answer": ({"act": "look", "findings": "Kept words"}, "Choose the decision on the complaint"),
    "actions": ({"words": "Kept words", "owner": "", "due_on": "31 2 2027"}, "Enter a day, such as 4 12 2026"),
    "actions/1": ({"what": "drop", "because": "", "due_on": "Kept words"}, "Enter why it will not be done"),
}


def test_whatever_is_wrong_the_page_says_so_and_keeps_what_was_typed(client: FlaskClient) -> None:
    case, _colleague = a_complaint_ready_for_its_answer(colleague=kim(client))
    events = len(case.events)
    for path, (fields, mistake) in WRONG.items():
        answer = send(client, case, path, **fields)
        assert answer.status_code == 422, path
        assert_page_laws(answer)
        tree = html.fromstring(answer.get_data(as_text=True))
        links = tree.xpath("//div[contains(@class, 'govuk-error-summary')]//a")
        assert any(mistake in link.text_content() for link in links), path
        assert all(tree.xpath(f"//*[@id='{link.get('href')[1:]}']") for link in links), path
        kept = [*tree.xpath("//main//textarea/text()"), *tree.xpath("//main//input/@value")]
        assert "Kept words" not in fields.values() or any("Kept words" in one for one in kept), path
    db.session.expire_all()
    assert len(case.events) == events


def test_a_draft_is_kept_and_seen_by_the_next_colleague(client: FlaskClient) -> None:
    case, _colleague = a_complaint(colleague=kim(client))
    done(send(client, case, "complaint/answer", act="keep", findings="As far as I know."))
    shown = page(client, case, "complaint/answer").get_data(as_text=True)
    assert "As far as I know." in shown
    assert "No point is listed. List each thing that the tenant raised." in shown
    refused = send(client, case, "complaint/answer", act="fix", decision="upheld", findings="So.", written_in="en")
    assert refused.status_code == 422
    assert "Nobody has written down what the complaint is about." in words_of(refused)
    assert "So.</textarea>" in refused.get_data(as_text=True)


def test_only_roles_that_answer_complaints_fix_a_letter(client: FlaskClient) -> None:
    """An auditor sees all, and is offered nothing."""
    case, _colleague = a_complaint_ready_for_its_answer()
    signed_in(client, "advisor@landlord.example", "advisor")
    answer = {"decision": "upheld", "findings": "We were slow.", "written_in": "en"}
    looked = client.get(send(client, case, "complaint/answer", act="look", **answer).location)
    assert "A colleague who answers complaints fixes it." in words_of(looked)
    assert "Fix the words" not in words_of(looked)
    assert send(client, case, "complaint/answer", act="fix", **answer).status_code == 403
    client = client.application.test_client()
    signed_in(client, "auditor@landlord.example", "auditor")
    for path in ("complaint", "complaint/point", "complaint/points/1", "complaint/answer", "actions", "actions/1"):
        tree = html.fromstring(page(client, case, path).get_data(as_text=True))
        assert not tree.xpath("//main//form//button"), path


def test_of_two_colleagues_at_once_the_second_is_told_and_loses_nothing(client: FlaskClient) -> None:
    case, _colleague = a_complaint_ready_for_its_answer(colleague=kim(client))
    form = client.get(f"/staff/cases/{case.reference}/complaint/answer")
    seen = html.fromstring(form.get_data(as_text=True)).xpath("//input[@name='seen']/@value")[0]
    start_writing()
    answering.draft_answer(case, "not-upheld", "Another view.", now(), somebody("mo.reed@landlord.example"))
    db.session.commit()
    mine = {"decision": "upheld", "findings": "My long and careful words about what we found.", "written_in": "en"}
    data = {"csrf_token": token_of(form), "seen": seen, "act": "look", **mine}
    told = client.post(f"/staff/cases/{case.reference}/complaint/answer", data=data)
    assert told.status_code == 409
    assert "The answer at stage 1 was drafted." in words_of(told)
    assert mine["findings"] in told.get_data(as_text=True)
    db.session.expire_all()
    assert file_of(case).stages[0].findings == "Another view."


def test_what_the_procedure_does_not_allow_is_said_in_words_and_not_done(client: FlaskClient) -> None:
    case, colleague = a_complaint_ready_for_its_answer(colleague=kim(client))
    answered(case, colleague)
    for path, fields in (
        ("complaint/point", {"words": "One thing more, told late."}),
        ("complaint/points/1", {"words": "In other words.", "decision": "open"}),
        ("complaint/definition", {"definition": "New.", "is_agreed": "no", "written_in": "en"}),
    ):
        assert "The answer is written, and its words are fixed." in words_of(page(client, case, path)), path
        refused = send(client, case, path, **fields)
        assert refused.status_code == 422, path
        assert next(iter(fields.values())) in refused.get_data(as_text=True), path
    assert len(file_of(case).points) == 1
    done(send(client, case, "actions", words="We look again", owner=str(colleague.id), due_on="4 12 2030"))
    start_writing()
    points.agree_action(case, "We ring you", colleague, (now() - timedelta(days=2)).date(), now(), colleague)
    db.session.commit()
    for path in ("complaint", "conversations"):
        assert "1 action is late" in words_of(page(client, case, path))
    assert "late: it was due" in words_of(page(client, case, "actions"))


def test_each_reason_has_words() -> None:
    assert set(AGAINST) <= set(complaint_words.AGAINST)


def test_every_kind_of_case_has_actions(client: FlaskClient) -> None:
    colleague = kim(client)
    case = a_case_that_came_in(kind="enquiry", answers={"what_happened": "When?"})
    done(send(client, case, "actions", words="We look it up", owner=str(colleague.id), due_on="2030-12-04"))
    shown = words_of(page(client, case, "actions"))
    assert "We look it up" in shown
    done(
        client.post(
            f"/staff/cases/{case.reference}/actions/1/done",
            data={"csrf_token": token_of(page(client, case, "actions"))},
        )
    )
    assert "done, " in words_of(page(client, case, "actions"))
    assert client.get(f"/staff/cases/{case.reference}/complaint").status_code == 404


def test_what_came_in_as_a_question_is_a_complaint_at_the_press_of_one_button(client: FlaskClient) -> None:
    """V08: from staff, with nothing asked; pressed again it is the same one."""
    kim(client)
    case = a_case_that_came_in(kind="enquiry", answers={"what_happened": "Why is the lift still broken?"})
    said = words_of(press(client, case, "Take it as a complaint"))
    made = db.session.scalars(db.select(Case).where(Case.kind == "complaint")).one()
    assert f"Its reference: {made.reference}" in said
    assert made.contacts[0].answers["what_happened"] == "Why is the lift still broken?"
    assert [event.who for event in case.events if event.what == "asked_as_complaint"] == [KIM]
    assert made.reference in words_of(page_of(client, case))
    token = {"csrf_token": token_of(page_of(client, case))}
    assert client.post(f"/staff/cases/{case.reference}/as-a-complaint", data=token).status_code == 303
    assert db.session.query(Case).filter_by(kind="complaint").count() == 1


def test_a_talk_that_is_written_down_is_our_getting_in_touch(make_app: MakeApp) -> None:
    """V09: and a voicemail, to which nobody listened yet, is not."""
    with make_app("livv").app_context():
        case, colleague = a_complaint()
        start_writing()
        conversations.record_conversation(case, now(), "voicemail", "Rang, nobody there.", (), now(), colleague)
        assert not standing_of(case).is_contacted
        conversations.record_conversation(case, now(), "phone", "We talked.", (), now(), colleague)
        assert standing_of(case).is_contacted
        assert all(one.met_at for one in case.promises if one.standard == "complaint.stage_1_contact")


def test_a_colleague_sees_the_actions_of_all_cases_that_they_may_open(client: FlaskClient) -> None:
    """The earliest day first; those of a restricted case only where they may open it, page by page."""
    colleague = signed_in(client, KIM, "advisor")
    report = a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Noise."})
    case, other = a_complaint(colleague=somebody("mo.reed@landlord.example", name="Mo Reed"))
    start_writing()
    day = now().date()
    case_actions.agree_action(report, "A secret", colleague, day, now(), other)
    for number in range(51):
        case_actions.agree_action(case, f"Mine {number:02}", colleague, day - timedelta(days=number), now(), other)
    case_actions.agree_action(case, "Theirs", other, day + timedelta(days=9), now(), other)
    db.session.commit()
    first = client.get("/staff/actions")
    words = words_of(first)
    assert words.index("Mine 50") < words.index("Mine 01")
    assert "late: it was due" in words
    assert "Mine 00" not in words
    assert "Theirs" not in words
    next_page = html.fromstring(first.get_data(as_text=True)).xpath("//a[normalize-space()='Next page']/@href")[0]
    assert "Mine 00" in words_of(client.get(next_page))
    assert "A secret" not in words + words_of(client.get(next_page))
    everybodys = words_of(client.get("/staff/actions?show=all&after=nonsense"))
    assert "Mine 50" in everybodys
    assert client.get("/staff/actions?show=theirs").status_code == 404


def test_an_answer_waits_for_a_second_colleague_where_the_policy_asks_for_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Landlord, "approver_of", lambda self, letter: "manager" if letter == "stage-1-response" else None
    )
    case, _colleague = a_complaint_ready_for_its_answer(colleague=kim(client))
    answer = {"decision": "upheld", "findings": "We were slow.", "written_in": "en"}
    looked = client.get(send(client, case, "complaint/answer", act="look", **answer).location)
    assert "A second colleague approves this letter" in words_of(looked)
    assert "Fix the words" not in words_of(looked)
    file = send(client, case, "complaint/answer", look_first="text", **answer)
    assert (file.mimetype, "We were slow." in file.get_data(as_text=True)) == ("text/plain", True)
    refused = send(client, case, "complaint/answer", act="fix", **answer)
    assert "A colleague has to approve this letter first, as it is now." in words_of(refused)
    done(send(client, case, "complaint/answer", act="ask", **answer))
    draft = db.session.query(LetterDraft).filter_by(case_id=case.id).one()
    head = client.application.test_client()
    signed_in(head, "head@landlord.example", "manager")
    here = f"/staff/cases/{case.reference}/letters/drafts/{draft.id}"
    asked = head.get(here)
    assert "We were slow." in words_of(asked)
    done(head.post(f"{here}/decide", data={"csrf_token": token_of(asked), "act": "approve", "number": draft.number}))
    changed = send(client, case, "complaint/answer", act="fix", **{**answer, "findings": "We were not slow."})
    assert changed.status_code == 422, "what was approved were other words"
    done(send(client, case, "complaint/answer", act="fix", **answer))
    assert db.session.query(Letter).filter_by(name="stage-1-response").one().id == draft.letter_id
    assert took_part(case, db.session.query(StaffMember).filter_by(email="head@landlord.example").one().id, 1)
