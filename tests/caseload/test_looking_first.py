"""See the letter first: an act's letter is shown as it would be, and nothing has been done."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.cases.models import Case, Event
from app.cases.promises import letter_went_out
from app.dispatch.models import Message
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.letters.models import Letter, LetterFile
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import words_of


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, role="manager") as desk:
        desk.application.config["WTF_CSRF_CHECK_DEFAULT"] = False
        yield desk


def look(client: FlaskClient, case: Case, path: str, wanted: str = "look", **fields: Any) -> TestResponse:
    db.session.expire_all()
    return client.post(f"/staff/cases/{case.reference}/{path}", data={"look_first": wanted, **fields})


def counts() -> list[int]:
    db.session.rollback()
    return [db.session.scalar(db.select(db.func.count(one.id))) or 0 for one in (Letter, LetterFile, Event, Message)]


def acknowledge(case: Case) -> None:
    start_writing()
    letter_went_out(case, current_landlord(), "acknowledgement", datetime.now(UTC), "kim@landlord.example")
    db.session.commit()


def more_time(case: Case) -> dict[str, Any]:
    due = min(one.due_at for one in case.promises if one.standard == "complaint.stage_1_response") + timedelta(days=3)
    day = due.astimezone(UTC)
    reason = {"more-reason": "The <b>surveyor</b> is ill.", "more-words_language": "en", "more-agreed": "yes"}
    return {"more-new_on": f"{day.day} {day.month} {day.year}", **reason}


def test_more_time_is_looked_at_in_every_format_before_it_is_given(client: FlaskClient) -> None:
    case = a_case_that_came_in()
    acknowledge(case)
    before, said = counts(), more_time(case)
    answer = look(client, case, "dates/more-time", **said)
    assert answer.status_code == 200, words_of(client.get(answer.location))
    page = html.fromstring(answer.get_data(as_text=True))
    assert "The <b>surveyor</b> is ill." in page.find_class("look")[0].text_content()
    kept = {one.get("name"): one.get("value") for one in page.xpath("//main//input[@type='hidden']")}
    assert {**said}.items() <= kept.items(), "the formats are asked for with what was typed"
    file = look(client, case, "dates/more-time", "text", **said)
    assert (file.status_code, file.mimetype) == (200, "text/plain")
    assert "surveyor" in file.get_data(as_text=True)
    assert counts() == before
    case_page = words_of(client.get(f"/staff/cases/{case.reference}/dates"))
    assert "surveyor" not in case_page
    assert client.post(f"/staff/cases/{case.reference}/dates/more-time", data=said).status_code == 303
    assert counts() != before, "without looking first it is done"


def test_what_an_act_forbids_is_said_when_it_is_looked_at_too(client: FlaskClient) -> None:
    case = a_case_that_came_in()
    acknowledge(case)
    before = counts()
    answer = look(client, case, "dates/more-time", **{**more_time(case), "more-reason": ""})
    assert answer.status_code == 422
    assert counts() == before


def test_an_act_without_a_letter_says_so_and_does_nothing(client: FlaskClient) -> None:
    case = a_case_that_came_in()
    before = counts()
    answer = look(client, case, "complaint/point", words="The tap.")
    assert "This writes no letter." in words_of(answer)
    assert counts() == before


def test_an_answer_without_a_decision_is_no_file_to_look_at(client: FlaskClient) -> None:
    answer = look(client, a_case_that_came_in(), "complaint/answer", "text", act="keep", findings="So far.")
    assert answer.status_code == 422


def test_every_page_whose_act_writes_a_letter_offers_it(client: FlaskClient) -> None:
    case = a_case_that_came_in()
    acknowledge(case)
    for path in ("dates", "conversations", "hand-over", "complaint/put-right", "ending/refuse"):
        assert b'name="look_first"' in client.get(f"/staff/cases/{case.reference}/{path}").data, path
    answer = look(client, case, "complaint/put-right", put_right="- A new tap.", written_in="en")
    assert "A new tap." in words_of(answer)
    assert datetime.now(UTC) > case.received_at
