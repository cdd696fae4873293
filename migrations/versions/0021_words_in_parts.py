"""PostgreSQL keeps the words by which cases are found in parts, so that the newest are found without asking for all

SQLite's index is in the order of the cases, and needs none.

Revision ID: 0021
Revises: 0020
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PART = 262_144  # cases; app/cases/search_postgresql.PART
PARTS = 8  # two million cases; what comes after shares a last part


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        return
    _put_aside()
    op.execute(
        """CREATE TABLE case_words (
        case_id INTEGER CONSTRAINT pk_case_words PRIMARY KEY
            CONSTRAINT fk_case_words_case_id REFERENCES "case" (id) ON DELETE CASCADE,
        words TSVECTOR NOT NULL) PARTITION BY RANGE (case_id)"""
    )
    for number in range(PARTS):
        begins, ends = number * PART, (number + 1) * PART
        op.execute(f"CREATE TABLE case_words_{number} PARTITION OF case_words FOR VALUES FROM ({begins}) TO ({ends})")
    op.execute("CREATE TABLE case_words_later PARTITION OF case_words DEFAULT")
    _bring_in()


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        return
    _put_aside()
    op.execute(
        """CREATE TABLE case_words (
        case_id INTEGER CONSTRAINT pk_case_words PRIMARY KEY
            CONSTRAINT fk_case_words_case_id REFERENCES "case" (id) ON DELETE CASCADE,
        words TSVECTOR NOT NULL)"""
    )
    _bring_in()


def _put_aside():
    op.execute("CREATE TABLE words_before AS SELECT case_id, words FROM case_words")
    op.execute("DROP TABLE case_words")


def _bring_in():
    op.execute("INSERT INTO case_words SELECT case_id, words FROM words_before")
    op.execute("DROP TABLE words_before")
    op.execute("CREATE INDEX ix_case_words_words ON case_words USING gin (words)")
    op.execute("ANALYZE case_words")
