"""How many interpreters were asked for, how many were there, and how soon one was booked: counted by hand here."""

import json
from collections import Counter

from flask import Flask

from app.extensions import db
from app.interpreters.models import InterpreterRequest
from app.landlords.standards import current_landlord
from app.measures import dashboard, figures
from app.measures.months import Month, Period
from app.measures.rows import rows_behind
from app.measures.tables import Panel
from tests.builders import a_colleague
from tests.measures.rows import a_call, a_case_of, moment
from tests.measures.test_exports import whole

NOW = moment("2026-11-22T12:00")
DUE = "2026-10-07T17:00"


def a_request(state: str, booked: str = "", case_id: int | None = None, call_back_id: int | None = None) -> None:
    db.session.add(
        InterpreterRequest(
            case_id=case_id, call_back_id=call_back_id, language="Polish", source="form", state=state,
            asked_at=moment("2026-10-05T12:00"), due_at=moment(DUE), begins_at=moment("2026-10-20T09:00"),
            booked_at=moment(booked) if booked else None,
        )
    )  # fmt: skip
    db.session.commit()


def test_each_counts_once_by_what_came_of_it_and_by_whether_it_was_booked_in_time(app: Flask) -> None:
    case = a_case_of()
    a_request("met", DUE, case.id)  # to the second
    a_request("failed", "2026-10-07T17:01", case.id)
    a_request("asked", case_id=case.id)  # its day is over
    a_request("withdrawn", case_id=case.id)
    a_call("2026-10-05T12:00", "2026-10-06T12:00")
    a_request("met", "2026-10-05T12:30", call_back_id=1)
    counts = figures.count("2026-10", NOW)
    assert counts["interpreters"] == Counter(
        {("met", "kept", ""): 1, ("failed", "late", ""): 1, ("asked", "late", ""): 1, ("withdrawn", "ended", ""): 1}
    )
    assert counts["interpreters-for-calls"] == Counter({("met", "kept", ""): 1})
    assert counts["interpreter-waits-for-calls"] == Counter({("30", "", ""): 1})
    assert figures.count("2026-11", NOW)["interpreters"] == Counter()
    rows = json.loads(whole("interpreters", "json"))
    assert [(row["state"], row["is_for_a_call"]) for row in rows if row["is_for_a_call"]] == [("met", True)]
    assert {row["reference"] for row in rows if not row["is_for_a_call"]} == {case.reference}
    assert len({row["reference"] for row in rows}) == 2
    panel = _panel()
    line = panel.tables[0].lines[-1]
    assert [cell.words for cell in line.cells] == [
        "50%", "53 hours 0 minutes", "53 hours 1 minute", "4", "1", "0", "1", "1", "1", "1", "2",
    ]  # fmt: skip
    listed = rows_behind("interpreters", {"a": "failed"}, _october(), NOW, a_colleague(roles=("manager",)), None)
    assert [row.case for row in listed.rows] == [case]


def _october() -> Period:
    return Period(Month(2026, 10), Month(2026, 10))


def _panel() -> Panel:
    found = figures.figures(("2026-10",), NOW)
    panels = dashboard.panels(found, _october(), current_landlord())
    return next(panel for panel in panels if panel.key == "interpreters")
