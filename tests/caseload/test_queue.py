"""The queue: what is due first, who sees what, page by page."""

import re
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.caseload.places import place_from, place_in_address
from app.cases.lists import Place
from app.cases.models import Case
from app.cases.references import make_reference
from app.extensions import db
from tests.builders import a_tenant, needs, person
from tests.caseload.desk import a_case_that_came_in
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of


def rows(answer: TestResponse) -> list[str]:
    tree = html.fromstring(answer.get_data(as_text=True))
    return [" ".join(row.text_content().split()) for row in tree.xpath("//table//tbody/tr")]


def test_what_is_due_first_stands_at_the_top_and_what_is_late_says_so(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    new = a_case_that_came_in(0.1)
    oldest = a_case_that_came_in(3.1)
    middle = a_case_that_came_in(0.6)
    sign_in(client)
    answer = client.get("/staff/")
    found = rows(answer)
    assert [case.reference in row for case, row in zip((oldest, middle, new), found, strict=True)] == [True] * 3
    assert re.match("[23] days late ", found[0]), "received 3.1 days ago, and due 24 hours after"
    assert "Acknowledge the complaint" in found[0]
    assert_page_laws(answer)


def test_a_row_says_who_needs_what_and_who_deals_with_it(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(name="Priya Shah", roles=("complaints-team",))
    a_case_that_came_in(
        person=person(name="فاطمة السيد"), language="ar", needs=needs(format="large-print", point_size=24)
    )
    sign_in(client)
    (row,) = rows(client.get("/staff/"))
    for said in ("فاطمة السيد", "Large print 24", "Arabic", "Priya Shah", "Complaint"):
        assert said in row


def test_the_table_has_a_caption_and_headers_with_a_scope(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    a_case_that_came_in()
    sign_in(client)
    tree = html.fromstring(client.get("/staff/").get_data(as_text=True))
    assert tree.xpath("//table/caption")
    assert tree.xpath("//thead//th/@scope") == ["col"] * 6
    assert tree.xpath("//tbody//th/@scope") == ["row"]


def test_nothing_to_do_says_so(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password()
    sign_in(client)
    assert "There are no open cases." in words_of(client.get("/staff/"))
    assert "You have no open cases." in words_of(client.get("/staff/?show=mine"))
    assert "Nothing is overdue." in words_of(client.get("/staff/?show=overdue"))
    assert client.get("/staff/?show=everything").status_code == 404


def test_mine_and_overdue_are_counted_and_shown_alone(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    me = a_colleague_with_a_password()
    late, mine = a_case_that_came_in(2.1), a_case_that_came_in(0.1)
    other = a_colleague_with_a_password("kim@landlord.example")
    late.handler_id, mine.handler_id = other.id, me.id
    db.session.commit()
    sign_in(client)
    page = client.get("/staff/")
    for counted in ("All open cases (2)", "Mine (1)", "Overdue (1)", "Nobody’s yet (0)"):
        assert counted in words_of(page)
    assert [mine.reference in row for row in rows(client.get("/staff/?show=mine"))] == [True]
    assert [late.reference in row for row in rows(client.get("/staff/?show=overdue"))] == [True]


def many_cases(number: int) -> None:
    tenant, begun = a_tenant(), datetime.now(UTC)
    for n in range(number):
        due = (
            None if n % 10 == 9 else begun + timedelta(hours=n // 3)
        )  # three at the same moment, some with nothing due
        case = Case(reference=make_reference(), landlord="livewest", kind="complaint", language="en",
                    received_at=begun, next_due_at=due, tenant=tenant)  # fmt: skip
        db.session.add(case)
    db.session.commit()


def test_page_after_page_shows_each_case_once_in_order(client: FlaskClient) -> None:
    a_colleague_with_a_password()
    many_cases(123)
    sign_in(client)
    seen: list[str] = []
    address, pages = "/staff/", 0
    while address:
        answer = client.get(address)
        tree = html.fromstring(answer.get_data(as_text=True))
        seen += tree.xpath("//tbody//th/a/text()")
        address, pages = "".join(tree.xpath("//a[@rel='next']/@href")), pages + 1
    wanted = db.session.scalars(
        db.select(Case.reference).order_by(Case.next_due_at.is_(None), Case.next_due_at, Case.id)
    ).all()
    assert seen == list(wanted)
    assert pages == 3


def test_a_place_survives_its_way_through_an_address(sqlite_app: Flask) -> None:
    for place in (Place(datetime(2026, 12, 29, 17, 0, 0, 123_456, tzinfo=UTC), 17), Place(None, 3)):
        assert place_from(place_in_address(place)) == place
    for nonsense in (None, "", "x", "1-", "-5", "9" * 40 + "-1", "none-x", "1e9-2"):
        assert place_from(nonsense) is None


def test_a_page_of_fifty_asks_the_database_a_few_times_only(sqlite_app: Flask) -> None:
    a_colleague_with_a_password()
    client = sqlite_app.test_client()
    sign_in(client)
    asked: list[str] = []
    with sqlite_app.app_context():
        engine = db.engine
    db.event.listen(engine, "before_cursor_execute", lambda *event: asked.append(event[2]))
    client.get("/staff/")
    few = len(asked)
    many_cases(60)
    asked.clear()
    client.get("/staff/")
    assert len(asked) <= few + 6, "\n".join(asked)


def test_a_restricted_case_is_listed_only_for_those_who_need_it(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    handler = a_colleague_with_a_password("handler@landlord.example", roles=("reviewer",))
    a_colleague_with_a_password("advisor@landlord.example", roles=("advisor",))
    a_colleague_with_a_password("officer@landlord.example", roles=("officer",))
    case = a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Shouting at night."})
    case.handler_id = handler.id
    db.session.commit()
    seen = {}
    for who in ("handler", "advisor", "officer"):
        client = client.application.test_client()
        sign_in(client, f"{who}@landlord.example")
        seen[who] = [len(rows(client.get(f"/staff/{which}"))) for which in ("", "?show=mine")]
    assert seen == {"handler": [0, 1], "advisor": [0, 0], "officer": [1, 0]}
