"""What must not be lost or gained when complaints are joined, refused and taken after all."""

from datetime import timedelta

import pytest
from flask import Flask

from app.cases.actions import NotIndependent, took_part
from app.cases.models import Case
from app.cases.promises import meet_promise
from app.complaints import ends, joining, points, refusals, stage_one, stage_two
from app.complaints.casework import file_of
from app.complaints.stages import NotAllowed
from app.extensions import db, start_writing
from app.interpreters.lists import of_case
from app.landlords.standards import current_landlord
from tests.builders import answers, needs
from tests.caseload.desk import a_case_that_came_in
from tests.complaints.casework import a_complaint, a_complaint_ready_for_its_answer, now, somebody
from tests.complaints.test_stage_two import an_answered_complaint, rosa

MOULD = answers(what_happened="There is mould in the bedroom.", service="damp-and-mould")


def a_complaint_of_mould(days_ago: float) -> Case:
    return a_case_that_came_in(days_ago, answers=MOULD)


def laws(case: Case) -> dict[str, object]:
    return {one.standard: one.due_at for one in case.promises if one.regime == "law" and one.is_open}


def test_of_two_clocks_of_the_law_the_earlier_holds_when_complaints_are_joined(sqlite_app: Flask) -> None:
    case, main = a_complaint_of_mould(8), a_complaint_of_mould(1)
    kim = somebody()
    start_writing()
    known_first = laws(case)
    assert known_first["hazard.investigate"] < laws(main)["hazard.investigate"]  # type: ignore[operator]
    joining.join(case, main, now(), kim)
    assert laws(main) == known_first
    assert main.next_due_at <= known_first["hazard.investigate"]  # type: ignore[operator]


@pytest.mark.parametrize("how", ["investigated", "another"])
def test_a_danger_is_not_joined_to_a_case_whose_clock_is_of_another_danger(sqlite_app: Flask, how: str) -> None:
    case, main = a_complaint_of_mould(3), a_complaint_of_mould(1)
    kim = somebody()
    start_writing()
    if how == "investigated":
        meet_promise(main, "hazard.investigate", now())
    else:
        main.hazard = next(
            one.key for one in current_landlord().hazards if not one.is_emergency and one.key != case.hazard
        )
    with pytest.raises(NotAllowed, match="promises-are-open"):
        joining.join(case, main, now(), kim)
    assert laws(case)


def test_a_complaint_at_stage_2_cannot_be_joined_away(sqlite_app: Flask) -> None:
    rosa()
    case, kim = an_answered_complaint()
    main = a_case_that_came_in()
    start_writing()
    stage_two.ask(case, current_landlord(), now())
    assert case.stage == 2
    with pytest.raises(NotAllowed, match="stage-1-answered-already"):
        joining.join(case, main, now(), kim)


def test_who_dealt_with_a_joined_complaint_took_part_in_the_main_one(sqlite_app: Flask) -> None:
    case, ben = a_complaint(colleague=somebody("ben.osei@landlord.example", name="Ben Osei"))
    main, kim = a_complaint_ready_for_its_answer()
    start_writing()
    assert not took_part(main, ben.id, 1)
    joining.join(case, main, now(), kim)
    assert took_part(main, ben.id, 1)


def test_an_interpreter_who_is_to_be_booked_goes_over_once_when_complaints_are_joined(sqlite_app: Flask) -> None:
    main, case, again = (
        a_case_that_came_in(1, needs=needs(interpreter_language=language)) for language in (None, "Polish", "polish")
    )
    kim = somebody()
    start_writing()
    joining.join(case, main, now(), kim)
    joining.join(again, main, now(), kim)
    assert [(one.language, one.state) for one in of_case(main)] == [("Polish", "asked")]
    assert of_case(case) == []
    assert [one.because for one in of_case(again)] == ["asked-twice"]


def test_who_refused_a_complaint_took_part_in_its_stage_1(sqlite_app: Flask) -> None:
    case, _kim = a_complaint_ready_for_its_answer()
    ann = somebody("ann.ross@landlord.example", name="Ann Ross")
    start_writing()
    ground = current_landlord().exclusions[0].key
    refusals.refuse(case, current_landlord(), ground, "Its letter", "It was in 2019.", now(), ann)
    assert took_part(case, ann.id, 1)


def test_a_refused_complaint_is_not_taken_back_and_gone_on_with_past_its_refusal(sqlite_app: Flask) -> None:
    case, kim = a_complaint_ready_for_its_answer()
    start_writing()
    ground = current_landlord().exclusions[0].key
    refusals.refuse(case, current_landlord(), ground, "Its letter", "It was in 2019.", now(), kim)
    with pytest.raises(NotAllowed, match="refused"):
        ends.withdraw(case, "I have had enough.", "phone", now() + timedelta(hours=1), kim)
    assert not [one for one in case.promises if one.is_open]
    db.session.rollback()


def test_who_took_part_in_stage_1_changes_nothing_that_stage_2_decides(sqlite_app: Flask) -> None:
    rosa()
    case, kim = an_answered_complaint()
    start_writing()
    stage_two.ask(case, current_landlord(), now())
    (point,) = [one for one in file_of(case).points if one.stage == 2]
    for act in (
        lambda: points.take_off_point(case, point, now(), kim),
        lambda: points.change_point(case, point, "The lift is all right.", now(), kim),
        lambda: points.offer_remedy(case, "apology", "Sorry.", now(), kim),
        lambda: stage_one.define(case, "Nothing much.", now(), kim),
    ):
        with pytest.raises(NotIndependent):
            act()
    assert points.list_point(case, "The stairs are dark, too.", now(), kim).stage == 2, "what the tenant says is heard"
