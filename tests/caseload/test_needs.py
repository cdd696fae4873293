"""The page of a tenant's needs: what is known, who said so, changed with consent and asked again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.cases.models import Case
from app.dispatch.actions import queue_message
from app.extensions import db, start_writing
from app.interpreters.lists import of_case
from app.letters.actions import request_letter
from app.letters.models import LetterFile
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.laws import page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request) as client:
        yield client


def page(client: FlaskClient, case: Case) -> TestResponse:
    answer = client.get(f"/staff/cases/{case.reference}/needs")
    assert answer.status_code == 200
    return answer


def as_shown(answer: TestResponse) -> dict[str, Any]:
    """What the form would send if nobody touched it."""
    form = html.fromstring(answer.get_data(as_text=True)).xpath("//form[.//*[@name='letter_format']]")[0]
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def save(client: FlaskClient, case: Case, **different: Any) -> TestResponse:
    data = {**as_shown(page(client, case)), "told_by": "tenant", **different}
    answer = client.post(f"/staff/cases/{case.reference}/needs", data=data)
    db.session.expire_all()
    return answer


def history_of(client: FlaskClient, case: Case) -> str:
    return words_of(client.get(f"/staff/cases/{case.reference}"))


def test_the_page_and_its_mistakes_keep_the_page_laws(desk: FlaskClient):
    case = a_case_that_came_in(0.1)
    page_laws.assert_page_laws(page(desk, case))
    wrong = save(desk, case, braille_cells="many", review_on="soon", told_by="", safe_times="Only before noon")
    assert wrong.status_code == 422
    page_laws.assert_page_laws(wrong)
    shown = as_shown(wrong)
    assert (shown["braille_cells"], shown["review_on"]) == (["many"], ["soon"])
    assert shown["safe_times"][0].strip() == "Only before noon"
    words = words_of(wrong)
    for said in ("Enter a number from 20 to 42", "Enter a day in the next three years", "Choose how we know"):
        assert said in words
    assert "Not a valid" not in words


def test_new_needs_are_kept_with_who_said_so_and_letters_are_made_as_they_are_needed_now(desk: FlaskClient):
    case = a_case_that_came_in(0.1, needs=needs(consent=False))
    answer = save(
        desk, case, letter_format="large-print", point_size="24", paper_colour="yellow", speaking_rate="slow",
        braille_cells="28", braille_lines="20", has_consent="yes", interpreter_language=" British  Sign Language ",
    )  # fmt: skip
    assert answer.status_code == 303
    known = case.tenant.needs
    assert (known.letter_format, known.point_size, known.paper_colour) == ("large-print", 24, "yellow")
    assert (known.speaking_rate, known.braille_cells, known.braille_lines) == ("slow", 28, 20)
    assert (known.has_consent, known.interpreter_language) == (True, "British Sign Language")
    assert known.recorded_by == "officer@landlord.example" or "@" in known.recorded_by
    assert known.safe_ways is None, "nobody asked about it, and nobody does now"
    files = db.session.scalars(select(LetterFile).where(LetterFile.variant == "yellow")).all()
    assert {(file.letter.name, file.point_size) for file in files} == {("receipt", 24), ("acknowledgement", 24)}
    said = history_of(desk, case)
    assert "The needs of the tenant changed: format of letters, size of print, colour of the paper" in said
    assert "The tenant told us." in said
    assert "Large print 24, yellow paper" in said
    assert [one.language for one in of_case(case)] == ["British Sign Language"], "letters say that we bring one"
    save(desk, case, interpreter_language="Makaton")
    assert [one.language for one in of_case(case)] == ["Makaton"]


def test_saving_what_is_known_already_changes_nothing(desk: FlaskClient):
    case = a_case_that_came_in(0.1)
    before = case.tenant.needs.review_on
    assert save(desk, case, told_by="colleague").status_code == 303
    assert case.tenant.needs.review_on == before
    assert "looked at and not changed. A colleague noticed it." in history_of(desk, case)


def test_the_language_of_letters_changes_for_the_tenant_and_the_case(desk: FlaskClient):
    case = a_case_that_came_in(0.1)
    assert save(desk, case, language="cy").status_code == 303
    assert (case.language, case.tenant.language) == ("cy", "cy")
    assert "language of letters" in history_of(desk, case)
    assert save(desk, case, language="tlh").status_code == 422


def test_a_way_that_the_tenant_ruled_out_is_not_opened_by_whoever_asks(desk: FlaskClient):
    case = a_case_that_came_in(0.1, needs=needs(safe_ways=["phone"], contact_channel="phone", may_leave_messages=False))
    wider = save(desk, case, safe_ways=["phone", "email"])
    assert wider.status_code == 422
    assert "Check first who is calling, or ask a manager" in words_of(wider)
    assert save(desk, case, may_leave_messages="yes").status_code == 422
    assert case.tenant.needs.safe_ways == ["phone"]
    assert save(desk, case, safe_ways=["phone"], paper_colour="cream").status_code == 303
    start_writing()
    case.tenant.postcode, case.tenant.date_of_birth = "EX1 1AA", date(1961, 3, 14)
    db.session.commit()
    data = {"csrf_token": token_of(page(desk, case)), "date_of_birth": "14 3 1961", "postcode": "EX1 1AA"}
    assert desk.post(f"/staff/cases/{case.reference}/caller", data=data).status_code == 303
    assert save(desk, case, safe_ways=["phone", "email"]).status_code == 303
    assert case.tenant.needs.safe_ways == ["email", "phone"]


def test_the_best_way_has_to_be_safe_and_possible(desk: FlaskClient):
    case = a_case_that_came_in(0.1, person=person(email=None, phone=None))
    assert "We have no email address" in words_of(save(desk, case, contact_channel="email"))
    assert "We have no phone number" in words_of(save(desk, case, contact_channel="phone"))
    unsafe = save(desk, case, contact_channel="letter", safe_ways=["phone"])
    assert "Choose a way that is safe" in words_of(unsafe)


def test_needs_that_are_still_right_are_asked_about_again_in_a_year(desk: FlaskClient):
    case = a_case_that_came_in(0.1)
    start_writing()
    case.tenant.needs.review_on = datetime.now(UTC).date() - timedelta(days=1)
    db.session.commit()
    shown = page(desk, case)
    assert "ask again now" in words_of(shown)
    data = {"csrf_token": token_of(shown), "told_by": "tenant"}
    assert desk.post(f"/staff/cases/{case.reference}/needs/right", data=data).status_code == 303
    db.session.expire_all()
    review_on = case.tenant.needs.review_on
    assert review_on is not None
    assert review_on > datetime.now(UTC).date() + timedelta(days=360)
    assert "The needs of the tenant are as they were." in history_of(desk, case)


def test_a_colleague_who_may_only_read_sees_the_needs_and_no_form(sqlite_app: Flask):
    case = a_case_that_came_in(0.1)
    client = sqlite_app.test_client()
    a_colleague_with_a_password("eve@landlord.example", roles=("auditor",))
    sign_in(client, "eve@landlord.example")
    answer = page(client, case)
    assert "Save the needs" not in words_of(answer)
    assert "Standard print" in words_of(answer)


def test_a_letter_that_waits_for_the_post_is_taken_back_when_letters_are_not_safe_any_more(desk: FlaskClient):
    case = a_case_that_came_in(0.1)
    start_writing()
    letter = request_letter(case, "needs-review", datetime.now(UTC), given={"answer_by": "2027-01-01"})
    message = queue_message(letter, "post", "1 High Street", datetime.now(UTC))
    db.session.commit()
    assert save(desk, case, safe_ways=["phone"], contact_channel="phone").status_code == 303
    assert message.state == "failed"


def test_a_letter_that_waits_for_the_post_waits_in_the_format_that_is_needed_now(desk: FlaskClient):
    case = a_case_that_came_in(0.1)
    start_writing()
    letter = request_letter(case, "needs-review", datetime.now(UTC), given={"answer_by": "2027-01-01"})
    message = queue_message(letter, "post", "1 High Street", datetime.now(UTC))
    db.session.commit()
    assert save(desk, case, letter_format="braille").status_code == 303
    assert (message.state, message.format) == ("waiting", "braille")
    assert "braille" in {file.format for file in letter.files}


def test_every_open_case_of_the_tenant_is_written_to_in_the_new_language(desk: FlaskClient):
    case, other = a_case_that_came_in(0.1), a_case_that_came_in(0.1)
    start_writing()
    other.tenant_id = case.tenant_id
    db.session.commit()
    assert save(desk, case, language="cy").status_code == 303
    assert (case.language, other.language) == ("cy", "cy")
