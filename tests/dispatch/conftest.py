from collections.abc import Iterator

import pytest
from flask import Flask

from app.extensions import db
from tests.conftest import MakeApp
from tests.dispatch.post_office import PostOffice, open_post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def mailing_app(request: pytest.FixtureRequest, make_app: MakeApp, office: PostOffice) -> Iterator[Flask]:
    """The application on either database, with a mail server."""
    made = make_app(database=request.param, mail_server="127.0.0.1", mail_port=office.port)
    with made.app_context():
        yield made
        db.session.rollback()
