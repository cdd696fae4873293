"""Thousands of cases written in bulk are cases like any other, and a load that was stopped goes on."""

import dataclasses
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.cases.clock import LONDON
from app.cases.duplicates import looked_up, traits_of
from app.cases.models import Case, Event, Trait
from app.cases.references import read_reference
from app.cases.search import Sight, find
from app.demonstration import commands, loading, many
from app.demonstration.lives import LIVES, Life, live
from app.demonstration.many import Load, Maker, load_copies
from app.demonstration.patterns import EVENTS_OF_LETTERS, is_of_tenant, tables_of_cases
from app.demonstration.stories import STORIES, Story
from app.demonstration.telling import draw, tell
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from tests.caseload.test_demonstration import load
from tests.staff.door import sign_in, token_of, words_of

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEW = (STORIES[0], STORIES[5], STORIES[6])  # a complaint, a report, an enquiry
BY_NAME = {life.name: life for life in LIVES}
DIFFERENT = {"id", "case_id", "tenant_id", "reference", "return_code", "name", "sort_name", "email", "phone", "address"}
DIFFERENT |= {"postcode", "answers", "who", "staff_member_id", "handler_id", "decided_by_id"}


def written(monkeypatch: pytest.MonkeyPatch, story: Story, life: Life) -> Case:
    """One copy of the story with this life, taken in some weeks ago."""
    monkeypatch.setattr(Maker, "_life", lambda self, days, random: life)
    maker = Maker(
        current_landlord(), Load(40, round=STORIES.index(story) * 10 + LIVES.index(life)), 1, NOW.date(), NOW, [story]
    )
    maker.write(range(40))
    wanted = select(Case).where(Case.received_at < NOW - timedelta(days=40)).order_by(Case.id.desc()).limit(1)
    return db.session.scalars(wanted).one()


def really(story: Story, life: Life, received_at: datetime) -> Case:
    """The same by the acts that a tenant and a colleague set off. To be rolled back."""
    start_writing()
    told = dataclasses.replace(story, days=(NOW - received_at) / timedelta(days=1), progress=life.progress)
    chances = dataclasses.replace(
        draw(current_landlord(), told, Random(5)), answered_after=timedelta(days=life.acknowledged)
    )
    case = tell(current_landlord(), told, chances, NOW, are_files_wanted=False)
    live(case, current_landlord(), life, 0)
    db.session.flush()
    return case


def whoever(key: str, value: Any) -> Any:
    is_colleague = isinstance(value, str) and value.endswith("@livewest.example")
    return value is not None if key in DIFFERENT or is_colleague else value


def rows_of(case: Case) -> dict[str, list[Any]]:
    """By table: what each row says, but for who it is about; there only whether anything is said."""
    found: dict[str, list[Any]] = {}
    for table, column in tables_of_cases().items():
        wanted = case.tenant_id if is_of_tenant(table, column) else case.id
        rows = [dict(row) for row in db.session.execute(select(table).where(table.c[column] == wanted)).mappings()]
        if table is Event.__table__:
            rows = [row for row in rows if row["what"] not in EVENTS_OF_LETTERS]
            for row in rows:
                row["details"] = row["details"] if row["what"] != "handler_named" else sorted(row["details"])
        if rows:
            found[table.name] = sorted(repr({key: whoever(key, value) for key, value in row.items()}) for row in rows)
    return found


def test_a_copy_says_what_the_acts_would_have_written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    loading._add_colleagues(current_landlord(), NOW)
    for story, name in zip(FEW, ("closed late", "new", "answered"), strict=True):
        copy = written(monkeypatch, story, BY_NAME[name])
        said, received_at = rows_of(copy), copy.received_at
        found = rows_of(really(story, BY_NAME[name], received_at))
        db.session.rollback()
        assert said == found
        copy = db.session.get_one(Case, copy.id)
        assert set(db.session.scalars(select(Trait.value).where(Trait.case_id == copy.id))) == set(
            looked_up(traits_of(copy))
        )


def test_it_is_found_and_opens_for_staff_and_for_the_tenant(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    loading._add_colleagues(current_landlord(), NOW)
    client = sqlite_app.test_client()
    sign_in(client, "grace.okafor@livewest.example", loading.PASSWORD)
    for story, name in zip(FEW, ("closed", "acknowledged late", "new"), strict=True):
        case = written(monkeypatch, story, BY_NAME[name])
        assert read_reference(case.reference) == case.reference
        page = words_of(client.get(f"/staff/cases/{case.reference}"))
        assert case.tenant.name in page
        sight = Sight(0, sees_restricted=True)
        for typed in (case.tenant.name, case.tenant.postcode or "", story.what_happened.split(".")[0]):
            assert case.id in {hit.case.id for hit in find(typed, sight).hits} or find(typed, sight).is_more
        tenant = sqlite_app.test_client()
        form = tenant.get("/en/track")
        code = {"csrf_token": token_of(form), "reference": case.reference, "secret": case.return_code}
        answer = tenant.post("/en/track", data=code, follow_redirects=True)
        assert case.reference in words_of(answer)


def test_a_load_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "BATCH", 20)
    loading._add_colleagues(current_landlord(), NOW)
    steps = load_copies(current_landlord(), 50, 1, NOW, stories=FEW[:1])
    assert next(steps) == 20
    steps.close()
    assert many.how_far_copies(50) == 20
    tomorrow = NOW + timedelta(days=1)
    assert list(load_copies(current_landlord(), 50, 1, tomorrow, stories=FEW[:1])) == [40, 50]
    assert many.how_far_copies(50) == 0
    days = [one.astimezone(LONDON).date() for one in db.session.scalars(select(Case.received_at).order_by(Case.id))]
    assert days == sorted(days)
    assert days[-1] > NOW.date() - timedelta(days=30)
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("SELECT count(*) FROM sqlite_stat1")), "queries are planned for what is there now"
    references = db.session.scalars(select(Case.reference)).all()
    assert list(load_copies(current_landlord(), 50, 1, NOW, is_beside=True, stories=FEW[:1]))[-1] == 50
    assert db.session.scalar(select(func.count(Case.id))) == 100
    assert set(references) < set(db.session.scalars(select(Case.reference)))


def test_stopped_by_hand_it_says_how_far_it_is_and_how_to_go_on(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    monkeypatch.setattr(loading, "TOLD", 4)
    monkeypatch.setattr(many, "BATCH", 10)
    monkeypatch.setattr(many, "LIVES", LIVES[1:2])
    monkeypatch.setattr("app.demonstration.patterns.LIVES", LIVES[1:2])
    monkeypatch.setattr(commands, "SAID_EVERY", 0)
    keep = many.search.keep

    def stopped(connection: Any, rows: Any) -> None:
        keep(connection, rows)
        if stop and db.session.scalar(select(func.count(Case.id))) == 24:
            raise KeyboardInterrupt

    monkeypatch.setattr(many.search, "keep", stopped)
    stop = True
    said = load(sqlite_app, "--cases", "30", expected=130)
    assert "2 of 30 cases," in said
    assert "Stopped: 14 of 30 cases are loaded. The same command goes on from there." in said
    stop = False
    assert "14 of 30 cases are there: going on with the others." in load(sqlite_app, "--cases", "30")
    assert db.session.scalar(select(func.count(Case.id))) == 30
    assert "There are cases in this database already" in load(sqlite_app, "--cases", "30", expected=1)
