"""What a tenant sees of our work on their complaint: what letters told them, and no word of a draft."""

from datetime import timedelta

from flask import Flask

from app.cases import case_actions
from app.cases.models import Case
from app.cases.promises import letter_went_out
from app.complaints import answering, points, stage_one
from app.complaints.casework import file_of, standing_of
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters.models import Letter
from tests.complaints.casework import a_complaint, a_complaint_ready_for_its_answer, answered, now
from tests.tracking.following import follow


def send_the_answer(case: Case) -> None:
    start_writing()
    letter = db.session.get_one(Letter, file_of(case).stages[0].letter_id)
    letter.sent_at = now()
    letter_went_out(case, current_landlord(), letter.name, now())
    db.session.commit()


def test_nothing_of_our_work_is_seen_before_a_letter_tells_it(sqlite_app: Flask) -> None:
    case, colleague = a_complaint_ready_for_its_answer()
    start_writing()
    answering.draft_answer(case, "upheld", "We were too slow.", now(), colleague)
    db.session.commit()
    client = sqlite_app.test_client()
    words = follow(client, case).words
    answered(case, colleague)
    for seen in (words, follow(client, case).words):
        for hidden in (
            "did not work for three weeks",
            "It was broken.",
            "too slow",
            "new motor",
            "150.50",
            "agree with",
        ):
            assert hidden not in seen


def test_the_answer_to_each_point_and_our_promises_are_seen_once_it_is_out(sqlite_app: Flask) -> None:
    case, colleague = a_complaint_ready_for_its_answer()
    start_writing()
    late = points.agree_action(case, "We ring you", colleague, (now() - timedelta(days=3)).date(), now(), colleague)
    point = points.list_point(case, "Nobody rang me.", now(), colleague)
    points.answer_point(case, point, "not-upheld", "We rang twice.", "Our call log.", now(), colleague)
    db.session.commit()
    answered(case, colleague)
    send_the_answer(case)
    words = follow(sqlite_app.test_client(), case).words
    assert "What we understood The lift did not work for three weeks." in words
    assert "The lift is broken. We agree with you about this. It was broken." in words
    assert "Nobody rang me. We do not agree with you about this. We rang twice." in words
    assert "We fit a new motor We will do this by" in words
    assert "We ring you We are late. We promised to do this by" in words
    start_writing()
    case_actions.mark_done(late, now(), colleague)
    db.session.commit()
    assert "We ring you Done on" in follow(sqlite_app.test_client(), case).words


def test_a_service_request_is_a_complaint_again_at_the_press_of_one_button(sqlite_app: Flask) -> None:
    """V08, Code 1.5: no questions, and the promises count again from then."""
    case, colleague = a_complaint(days_ago=20)
    start_writing()
    stage_one.triage(
        case, "service-request", now(), colleague, tenants_say="I only want it mended.", tenant_agrees=True
    )
    db.session.commit()
    assert case.next_due_at is None
    reader = follow(sqlite_app.test_client(), case)
    reader.open("/en/track/case/complaint").press()
    db.session.expire_all()
    assert standing_of(case).triage == "complaint"
    assert case.next_due_at
    assert case.next_due_at > now()
    assert "Ask that we handle this as a complaint" not in follow(sqlite_app.test_client(), case).words
