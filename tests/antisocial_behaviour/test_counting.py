"""What counts as a new case (NM01): a further report on an open case does not, one after closure does."""

import itertools
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as some

from app.antisocial_behaviour.counting import Period, cases_opened, counts_as_new, open_periods
from app.antisocial_behaviour.models import Report
from app.cases.actions import add_event
from app.cases.casework_models import CaseLink
from app.cases.models import Case
from app.extensions import db
from app.measures.counted import hate
from tests.builders import MONDAY_NOON, a_case

DAY = timedelta(days=1)
CLOSED, REOPENED = "case_closed", "case_reopened"


def test_a_further_report_is_new_only_while_no_case_that_it_joined_was_open() -> None:
    changes = [(MONDAY_NOON + 2 * DAY, CLOSED), (MONDAY_NOON + 5 * DAY, REOPENED), (MONDAY_NOON + 8 * DAY, CLOSED)]
    periods = open_periods(MONDAY_NOON, changes)
    is_new = {days: counts_as_new(MONDAY_NOON + days * DAY, [periods]) for days in (0, 1, 2, 4, 5, 7, 8, 30)}
    assert is_new == {0: False, 1: False, 2: True, 4: True, 5: False, 7: False, 8: True, 30: True}
    assert counts_as_new(MONDAY_NOON, []), "joined to none"


@settings(max_examples=60)
@given(some.lists(some.tuples(some.integers(1, 40), some.sampled_from([CLOSED, REOPENED])), max_size=6))
def test_open_periods_never_overlap_and_end_in_the_order_of_time(changes: list[tuple[int, str]]) -> None:
    in_order = [(MONDAY_NOON + days * DAY, what) for days, what in sorted(changes)]
    periods = open_periods(MONDAY_NOON, in_order)
    for earlier, later in itertools.pairwise(periods):
        assert earlier.ends is not None
        assert earlier.begins <= earlier.ends <= later.begins
    assert periods[0].begins == MONDAY_NOON


def a_report(reference: str, after: int, hate: tuple[str, ...] = (), **different: object) -> Case:
    case = a_case(reference=reference, kind="antisocial-behaviour", received_at=MONDAY_NOON + after * DAY, **different)
    db.session.add(Report(case=case, risk_band="standard", risk_points=0, risk_working=[], hate_strands=list(hate)))
    db.session.commit()
    return case


def join(case: Case, other: Case) -> None:
    db.session.add(CaseLink(case=case, other=other, how="joined", at=case.received_at))
    db.session.commit()


def test_the_figure_counts_cases_opened_and_those_with_hate_apart(app: Flask) -> None:
    first = a_report("CASE-1", 0)
    join(a_report("CASE-2", 1, ("race",)), first)  # no new case, and its hate belongs to the first
    closed = a_report("CASE-3", 0)
    add_event(closed, CLOSED, MONDAY_NOON + DAY)
    db.session.commit()
    join(a_report("CASE-4", 3, ("religion", "race")), closed)  # after closure: a new case with hate of its own
    a_report("CASE-5", 40)  # later than what is asked for
    a_report("CASE-6", 2, landlord="livv")
    found = cases_opened("livewest", MONDAY_NOON, MONDAY_NOON + 30 * DAY)
    assert (found.cases, found.with_hate) == (3, 2)
    assert found.by_strand == {"race": 2, "religion": 1}
    rows = db.session.execute(hate(MONDAY_NOON, MONDAY_NOON + 30 * DAY, MONDAY_NOON)).all()
    reports = {case.id: case.reference for case in db.session.scalars(db.select(Case))}
    shown = {reports[row[1]]: row[3] for row in rows if reports[row[1]] != "CASE-6"}
    assert shown == {"CASE-1": "yes", "CASE-3": "no", "CASE-4": "yes"}, "the dashboard says the same"


@pytest.mark.parametrize(("days", "is_in"), [(0, True), (-1, False), (3, False)])
def test_a_period_has_its_beginning_and_not_its_end(days: int, is_in: bool) -> None:
    assert Period(MONDAY_NOON, MONDAY_NOON + 3 * DAY).has(MONDAY_NOON + days * DAY) is is_in
