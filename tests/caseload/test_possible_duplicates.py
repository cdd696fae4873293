"""A case's page names others that may be the same, to those who may open them."""

from flask import Flask
from flask.testing import FlaskClient

from app.cases.models import Case
from app.extensions import db
from tests.caseload.desk import a_case_that_came_in, page_of
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in


def named_as_the_same(client: FlaskClient, case: Case) -> list[str]:
    page = assert_page_laws(page_of(client, case))
    return [link.text_content() for link in page.xpath("//section[@aria-labelledby='duplicates']//a")]


def test_the_page_names_what_may_be_the_same_and_why(sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    first, again = a_case_that_came_in(3), a_case_that_came_in(1)
    unlike = a_case_that_came_in(1, kind="enquiry")
    client = sqlite_app.test_client()
    sign_in(client)
    assert named_as_the_same(client, first) == [again.reference]
    assert named_as_the_same(client, again) == [first.reference]
    assert named_as_the_same(client, unlike) == []
    assert "same phone number, same words, same name and same home" in page_of(client, first).get_data(as_text=True)


def test_a_restricted_case_is_not_named_to_those_who_may_not_open_it(sqlite_app: Flask) -> None:
    a_colleague_with_a_password(roles=("advisor",))
    plain, restricted = a_case_that_came_in(3), a_case_that_came_in(1)
    restricted.is_restricted, restricted.handler = True, None
    db.session.commit()
    client = sqlite_app.test_client()
    sign_in(client)
    assert named_as_the_same(client, plain) == []
    a_colleague_with_a_password("officer@landlord.example")
    officer = sqlite_app.test_client()
    sign_in(officer, "officer@landlord.example")
    assert named_as_the_same(officer, plain) == [restricted.reference]
