"""The migrations give the tables that the models speak of, and can be undone."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.extensions import db, is_of_a_model
from tests.rig import cheap


def test_migrations_and_models_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_of_a_model})
        assert compare_metadata(context, db.metadata) == []


def test_they_can_be_undone_and_done_again(app: Flask) -> None:
    with db.engine.connect() as connection:
        before = set(inspect(connection).get_table_names())
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade()
    with db.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == before


def test_sqlite_lets_readers_read_while_one_writes_and_holds_to_its_references(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cheap, "SURVIVES_POWER_CUTS", True)
    settings = {
        name: db.session.execute(text(f"PRAGMA {name}")).scalar_one()
        for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
    }
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 15_000, "synchronous": 2}
