"""Stage 2: somebody who had no part in stage 1, under both policies; late requests, refusals, and the ways out."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.cases import closing
from app.cases.actions import NotIndependent, name_handler
from app.cases.models import Case
from app.cases.promises import letter_went_out, meet_promise
from app.complaints import ends, joining, points, refusals, stage_two
from app.complaints.answering import MayNotDecide
from app.complaints.casework import file_of
from app.complaints.stages import NotAllowed
from app.extensions import db, start_writing
from app.formats.document import parse
from app.landlords.standards import current_landlord
from app.letters.models import Letter
from app.staff.models import StaffMember
from tests.builders import a_colleague, answers, person
from tests.caseload.desk import a_case_that_came_in
from tests.complaints.casework import a_complaint_ready_for_its_answer, answered, now, somebody
from tests.conftest import MakeApp

LANDLORDS = pytest.mark.parametrize("landlord", ["livewest", "livv"])
OMBUDSMAN = "0300 111 3000"


def rosa() -> StaffMember:
    return a_colleague("rosa.diaz@landlord.example", name="Rosa Diaz", roles=("reviewer",))


def an_answered_complaint(days_ago: float = 3) -> tuple[Case, StaffMember]:
    """Kim answered it, and the answer went out so many days ago."""
    case, kim = a_complaint_ready_for_its_answer()
    answered(case, kim)
    for action in case.actions:  # type: ignore[attr-defined]
        action.done_at = now()
    letter_went_out(case, current_landlord(), "stage-1-response", now() - timedelta(days=days_ago))
    db.session.commit()
    return case, kim


def letter(case: Case, name: str) -> Letter:
    found = db.select(Letter).where(Letter.case_id == case.id, Letter.name == name).order_by(Letter.version.desc())
    newest = db.session.scalars(found.limit(1)).one()
    assert parse(newest.body, newest.language), "every format reads it"
    return newest


def whats(case: Case) -> list[str]:
    return [event.what for event in case.events]


def test_the_database_refuses_who_took_part_in_stage_1(app: Flask) -> None:
    case, kim = an_answered_complaint()
    ways = (
        f'UPDATE "case" SET stage = 2, handler_id = {kim.id} WHERE id = {case.id}',
        "INSERT INTO complaint_stage (case_id, number, began_at, is_late, decided_by_id)"
        f" VALUES ({case.id}, 2, '2026-11-23 12:00:00+00:00', false, {kim.id})",
    )
    for way in ways:
        with pytest.raises(DatabaseError):
            db.session.execute(text(way))
        db.session.rollback()
    start_writing()
    stage_two.ask(case, current_landlord(), now())
    db.session.commit()
    for way in (
        f'UPDATE "case" SET handler_id = {kim.id} WHERE id = {case.id}',
        f"UPDATE complaint_stage SET decided_by_id = {kim.id} WHERE case_id = {case.id} AND number = 2",
    ):
        with pytest.raises(DatabaseError):
            db.session.execute(text(way))
        db.session.rollback()
    with pytest.raises(NotIndependent):
        name_handler(case, kim, now())


@pytest.mark.parametrize(("landlord", "reasons"), [("livewest", None), ("livv", "You did not read my letter.")])
def test_somebody_else_looks_again_and_the_letter_names_them_and_the_day(
    make_app: MakeApp, landlord: str, reasons: str | None
) -> None:
    with make_app(landlord=landlord).app_context():
        rosa()
        case, kim = an_answered_complaint()
        closing.close(case, "answered", now(), kim.email)
        stage_two.ask(case, current_landlord(), now(), reasons=reasons, who=kim, channel="phone")
        db.session.commit()
        assert (case.stage, case.status, case.handler.name if case.handler else None) == (2, "open", "Rosa Diaz")
        promised = {(one.standard, one.regime): one for one in case.promises if one.is_open}
        assert set(promised) >= {("complaint.stage_2_acknowledge", "code"), ("complaint.stage_2_response", "code")}
        assert (("complaint.stage_2_response", "landlord") in promised) is (landlord == "livv")
        said = letter(case, "stage-2-acknowledgement").body
        due = min(one.due_at for key, one in promised.items() if key[0].endswith("response"))
        assert "Rosa Diaz" in said
        assert f'datetime="{due.date().isoformat()}"' in said
        assert OMBUDSMAN in said
        assert (reasons in said) if reasons else ("You did not have to give a reason" in said)
        assert [point.words for point in file_of(case).points if point.stage == 2] == ["The lift is broken."]
        letter_went_out(case, current_landlord(), "stage-2-acknowledgement", now())
        assert case.next_due_at == due


def test_where_nobody_is_free_the_case_says_so_and_no_letter_goes_out(sqlite_app: Flask) -> None:
    case, _kim = an_answered_complaint()
    stage_two.ask(case, current_landlord(), now())
    assert case.handler is None
    assert "stage_2_needs_somebody" in whats(case)
    with pytest.raises(NotAllowed, match="nobody-handles-it"):
        stage_two.acknowledge(case, now())
    name_handler(case, rosa(), now())
    assert "Rosa Diaz" in stage_two.acknowledge(case, now()).body


def test_an_early_request_waits_for_the_answer_and_begins_when_it_goes_out(sqlite_app: Flask) -> None:
    rosa()
    case, kim = a_complaint_ready_for_its_answer()
    stage_two.ask(case, current_landlord(), now())
    db.session.commit()
    assert case.stage == 1
    answered(case, kim)
    assert "stage-2-asked-for" in closing.what_is_owed(case, "answered")
    letter_went_out(case, current_landlord(), "stage-1-response", now())
    assert (case.stage, case.handler.name if case.handler else None) == (2, "Rosa Diaz")
    assert whats(case).count("stage_2_begun") == 1


def test_a_late_request_is_never_turned_away_by_the_machine(make_app: MakeApp) -> None:
    with make_app(landlord="livv").app_context():
        officer = somebody("ola@landlord.example", "officer", name="Ola")
        reviewer = rosa()
        case, _kim = an_answered_complaint(days_ago=45)
        stage_two.ask(case, current_landlord(), now())
        assert (case.stage, file_of(case).stages[-1].is_late) == (2, True)
        assert {one.standard for one in case.promises if one.is_open} >= {"complaint.stage_2_acknowledge"}
        with pytest.raises(NotAllowed, match="late-not-decided"):
            stage_two.acknowledge(case, now())
        with pytest.raises(MayNotDecide):
            stage_two.take_late_request(case, now(), officer)
        assert "asked-late" in {ground.key for ground in refusals.grounds_of_stage_2(case, current_landlord())}
        stage_two.take_late_request(case, now(), reviewer)
        assert letter(case, "stage-2-acknowledgement")
        with pytest.raises(NotAllowed, match="not-late"):
            stage_two.take_late_request(case, now(), reviewer)


@LANDLORDS
def test_a_refusal_of_stage_2_gives_the_ombudsmans_route(make_app: MakeApp, landlord: str) -> None:
    with make_app(landlord=landlord).app_context():
        reviewer = rosa()
        case, kim = an_answered_complaint()
        stage_two.ask(case, current_landlord(), now())
        own = {ground.key for ground in refusals.grounds_of_stage_2(case, current_landlord()) if not ground.code}
        assert own == ({"policy-followed", "law-followed"} if landlord == "livv" else set())
        refuse = ("at-court", "Claim K0042 of 2 May", "A court decides about the lift.", now())
        with pytest.raises(NotIndependent):
            refusals.refuse_stage_2(case, current_landlord(), *refuse, kim)
        with pytest.raises(refusals.NoSuchGround):
            refusals.refuse_stage_2(case, current_landlord(), "asked-late", *refuse[1:], reviewer)
        refusals.refuse_stage_2(case, current_landlord(), *refuse, reviewer)
        said = letter(case, "escalation-refusal").body
        assert OMBUDSMAN in said
        assert "A court decides about the lift." in said
        assert "Claim K0042" not in said, "the evidence is ours"
        assert not [one for one in case.promises if one.is_open]
        assert closing.what_is_owed(case, "refused") == (ends.LETTER_NOT_SENT,)
        letter(case, "escalation-refusal").sent_at = now()
        closing.close(case, "refused", now(), reviewer.email)
        refusals.take_stage_2_after_all(case, current_landlord(), now(), reviewer)
        assert case.status == "open"
        assert {one.standard for one in case.promises if one.is_open} >= {"complaint.stage_2_acknowledge"}


@LANDLORDS
def test_a_refused_complaint_says_why_and_can_be_taken_after_all(make_app: MakeApp, landlord: str) -> None:
    with make_app(landlord=landlord).app_context():
        kim, case = somebody(), a_case_that_came_in()
        start_writing()
        due = {one.standard: one.due_at for one in case.promises}
        ground = current_landlord().exclusions[0]
        with pytest.raises(refusals.Unfounded):
            refusals.refuse(case, current_landlord(), ground.key, " ", "Because.", now(), kim)
        with pytest.raises(refusals.NoSuchGround):
            refusals.refuse(case, current_landlord(), "policy-followed", "E", "R", now(), kim)
        refusals.refuse(case, current_landlord(), ground.key, "Its letter", "It was in 2019.", now(), kim)
        said = letter(case, "refusal").body
        for words in (ground.label, ground.instead, "It was in 2019.", OMBUDSMAN):
            assert words in said
        assert not [one for one in case.promises if one.is_open]
        with pytest.raises(NotAllowed):
            stage_two.ask(case, current_landlord(), now())
        refusals.take_after_all(case, current_landlord(), now() + timedelta(days=20), kim)
        again = {one.standard: one for one in case.promises if one.is_open}
        assert set(again) == set(due)
        for standard, promise in again.items():
            assert promise.due_at > due[standard]
            assert [change.what for change in promise.changes] == ["ended", "recounted"]


def test_a_tenant_may_take_it_back_and_go_on_after_all(sqlite_app: Flask) -> None:
    case, kim = a_complaint_ready_for_its_answer()
    for action in case.actions:  # type: ignore[attr-defined]
        action.dropped_because = "No need"
    ends.withdraw(case, "My son has mended it.", "phone", now(), kim)
    assert (case.status, case.closed_because) == ("closed", "withdrawn")
    assert case.contacts[-1].answers == {"more": "My son has mended it."}
    with pytest.raises(NotAllowed):
        stage_two.ask(case, current_landlord(), now())
    ends.go_on_after_all(case, current_landlord(), now(), kim)
    assert case.status == "open"
    assert case.next_due_at is not None


def test_a_new_issue_joins_while_nothing_is_answered_and_its_danger_goes_with_it(sqlite_app: Flask) -> None:
    main, kim = a_complaint_ready_for_its_answer(days_ago=2)
    told = answers(what_happened="There is mould in the bedroom.", service="damp-and-mould")
    case = a_case_that_came_in(answers=told)
    other = a_case_that_came_in(person=person(name="Ben Osei", phone="07700 900999"))
    start_writing()
    with pytest.raises(NotAllowed, match="not-the-same-tenant"):
        joining.join(other, main, now(), kim)
    law = {one.standard: one.due_at for one in case.promises if one.regime == "law"}
    assert law
    joining.join(case, main, now(), kim)
    assert (case.status, case.closed_because, case.next_due_at) == ("closed", "joined", None)
    assert [point.words for point in file_of(main).points] == ["The lift is broken.", "There is mould in the bedroom."]
    assert {one.standard: one.due_at for one in main.promises if one.regime == "law"} == law
    assert joining.joined_to(case) is main
    assert joining.joined_in(main) == [case]
    late = a_case_that_came_in()
    start_writing()
    meet_promise(main, "complaint.stage_1_response", now())
    with pytest.raises(NotAllowed, match="main-is-answered"):
        joining.join(late, main, now(), kim)


def test_a_point_becomes_a_complaint_of_its_own_with_all_that_one_has(sqlite_app: Flask) -> None:
    case, kim = a_complaint_ready_for_its_answer()
    with pytest.raises(NotAllowed, match="last-point"):
        joining.split(case, file_of(case).points[0], current_landlord(), now(), kim)
    second = points.list_point(case, "The rent is wrong.", now(), kim)
    made = joining.split(case, second, current_landlord(), now(), kim)
    db.session.commit()
    db.session.expire_all()
    assert [point.words for point in file_of(case).points] == ["The lift is broken."]
    assert [point.words for point in file_of(made).points] == ["The rent is wrong."]
    names = set(db.session.scalars(db.select(Letter.name).where(Letter.case_id == made.id)))
    assert names == {"receipt", "acknowledgement"}
    assert made.tenant.name == case.tenant.name
    assert {one.standard for one in made.promises} >= {"complaint.acknowledge"}
    assert [(link.how, link.other.reference) for link in joining.links_of(case)] == [("split", case.reference)]


def test_a_complaint_is_not_closed_while_its_tenant_is_owed_an_answer(sqlite_app: Flask) -> None:
    case, kim = a_complaint_ready_for_its_answer()
    stands = {
        "answered": "something-is-owed",
        "refused": "not-refused",
        "withdrawn": "not-withdrawn",
        "joined": "not-joined",
        "service-request-done": "not-a-service-request",
    }
    assert stands.keys() == set(closing.BECAUSE["complaint"])
    for because, reason in stands.items():
        with pytest.raises(closing.StillOwed, match=reason):
            closing.close(case, because, now(), kim.email)


def test_other_kinds_close_once_nothing_is_promised_and_open_again(sqlite_app: Flask) -> None:
    case: Any = a_case_that_came_in(kind="enquiry", channel="email")
    with pytest.raises(closing.StillOwed, match="promises-are-open"):
        closing.close(case, "answered", now(), None)
    with pytest.raises(closing.NoSuchReason):
        closing.close(case, "resolved", now(), None)
    for standard in {one.standard for one in case.promises}:
        meet_promise(case, standard, now())
    closing.close(case, "answered", now(), None)
    assert (case.status, case.closed_because) == ("closed", "answered")
    assert case.events[-1].details == {"because": "answered"}
    closing.reopen(case, now(), None, "new-information")
    with pytest.raises(closing.NotClosed):
        closing.reopen(case, now(), None, "new-information")


def test_the_ombudsman_and_learning_are_written_down_of_a_closed_complaint_too(sqlite_app: Flask) -> None:
    case, kim = an_answered_complaint()
    closing.close(case, "answered", now(), kim.email)
    today = now().date()
    referral = ends.refer_to_ombudsman(case, today, "HO-2026-117", today + timedelta(days=15), now(), kim)
    ends.record_ombudsmans_decision(referral, "Service failure", today, now(), kim)
    learning = ends.record_learning(case, "We tell people on the same day.", "repairs", True, now(), kim)
    ends.learning_made(learning, today, now(), kim)
    assert (referral.decided_on, learning.changed_on) == (today, today)
