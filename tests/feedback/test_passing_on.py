"""Praise reaches whom it is for: a colleague and their line manager, a team and its head; the tenant hears of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.cases.models import Case
from app.dispatch.models import Message
from app.extensions import db
from app.letters.models import Letter
from app.staff.models import StaffMember, Team
from tests.builders import a_colleague
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.staff.door import token_of, words_of

PRAISE = {
    "what_happened": "She mended the lamp.",
    "thanked": "not-sure",
    "may_share": "colleagues",
    "wants_answer": "yes",
}


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "advisor") as client:
        yield client


def robin() -> StaffMember:
    if found := db.session.scalar(db.select(StaffMember).where(StaffMember.name == "Robin Lee")):
        return found
    head = a_colleague("head@landlord.example", roles=("manager",), name="Maya Shah")
    return a_colleague("robin@landlord.example", roles=("officer",), name="Robin Lee", line_manager=head)


def praise(**said: Any) -> Case:
    return a_case_that_came_in(kind="compliment", answers={**PRAISE, **said})


def pass_on(client: FlaskClient, case: Case, meant: str, how: str = "email") -> TestResponse:
    address = f"/staff/cases/{case.reference}/praise"
    data = {"csrf_token": token_of(client.get(address)), "meant": meant, "how": how}
    answer = client.post(address, data=data)
    db.session.expire_all()
    db.session.rollback()
    return answer


def told(case: Case) -> set[str]:
    """Addresses of the notes about it."""
    wanted = db.select(Message.address).where(Message.case_id == case.id, Message.words.is_not(None))
    return set(db.session.scalars(wanted))


def letter_of(case: Case) -> Letter | None:
    return db.session.scalar(db.select(Letter).where(Letter.case_id == case.id, Letter.name == "compliment-shared"))


def test_a_colleague_chooses_whom_the_praise_is_for_and_the_tenant_is_told(desk: FlaskClient) -> None:
    colleague, case = robin(), praise(colleague_name="Robyn Lee", thanked="colleague")
    page = desk.get(f"/staff/cases/{case.reference}/praise")
    offered = html.fromstring(page.get_data(as_text=True)).xpath("//select[@name='meant']/option/text()")
    assert offered[1].strip() == "Robin Lee (line manager: Maya Shah)", "the likeliest first"
    assert pass_on(desk, case, "").status_code == 422
    before = told(case)
    assert pass_on(desk, case, f"person-{colleague.id}").status_code == 303
    assert told(case) - before == {"robin@landlord.example", "head@landlord.example"}
    letter = letter_of(case)
    assert letter is not None
    assert "We have told Robin Lee, and Maya Shah, who is their line manager." in letter.body
    assert "sam.field@landlord.example" in words_of(desk.get(f"/staff/cases/{case.reference}/praise"))


def test_who_was_told_in_person_gets_no_mail(desk: FlaskClient) -> None:
    colleague, case = robin(), praise()
    pass_on(desk, case, f"person-{colleague.id}", "in-person")
    assert not told(case)
    assert "told in person" in words_of(desk.get(f"/staff/cases/{case.reference}/praise"))


def test_a_team_hears_of_it_with_its_head(desk: FlaskClient) -> None:
    colleague = robin()
    team = Team(name="Repairs", services=["repairs"], head=colleague.line_manager)
    colleague.team = team
    db.session.add(team)
    db.session.commit()
    case = praise(thanked="team", team_thanked="repairs")
    pass_on(desk, case, f"team-{team.id}")
    assert told(case) == {"robin@landlord.example", "head@landlord.example"}
    letter = letter_of(case)
    assert letter is not None
    assert "We have told the team Repairs, and Maya Shah, who leads it." in letter.body


def test_what_is_not_to_be_shared_is_not_and_who_wants_no_answer_gets_none(desk: FlaskClient) -> None:
    colleague, kept = robin(), praise(may_share="no")
    assert "asked us not to share it" in words_of(desk.get(f"/staff/cases/{kept.reference}/praise"))
    pass_on(desk, kept, f"person-{colleague.id}")
    assert not told(kept)
    silent = praise(wants_answer="no")
    pass_on(desk, silent, f"person-{colleague.id}")
    assert told(silent)
    assert letter_of(silent) is None
