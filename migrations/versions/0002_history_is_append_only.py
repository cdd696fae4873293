"""history is append-only: the database itself refuses to change or remove an event

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MESSAGE = "the history of a case is never changed"


def upgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON event
            FOR EACH ROW EXECUTE FUNCTION history_is_append_only()
            """
        )
    else:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"""
                CREATE TRIGGER event_is_never_{act.lower()}d BEFORE {act} ON event
                BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
                """
            )


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER event_is_never_changed ON event")
        op.execute("DROP FUNCTION history_is_append_only()")
    else:
        for act in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER event_is_never_{act.lower()}d")
