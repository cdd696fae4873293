"""Many cases given to one colleague: each by the rules that hold for one, and what did not go is said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.caseload.words import LONDON
from app.cases.actions import take_part
from app.cases.models import Case, Event
from app.extensions import db
from app.staff.models import Absence
from tests.caseload.desk import a_case_that_came_in
from tests.caseload.test_queue import rows
from tests.laws.page_laws import assert_page_laws
from tests.staff.door import a_colleague_with_a_password, sign_in, token_of, words_of

KIM = "kim@landlord.example"


def given(client: FlaskClient, page: TestResponse, to: Any, *cases: Case, **fields: Any) -> TestResponse:
    """Tick the boxes of these cases on the page, choose the colleague, and press the button."""
    tree = html.fromstring(page.get_data(as_text=True))
    values = [tree.xpath(f"//input[@id='pick-{case.reference}']/@value")[0] for case in cases]
    (back,) = tree.xpath("//form[@action='/staff/give']//input[@name='back']/@value")
    data = {"csrf_token": token_of(page), "back": back, "case": values, "to": str(to), **fields}
    return client.post("/staff/give", data=data)


def named(case: Case) -> list[str]:
    """The colleagues who were named by hand, in order."""
    db.session.expire_all()
    events = db.session.scalars(
        db.select(Event).where(Event.case_id == case.id, Event.what == "handler_named").order_by(Event.id)
    )
    return [event.details["handler"] for event in events if event.who]


def test_each_case_goes_or_the_page_says_why_not(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("manager",))
    free, mine_already, second, asb, closed = (
        a_case_that_came_in(),
        a_case_that_came_in(),
        a_case_that_came_in(),
        a_case_that_came_in(kind="antisocial-behaviour", answers={"what_happened": "Shouting at night."}),
        a_case_that_came_in(),
    )
    kim = a_colleague_with_a_password(KIM, name="Kim O’Brien", roles=("advisor",))
    mine_already.handler = kim
    take_part(second, kim, 1, "contacted", datetime.now(UTC))
    second.handler_id, second.stage = None, 2
    db.session.commit()
    sign_in(client)
    page = client.get("/staff/?sort=name")
    closed.status = "closed"
    db.session.commit()
    answer = given(client, page, kim.id, free, mine_already, second, asb, closed)
    assert answer.status_code == 303
    assert answer.location.endswith("/staff/?sort=name"), "to the same list"
    said = words_of(client.get(answer.location))
    assert f"Kim O’Brien deals with 1 more case now: {free.reference}." in said
    assert f"Theirs already: {mine_already.reference}." in said
    assert f"may deal with stage 2: {second.reference}." in said
    assert f"role does not see such cases: {asb.reference}." in said
    assert f"because it is closed: {closed.reference}." in said
    assert [named(case) for case in (free, mine_already, second, asb, closed)] == [[KIM], [], [], [], []]


def test_what_was_chosen_survives_a_mistake(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("manager",))
    one, two = a_case_that_came_in(), a_case_that_came_in()
    kim = a_colleague_with_a_password(KIM, name="Kim O’Brien", roles=("advisor",))
    today = datetime.now(LONDON).date()
    db.session.add(Absence(staff_member_id=kim.id, away_from_on=today, back_on=today + timedelta(days=9),
                           recorded_by=KIM, recorded_at=datetime.now(UTC)))  # fmt: skip
    one.handler = kim
    db.session.commit()
    sign_in(client)
    page = client.get("/staff/?kind=complaint")
    assert_page_laws(page)
    assert "Kim O’Brien Away until" in next(row for row in rows(page) if one.reference in row)
    answer = given(client, page, "", two)
    assert answer.status_code == 422
    tree = html.fromstring(answer.get_data(as_text=True))
    assert tree.xpath("//tbody//input[@checked]/@id") == [f"pick-{two.reference}"]
    assert "Choose who gets the cases" in words_of(answer)
    assert "Only: Complaint." in words_of(answer)
    assert_page_laws(answer)
    answer = given(client, page, kim.id)
    assert answer.status_code == 422
    assert "Choose at least one case" in words_of(answer)
    tree = html.fromstring(answer.get_data(as_text=True))
    assert tree.xpath("//select[@id='to']/option[@selected]/@value") == [str(kim.id)]
    assert tree.xpath("//*[contains(@class, 'error-summary')]//a/@href") == ["#cases"]
    kim.active = False
    db.session.commit()
    answer = given(client, page, kim.id, two)  # the account was closed while the page stood open
    assert answer.status_code == 422
    assert f"pick-{two.reference}" in html.fromstring(answer.text).xpath("//tbody//input[@checked]/@id")


def test_when_the_last_page_is_given_away_the_first_stands_there(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cases.lists.caseload.__defaults__", ("due", None, 2))
    client = sqlite_app.test_client()
    manager = a_colleague_with_a_password(roles=("manager",))
    cases = [a_case_that_came_in() for _number in range(3)]
    for case in cases:
        case.handler = None
    db.session.commit()
    sign_in(client)
    (onward,) = html.fromstring(client.get("/staff/?show=unassigned").text).xpath("//a[@rel='next']/@href")
    answer = given(client, client.get(onward), manager.id, cases[2])
    page = client.get(answer.location)
    assert [row for row in rows(page) if cases[0].reference in row], "two cases still have nobody"
    assert "Back to the first page" not in words_of(page)


def test_only_those_who_give_work_are_offered_it(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("officer",))
    case = a_case_that_came_in()
    sign_in(client)
    page = client.get("/staff/")
    assert 'name="case"' not in page.get_data(as_text=True)
    data = {"csrf_token": token_of(page), "case": f"{case.reference}.0", "to": "1"}
    assert client.post("/staff/give", data=data).status_code == 403


def test_two_who_give_the_same_cases_at_once_both_come_through_and_one_is_told(app: Flask) -> None:
    a_colleague_with_a_password(roles=("manager",))
    a_colleague_with_a_password("lee@landlord.example", name="Lee Park", roles=("manager",))
    cases = [a_case_that_came_in() for _number in range(4)]
    receivers = [a_colleague_with_a_password(f"r{n}@landlord.example", roles=("officer",)).id for n in range(2)]
    clients = [app.test_client() for _number in range(2)]
    for client, email in zip(clients, ("sam.field@landlord.example", "lee@landlord.example"), strict=True):
        sign_in(client, email)
    pages = [client.get("/staff/") for client in clients]
    orders = (cases, cases[::-1])
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(given, clients, pages, receivers, *zip(*orders, strict=True)))
    assert [answer.status_code for answer in answers] == [303, 303]
    said = [words_of(client.get(answer.location)) for client, answer in zip(clients, answers, strict=True)]
    assert [len(named(case)) for case in cases] == [1] * 4, "nobody is overridden unseen"
    assert sum("4 more cases now" in words for words in said) == 1
    assert sum("somebody else has been named since you opened the list" in words for words in said) == 1
