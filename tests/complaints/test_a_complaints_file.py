"""Each complaint has a file from the moment that it comes in; one from before has it when it is first needed."""

from flask import Flask

from app.cases.promises import acknowledge
from app.complaints.casework import file_of, standing_of
from app.complaints.models import ComplaintFile
from app.complaints.stages import Standing
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from tests.builders import MONDAY_NOON, an_opened_case
from tests.caseload.desk import a_case_that_came_in


def test_a_complaint_has_its_file_and_its_first_stage_from_the_start(sqlite_app: Flask) -> None:
    case = a_case_that_came_in()
    file = db.session.get_one(ComplaintFile, case.id)
    assert [(stage.number, stage.began_at) for stage in file.stages] == [(1, case.received_at)]


def test_a_complaint_from_before_gets_its_file_once(sqlite_app: Flask) -> None:
    case = an_opened_case()
    assert standing_of(case) == Standing(has_handler=True)
    assert db.session.get(ComplaintFile, case.id) is None, "looking writes nothing"
    start_writing()
    assert file_of(case) is file_of(case)
    db.session.commit()
    acknowledge(case, current_landlord(), MONDAY_NOON)
    assert standing_of(case) == Standing(has_handler=True, is_acknowledged=True)
