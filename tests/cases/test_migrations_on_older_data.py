"""A database that an older version wrote is brought forward with every row."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from app.cases.models import Case
from app.cases.search import Sight, find
from app.extensions import db
from app.languages.sorting import stored_key

FIRST_LANDING = "0002"
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def as_the_first_landing_wrote_it() -> None:
    """One complaint with all that hangs on it, in the tables of that day."""
    tables = MetaData()
    tables.reflect(db.engine)

    def row(table: str, **values: Any) -> None:
        with db.engine.begin() as connection:
            connection.execute(insert(tables.tables[table]).values(**values))

    row(
        "staff_member",
        id=1,
        email="ada@landlord.example",
        name="Ada",
        active=True,
        fs_uniquifier="a",
        failed_sign_ins=0,
    )
    row("tenant", id=1, name="Anna Nowak", who="customer", address=["1 High Street"], language="en")
    row("communication_needs", id=1, tenant_id=1, letter_format="braille", point_size=18, braille_grade=2,
        contact_channel="letter", has_consent=True, recorded_at=AT, recorded_by="tenant")  # fmt: skip
    row("case", id=1, reference="K7M4-QX9T", landlord="livewest", kind="complaint", status="open", is_restricted=False,
        tenant_id=1, handler_id=1, language="en", received_at=AT)  # fmt: skip
    row("contact", id=1, case_id=1, channel="web", language="en", received_at=AT, answers={"what_happened": "The lift"})
    row("promise", id=1, case_id=1, standard="complaint.acknowledge", regime="landlord", amount=24, unit="hours",
        counted_from_at=AT, due_at=AT, working=[], source="L32")  # fmt: skip
    row("event", id=1, case_id=1, at=AT, what="case_opened", details={})
    row("letter", id=1, case_id=1, name="receipt", version=1, language="en", title="T", body="<p>B</p>", composed_at=AT)
    row("message", id=1, case_id=1, letter_id=1, channel="email", address="a@example.org", message_id="<a@b>",
        state="waiting", try_at=AT, attempts=0, created_at=AT)  # fmt: skip
    row("draft", id="x", journey="complaint", answers={}, typed={}, updated_at=AT, expires_at=AT)


def test_nothing_is_lost_on_the_way_forward(app: Flask) -> None:
    downgrade(revision=FIRST_LANDING)
    as_the_first_landing_wrote_it()
    upgrade()
    with db.engine.connect() as connection:
        known = inspect(connection).get_table_names()
        rows = {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in known}
    for table in ("tenant", "communication_needs", "case", "contact", "promise", "event", "letter", "message", "draft"):
        assert rows[table] == 1, table
    case = db.session.scalars(select(Case)).one()
    assert case.contacts[0].purpose == "opening"
    assert case.contacts[0].addressee == "team"
    assert case.tenant.needs.letter_format == "braille"
    assert not case.tenant.is_anonymous
    assert case.handler is not None
    assert case.handler.line_manager is None
    assert case.promises[0].amount == 24
    assert case.sort_name == stored_key("Anna Nowak")
    assert [hit.case for typed in ("nowak", "lift") for hit in find(typed, Sight(0, True)).hits] == [case, case]


def test_history_is_still_append_only_afterwards(app: Flask) -> None:
    downgrade(revision=FIRST_LANDING)
    as_the_first_landing_wrote_it()
    upgrade()
    for statement in ("UPDATE event SET what = 'x'", "DELETE FROM event"):
        with db.engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
            connection.execute(text(statement))
