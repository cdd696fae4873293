"""A colleague at their desk: cases that came in some time ago, and the pages to deal with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app import create_app
from app.caseload.record import record_contact
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from tests.builders import answers, needs, person
from tests.conftest import Visitor
from tests.rig.cheap import hash_passwords_cheaply
from tests.rig.databases import settings_from
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of


@contextmanager
def a_desk_for_many_tests(request: pytest.FixtureRequest, role: str = "officer") -> Iterator[FlaskClient]:
    """One application for all tests of a file that only look at cases of their own: making one takes half a second."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("desk")
    address = request.getfixturevalue("sqlite_databases").make(folder)
    app = create_app(settings_from(folder, address, "livewest"))
    app.testing = True
    hash_passwords_cheaply(app)
    app.jinja_env.bytecode_cache = request.getfixturevalue("compiled_templates")
    app.test_client_class = Visitor
    with app.app_context():
        a_colleague_with_a_password(roles=(role,))
        client = app.test_client()
        sign_in(client)
        yield client
        db.session.rollback()
        db.engine.dispose()


def a_case_that_came_in(days_ago: float = 0.1, **different: Any) -> Case:
    """Recorded as staff record it, with its promises and letters; ``needs=needs(…)``, ``person=person(…)``."""
    start_writing()
    now = datetime.now(UTC)
    record = {
        "kind": "complaint",
        "channel": "phone",
        "received_at": (now - timedelta(days=days_ago)).astimezone(LONDON).strftime("%Y-%m-%dT%H:%M:%S"),
        "language": "en",
        "person": person(),
        "needs": {key: value for key, value in needs().items() if value is not None},
        "answers": answers(),
        **different,
    }
    record["person"] = {key: value for key, value in record["person"].items() if value is not None}
    record["needs"] = {key: value for key, value in record["needs"].items() if value is not None}
    case = record_contact(record, current_landlord(), now - timedelta(days=days_ago))
    db.session.commit()
    return case


def page_of(client: FlaskClient, case: Case) -> TestResponse:
    answer = client.get(f"/staff/cases/{case.reference}")
    assert answer.status_code == 200
    return answer


def press(client: FlaskClient, case: Case, label: str, **fields: Any) -> TestResponse:
    """Press the button with these words on the case's page; gives the page that comes after."""
    page = page_of(client, case)
    tree = html.fromstring(page.get_data(as_text=True))
    buttons = [one for one in tree.xpath("//form//button") if " ".join(one.text_content().split()) == label]
    assert buttons, f"there is no button {label!r}"
    form = buttons[0].iterancestors("form").__next__()
    data = {"csrf_token": token_of(page), **fields}
    if buttons[0].get("name"):
        data[buttons[0].get("name")] = buttons[0].get("value")
    answer = client.post(form.get("action"), data=data)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    db.session.expire_all()
    return client.get(answer.location)


def labels_of_buttons(answer: TestResponse) -> set[str]:
    tree = html.fromstring(answer.get_data(as_text=True))
    return {" ".join(one.text_content().split()) for one in tree.xpath("//main//form//button")}
