"""retention: of an anonymised case the details of its history may be emptied, and nothing else of it changed

Revision ID: 0014
Revises: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MESSAGE = "the history of a case is never changed"
INDEX = "ix_case_to_anonymise"
# What happened, when, and which colleague did it stays for good; the case was anonymised before, in the same act.
IS_ANONYMISED = """{old_same} AND EXISTS (
    SELECT 1 FROM "case" WHERE "case".id = OLD.case_id AND "case".anonymised_at IS NOT NULL)"""
SAME = "OLD.id = NEW.id AND OLD.case_id = NEW.case_id AND OLD.at = NEW.at AND OLD.what = NEW.what AND {who}"


def upgrade():
    op.create_index(INDEX, "case", ["anonymised_at", "kind", "closed_at"])
    if op.get_bind().dialect.name == "postgresql":
        same = SAME.format(who="OLD.who IS NOT DISTINCT FROM NEW.who")
        op.execute(
            f"""
            CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF {IS_ANONYMISED.format(old_same=same)} THEN RETURN NEW; END IF;
                END IF;
                RAISE EXCEPTION '{MESSAGE}';
            END $$
            """
        )
    else:
        same = SAME.format(who="OLD.who IS NEW.who")
        op.execute("DROP TRIGGER event_is_never_updated")
        op.execute(
            f"""
            CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
            WHEN NOT ({IS_ANONYMISED.format(old_same=same)})
            BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
            """
        )


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
            """
        )
    else:
        op.execute("DROP TRIGGER event_is_never_updated")
        op.execute(
            f"""
            CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
            """
        )
    op.drop_index(INDEX, table_name="case")
