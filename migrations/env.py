"""What Alembic runs for ``flask db …``."""

import logging
from typing import Any

from alembic import context
from flask import current_app

logging.getLogger("alembic.runtime.migration").setLevel(logging.INFO)
migrate = current_app.extensions["migrate"]
engine = migrate.db.engine


def leave_out_empty_migrations(migration: Any, revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run_on_database() -> None:
    options = {"process_revision_directives": leave_out_empty_migrations, **migrate.configure_args}
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=migrate.db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


def run_as_sql() -> None:
    """``--sql``: print what would be done."""
    context.configure(url=engine.url, target_metadata=migrate.db.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_as_sql()
else:
    run_on_database()
