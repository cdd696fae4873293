"""Writing notices at the desk, as a colleague does it: with the page's token and the version that it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from app.caseload import notice_act_routes, notice_calendar_routes, notice_look_routes, notice_routes
from app.extensions import db
from app.notices.models import Notice
from tests.caseload.desk import a_desk_for_many_tests
from tests.cases.moments import london
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

ALL = "/staff/notices"
NEW = f"{ALL}/new?kind=planned-maintenance"
SAM, KIM, ANN = (f"{name}@landlord.example" for name in ("sam.field", "kim", "ann"))
READ_A_CLOCK: tuple[ModuleType, ...] = (notice_act_routes, notice_calendar_routes, notice_look_routes, notice_routes)
# A Monday. What starts on Thursday 31 December is announced by Tuesday 29 at the latest: two working days lie between.
AT = london("Mon 2026-12-21 10:00")
STARTS = {"starts_on": "31 12 2026", "starts_clock": "8:30", "ends_on": "31/12/2026", "ends_clock": "5pm"}
WORDS = {"title-en": "Our website is off on New Year’s Eve", "words-en": "You can **call** us.\n- Day\n- Night"}
TYPED = {"kind": "planned-maintenance", "severity": "important", "services": ["website"], **STARTS, **WORDS}
TROUBLE = {
    "kind": "technical-trouble",
    "starts_on": "21 12 2026",
    "starts_clock": "9:00",
    "ends_on": "",
    "ends_clock": "",
}


@contextmanager
def a_desk_of_notices(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    """A manager's, Sam. Kim is an advisor, Ann is of the complaints team."""
    with a_desk_for_many_tests(request, "manager") as client:
        a_colleague_with_a_password(KIM, roles=("advisor",), name="Kim Lee")
        a_colleague_with_a_password(ANN, roles=("complaints-team",), name="Ann Hart")
        yield client


def signed_in_as(client: FlaskClient, email: str) -> FlaskClient:
    other = client.application.test_client()
    assert sign_in(other, email).status_code == 303
    return other


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    for module in READ_A_CLOCK:
        monkeypatch.setattr(module, "now", lambda: moment)


def post(client: FlaskClient, path: str, page: str | None = None, **data: Any) -> TestResponse:
    shown = client.get(page or path)
    seen = html.fromstring(shown.text).xpath("//input[@name='version']/@value")
    fields = {"csrf_token": token_of(shown), **({"version": seen[0]} if seen else {}), **data}
    answer = client.post(path, data=fields)
    db.session.expire_all()
    db.session.rollback()
    return answer


def draft(client: FlaskClient, **different: Any) -> Notice:
    answer = post(client, f"{ALL}/new", NEW, **{**TYPED, **different})
    assert answer.status_code == 303, words_of(answer)
    return db.session.scalars(select(Notice).where(Notice.key == answer.location.rpartition("/")[2])).one()


def page_of(notice: Notice) -> str:
    return f"{ALL}/{notice.key}"


def press(client: FlaskClient, notice: Notice, act: str, **data: Any) -> TestResponse:
    """A button of the notice's page."""
    return post(client, f"{page_of(notice)}/{act}", page_of(notice), **data)


def published(client: FlaskClient, **different: Any) -> Notice:
    notice = draft(client, **different)
    answer = press(client, notice, "publish")
    assert answer.status_code == 303, words_of(answer)
    assert notice.state == "published"
    return notice


def buttons_of(answer: TestResponse) -> set[str]:
    tree = html.fromstring(answer.text)
    return {" ".join(one.text_content().split()) for one in tree.xpath("//main//form//button")}


def no_notices() -> None:
    """For a test that counts all that there are."""
    db.session.execute(delete(Notice))
    db.session.commit()
