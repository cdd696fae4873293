"""The caseload: what is due first comes first, page by page, and nothing is shown twice or left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.cases import lists
from app.cases.lists import Wanted
from app.cases.models import Case
from app.extensions import db
from tests.builders import MONDAY_NOON, a_case, a_colleague, a_tenant
from tests.cases.test_opening import opened

HOUR = timedelta(hours=1)


def made(*hours: int | None) -> list[Case]:
    """Cases due so many hours after Monday noon; None has nothing due."""
    tenant = a_tenant()
    return [
        a_case(
            tenant=tenant,
            reference=f"CASE-{number}",
            next_due_at=None if after is None else MONDAY_NOON + after * HOUR,
        )
        for number, after in enumerate(hours)
    ]


def walked(limit: int) -> list[str]:
    found: list[str] = []
    page = lists.caseload(Wanted(), limit=limit)
    while True:
        found += [case.reference for case in page.cases]
        if page.next_place is None:
            return found
        page = lists.caseload(Wanted(), limit=limit, after=page.next_place)


def test_what_is_due_first_comes_first_and_what_is_not_due_last(app: Flask) -> None:
    made(5, None, 1, 3, None)
    assert [case.reference for case in lists.caseload(Wanted()).cases] == [
        "CASE-2",
        "CASE-3",
        "CASE-0",
        "CASE-1",
        "CASE-4",
    ]


def test_pages_join_without_a_gap_or_a_double_where_many_are_due_together(app: Flask) -> None:
    made(2, 2, None, 2, 1, None, 2, None)
    whole = [case.reference for case in lists.caseload(Wanted()).cases]
    for limit in range(1, 10):
        assert walked(limit) == whole


def test_a_case_that_comes_in_between_two_pages_shifts_nothing(app: Flask) -> None:
    made(1, 2, 3, 4)
    first = lists.caseload(Wanted(), limit=2)
    a_case(reference="NEW", next_due_at=MONDAY_NOON)
    second = lists.caseload(Wanted(), limit=2, after=first.next_place)
    assert [case.reference for case in second.cases] == ["CASE-2", "CASE-3"]


def test_closed_cases_and_other_peoples_are_left_out_when_asked(app: Flask) -> None:
    ada = a_colleague("ada@landlord.example")
    mine, closed, _other = made(1, 2, 3)
    mine.handler = ada
    closed.handler, closed.status = ada, "closed"
    db.session.commit()
    assert lists.caseload(Wanted(handler_id=ada.id)).cases == (mine,)
    assert lists.count_cases(Wanted(handler_id=ada.id), 10) == 1
    assert lists.count_cases(Wanted(), 10) == 2
    assert lists.caseload(Wanted(status="closed")).cases == (closed,)


def test_restricted_cases_are_shown_only_where_they_are_asked_for(app: Flask) -> None:
    hidden = opened(kind="antisocial-behaviour")
    assert lists.caseload(Wanted()).cases == ()
    assert lists.count_cases(Wanted(), 10) == 0
    assert lists.caseload(Wanted(with_restricted=True)).cases == (hidden,)


def test_a_case_is_found_by_its_reference_however_it_is_typed(app: Flask) -> None:
    case = opened()
    plain = case.reference.replace("-", "").lower()
    assert lists.case_of(f" {plain[:2]} {plain[2:]} ") is case
    assert lists.case_of("K7M4-QX9X") is None


def test_only_what_is_overdue_where_that_is_asked_for(app: Flask) -> None:
    made(5, None, 1, 3)
    page = lists.caseload(Wanted(due_before=MONDAY_NOON + 4 * HOUR), limit=1)
    assert [case.reference for case in page.cases] == ["CASE-2"]
    page = lists.caseload(Wanted(due_before=MONDAY_NOON + 4 * HOUR), limit=1, after=page.next_place)
    assert [case.reference for case in page.cases] == ["CASE-3"]
    assert page.next_place is None
    assert lists.count_cases(Wanted(due_before=MONDAY_NOON + 4 * HOUR), 10) == 2


def test_a_page_is_read_along_the_index_without_sorting_or_reading_all(sqlite_app: Flask) -> None:
    made(1, 2, None)
    place = lists.caseload(Wanted(), limit=1).next_place
    with spoken() as statements:
        lists.caseload(Wanted(), limit=1, after=place)
    assert len(statements) == 2
    for statement, values in statements:
        explained = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        plan = " ".join(str(row) for row in explained)
        assert "SEARCH case USING INDEX ix_case_what_is_due_first" in plan
        assert "TEMP B-TREE" not in plan


@contextmanager
def spoken() -> Iterator[list[tuple[str, Any]]]:
    """What was asked of the database."""
    statements: list[tuple[str, Any]] = []

    def remember(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        statements.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", remember)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", remember)
