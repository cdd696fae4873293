"""Rows that leave the house: whole, harmless to a spreadsheet, and written down."""

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.interpreters.asking import is_signed
from app.measures import exports
from app.measures.columns import EXPORTS, VERSION
from app.measures.models import ExportMade
from tests.builders import a_case, a_tenant, needs
from tests.measures.rows import a_case_of, a_promise, moment
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "exports.md"
HOSTILE = [
    '=HYPERLINK("https://example.org","Click")', "+44 7700", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1",
    'a "quoted", name', "two\r\nlines", "Зоя; ;", "=", "'", "",
]  # fmt: skip


def whole(what: str, format_name: str, **wanted: Any) -> str:
    asked = exports.Wanted(what, format_name, wanted.pop("with_restricted", True), **wanted)
    return "".join(exports.pieces(asked))


def as_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def cases_of(names: list[str]) -> None:
    for number, name in enumerate(names):
        db.session.add(
            Case(
                reference=f"H{number:07}", landlord="livewest", kind="complaint", language="en",
                tenant=a_tenant(name=name), received_at=moment("2026-11-02T09:00"),
            )
        )  # fmt: skip
    db.session.commit()


def test_hostile_names_come_back_from_both_files_and_run_in_no_spreadsheet(sqlite_app: Flask) -> None:
    cases_of(HOSTILE)
    assert [row["tenant_name"] for row in json.loads(whole("cases", "json"))] == HOSTILE
    cells = [row["tenant_name"] for row in as_rows(whole("cases", "csv"))]
    for cell, name in zip(cells, HOSTILE, strict=True):
        assert cell in (name, f"'{name}")
        assert not cell.startswith(exports.FORMULA), f"a spreadsheet would run {cell!r}"


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    line = exports._lines([[exports.cell(text), exports.cell(None), exports.cell(True)]])
    (read,) = csv.reader(StringIO(line, newline=""), strict=True)
    assert read[0].removeprefix("'") == text or read[0] == text
    assert not read[0].startswith(exports.FORMULA)
    assert read[1:] == ["", "true"]


def test_every_column_is_explained_in_its_order() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert f"Version {VERSION}." in text
    for what, export in EXPORTS.items():
        part = re.split(r"^## ", text, flags=re.MULTILINE)
        (section,) = [one for one in part if one.startswith(f"{what}\n")]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(export().columns), what


def test_rows_come_once_each_in_batches_and_by_londons_days(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 3)
    for due in (
        "2026-03-31T22:59",
        "2026-03-31T23:00",
        "2026-04-30T22:59",
        "2026-04-30T23:00",
        *["2026-04-10T09:00"] * 5,
    ):
        case = a_case_of()
        a_promise(case, due, met="2026-04-10T09:00")
        add_event(case, "acknowledged", moment(due))
    db.session.commit()
    april = moment("2026-04-01T12:00").date(), moment("2026-04-30T12:00").date()
    for what, column in (("promises", "due_at"), ("events", "at")):
        rows = json.loads(whole(what, "json", since=april[0], until=april[1]))
        assert len(rows) == len({row["reference"] for row in rows}) == 7, what
        assert {row[column] for row in rows} == {"2026-03-31T23:00:00Z", "2026-04-10T09:00:00Z", "2026-04-30T22:59:00Z"}
        assert len(as_rows(whole(what, "csv"))) == 9
    kept = {row["due_at"]: row["is_kept_in_time"] for row in as_rows(whole("promises", "csv"))}
    assert kept["2026-03-31T23:00:00Z"] == "false"
    assert kept["2026-04-10T09:00:00Z"] == "true"
    assert json.loads(whole("learning", "json")) == []


def test_restricted_rows_are_left_out_and_counted_and_each_export_is_recorded(sqlite_app: Flask) -> None:
    a_case_of()
    hidden = a_case_of(kind="antisocial-behaviour", is_restricted=True)
    for role, is_in in (("administrator", False), ("auditor", True)):
        client = sqlite_app.test_client()
        a_colleague_with_a_password(f"{role}@landlord.example", roles=(role,))
        sign_in(client, f"{role}@landlord.example")
        answer = client.get("/staff/exports/file?what=cases&format=csv", buffered=True)
        assert answer.mimetype == "text/csv"
        assert f"letterbox-cases-v{VERSION}.csv" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert (hidden.reference in answer.get_data(as_text=True)) is is_in
        made = db.session.scalars(db.select(ExportMade).order_by(ExportMade.id.desc())).first()
        assert made is not None
        assert (made.who, made.rows, made.left_out) == (f"{role}@landlord.example", 1 + is_in, 1 - is_in)
        assert made.ended_at is not None
    wrong = client.get("/staff/exports/file?what=cases&format=csv&since=1.1.2026&until=2026-11-01")
    assert wrong.status_code == 422
    assert "Write the day as year-month-day" in words_of(wrong)
    assert 'value="1.1.2026"' in wrong.get_data(as_text=True)
    assert client.get("/staff/exports/file?what=staff&format=csv").status_code == 404


def test_needs_are_summed_up_as_person_alerts(sqlite_app: Flask) -> None:
    for reference, language, needed in (
        ("A0000001", "en", {}),
        ("A0000002", "en", {"format": "braille"}),
        ("A0000003", "en", {"interpreter_language": "British Sign Language (BSL)"}),
        ("A0000004", "cy", {}),
        ("A0000005", "en", {"interpreter_language": "Polish", "format": "large-print"}),
    ):
        a_case(reference=reference, tenant=a_tenant(language=language, needs=needs(**needed)))
    codes = ("person_alert_20_10", "person_alert_20_20", "person_alert_40")
    found = [tuple(row[code] for code in codes) for row in json.loads(whole("cases", "json"))]
    assert found == [
        (False, False, False),
        (False, True, False),
        (True, False, False),
        (False, False, True),
        (False, True, True),
    ]
    assert not is_signed(None)


def test_the_command_writes_the_same_rows_and_says_how_many(sqlite_app: Flask, tmp_path: Path) -> None:
    a_case_of()
    a_case_of(is_restricted=True)
    runner, out = sqlite_app.test_cli_runner(), tmp_path / "cases.json"
    done = runner.invoke(args=["measures", "export", "cases", "--format", "json", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "1 rows, 1 of restricted cases left out" in done.stderr
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 1
    done = runner.invoke(args=["measures", "draw-sample", "2026-11x"])
    assert done.exit_code == 2
