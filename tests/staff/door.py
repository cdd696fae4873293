"""Coming in by the real door: the page's own form, with its own token."""

from datetime import UTC, datetime

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.extensions import db
from app.staff import actions
from app.staff.models import StaffMember
from tests.builders import a_colleague

PASSWORD = "copper lantern orbit thistle"
SIGN_IN = "/staff/sign-in"


def a_colleague_with_a_password(
    email: str = "sam.field@landlord.example", *, roles: tuple[str, ...] = ("officer",), **different: object
) -> StaffMember:
    colleague = a_colleague(email, roles=roles, **different)
    actions.set_password(colleague.id, PASSWORD, datetime.now(UTC), "192.0.2.0/24")
    db.session.commit()
    return colleague


def token_of(answer: TestResponse) -> str:
    tokens = html.fromstring(answer.get_data(as_text=True)).xpath(
        "//form[@method='post']//input[@name='csrf_token']/@value"
    )
    assert tokens, "the page has no form with a token"
    return str(tokens[0])


def sign_in(
    client: FlaskClient, email: str = "sam.field@landlord.example", password: str = PASSWORD, to: str = SIGN_IN
) -> TestResponse:
    page = client.get(to)
    assert page.status_code == 200
    return client.post(to, data={"csrf_token": token_of(page), "email": email, "password": password})


def words_of(answer: TestResponse) -> str:
    """What the main part of the page says."""
    main = html.fromstring(answer.get_data(as_text=True)).find(".//main")
    return " ".join(main.text_content().split())
