"""A letter goes out as its tenant can read it, by a way that is safe; who decides otherwise says why, in writing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.cases.casework_models import NeedsOverride
from app.cases.models import Case
from app.dispatch.models import Message
from app.dispatch.needs_met import unmet
from app.extensions import db
from app.letters.models import Letter
from app.tenants.models import CommunicationNeeds
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in, page_of, press
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

REASON = "She asked on the phone for plain print, for her sister to read to her."
LARGE = "I have sent it as: Large print 24 Acknowledgement"


def desk_of(app: Flask, *roles: str) -> FlaskClient:
    a_colleague_with_a_password(roles=roles)
    client = app.test_client()
    sign_in(client)
    return client


def otherwise(client: FlaskClient, case: Case, **fields: str) -> TestResponse:
    letter = db.session.scalars(db.select(Letter).where(Letter.name == "acknowledgement")).one()
    address = f"/staff/cases/{case.reference}/letters/{letter.id}/otherwise"
    page = client.get(address)
    assert page.status_code == 200
    answer = client.post(address, data={"csrf_token": token_of(page), **fields})
    db.session.expire_all()
    return answer


def how_it_went() -> list[tuple[str, str, list[str]]]:
    sent = db.session.scalars(db.select(Message).join(Message.letter).where(Letter.name == "acknowledgement"))
    return [(one.channel, one.format or "", one.unmet or []) for one in sent]


def test_the_button_says_the_format_that_the_tenant_needs(sqlite_app: Flask) -> None:
    desk = desk_of(sqlite_app, "complaints-team")
    case = a_case_that_came_in(needs=needs(format="large-print", point_size=24))
    press(desk, case, LARGE)
    assert how_it_went() == [("post", "large-print", [])]
    assert not db.session.scalars(db.select(NeedsOverride)).all()


def test_another_format_takes_a_reason_and_nothing_typed_is_lost(sqlite_app: Flask) -> None:
    desk = desk_of(sqlite_app, "complaints-team")
    case = a_case_that_came_in(needs=needs(format="large-print", point_size=24))
    refused = otherwise(desk, case, by="post", format="standard-print", reason="  ")
    assert refused.status_code == 422
    assert "the format that the tenant needs" in words_of(refused)
    assert not how_it_went()
    assert otherwise(desk, case, by="post", format="standard-print", reason=REASON).status_code == 303
    assert how_it_went() == [("post", "standard-print", ["format"])]
    assert REASON in words_of(page_of(desk, case))


def test_a_letter_in_a_language_that_its_tenant_does_not_use_takes_a_reason(sqlite_app: Flask) -> None:
    desk = desk_of(sqlite_app, "complaints-team")
    case = a_case_that_came_in(language="so")
    after = press(desk, case, "I have sent it as: Standard print Acknowledgement")
    assert "the tenant’s language" in words_of(after)
    assert not how_it_went()
    otherwise(desk, case, by="post", format="standard-print", reason="An interpreter rings today.")
    assert how_it_went() == [("post", "standard-print", ["language"])]


@pytest.mark.parametrize(("role", "status", "went"), [("complaints-team", 422, 0), ("manager", 303, 1)])
def test_only_a_manager_decides_to_use_a_way_that_is_not_safe(
    sqlite_app: Flask, role: str, status: int, went: int
) -> None:
    desk = desk_of(sqlite_app, role)
    case = a_case_that_came_in(person=person(email="anna@example.org"))
    case.tenant.needs.safe_ways = ["phone", "email"]
    db.session.commit()
    assert otherwise(desk, case, by="post", format="standard-print", reason=REASON).status_code == status
    assert len(how_it_went()) == went
    assert all("safe-way" in left for _channel, _format, left in how_it_went())


@pytest.mark.parametrize(
    ("needed", "channel", "sent", "left"),
    [
        ("standard-print", "email", "standard-print", ()),
        ("html", "email", "text", ()),
        ("audio-cd", "email", "html", ("format",)),
        ("braille", "post", "braille", ()),
        ("braille", "post", "large-print", ("format",)),
        ("text", "post", "standard-print", ("format",)),
    ],
)
def test_what_a_format_leaves_unmet(needed: str, channel: str, sent: str, left: tuple[str, ...]) -> None:
    wants = CommunicationNeeds(letter_format=needed, contact_channel="letter")
    found = unmet(wants, speaks="en", language="en", channel=channel, usual_channel=channel, format_sent=sent)
    assert found == left
