"""Coming in by the real door: the page's own form, with its own token."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.extensions import db, start_writing
from app.staff import actions
from app.staff.models import StaffMember
from app.staff.one_time_codes import one_time_codes
from tests.builders import a_colleague
from tests.rig.cheap import cheap_hash

PASSWORD = "copper lantern orbit thistle"
SIGN_IN = "/staff/sign-in"
CODE = "/staff/code"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def a_colleague_with_a_password(
    email: str = "sam.field@landlord.example", *, roles: tuple[str, ...] = ("officer",), **different: object
) -> StaffMember:
    """As if they had set it up by their link."""
    colleague = a_colleague(email, roles=roles, **different)
    colleague.password = cheap_hash(PASSWORD)
    actions.datastore().set_uniquifier(colleague)
    actions.record(colleague, datetime.now(UTC), "192.0.2.0/24", "signed-in")
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
    """With both factors, where the colleague's role asks for two."""
    answer = give_password(client, email, password, to)
    if answer.status_code != 303 or urlsplit(answer.location).path != CODE:
        return answer
    give_a_second_factor(client.application, email)
    return give_code(client, code_of(client.application, email), answer.location)


def give_password(
    client: FlaskClient, email: str = "sam.field@landlord.example", password: str = PASSWORD, to: str = SIGN_IN
) -> TestResponse:
    page = client.get(to)
    assert page.status_code == 200
    return client.post(to, data={"csrf_token": token_of(page), "email": email, "password": password})


def give_code(client: FlaskClient, code: str, to: str = CODE) -> TestResponse:
    page = client.get(to)
    assert page.status_code == 200
    return client.post(to, data={"csrf_token": token_of(page), "code": code})


def give_a_second_factor(app: Flask, email: str) -> None:
    """As if a colleague who has none had set it up some time ago."""
    with app.app_context():
        start_writing()
        colleague = actions.find_staff_member(email)
        if colleague and colleague.tf_totp_secret is None:
            colleague.tf_totp_secret = one_time_codes().kept(SECRET)
            db.session.commit()


def code_of(app: Flask, email: str) -> str:
    """What the colleague's telephone shows now. Tests sign in more than once in half a minute: none counts as used."""
    with app.app_context():
        start_writing()
        colleague = actions.find_staff_member(email)
        assert colleague is not None
        assert colleague.tf_totp_secret is not None
        colleague.last_code_counter = None
        db.session.commit()
        return one_time_codes().code_at(colleague.tf_totp_secret, datetime.now(UTC))


def words_of(answer: TestResponse) -> str:
    """What the main part of the page says."""
    main = html.fromstring(answer.get_data(as_text=True)).find(".//main")
    return " ".join(main.text_content().split())
