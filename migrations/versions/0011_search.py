"""what cases are found by, and what their lists are sorted by

SQLite keeps the words in an FTS5 table, PostgreSQL in a tsvector with a GIN index. Cases that are there are brought in,
a batch at a time.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from app.cases.search_words import folded_words, words_of

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BATCH = 500
INDEXES = {
    "ix_case_by_receipt": ["status", "received_at", "id"],
    "ix_case_by_name": ["status", "sort_name", "id"],
    "ix_case_of_stage": ["status", "stage", "next_due_at", "id"],
    "ix_case_waiting": ["status", "waiting_since_at", "id"],
    "ix_case_with_hazard": ["status", "hazard", "next_due_at", "id"],
}
CASE = sa.table("case", *map(sa.column, ("id", "tenant_id", "sort_name")))
TENANT = sa.table(
    "tenant",
    *map(sa.column, ("id", "name", "postcode", "phone", "email")),
    sa.column("address", sa.JSON()),
)
CONTACT = sa.table("contact", sa.column("id"), sa.column("case_id"), sa.column("answers", sa.JSON()))


def upgrade():
    bind = op.get_bind()
    is_sqlite = bind.dialect.name == "sqlite"
    if is_sqlite:
        # The words are made into tokens before: all that is left to part them at is the space. Each length of a
        # beginning has a list of its own: without it, "repair" would gather every case before the newest is known.
        op.execute(
            "CREATE VIRTUAL TABLE case_words"
            " USING fts5(words, tokenize='ascii', detail=none, prefix='3 4 5 6 7 8 9 10')"
        )
        op.execute("""ALTER TABLE "case" ADD COLUMN sort_name VARCHAR(60) DEFAULT '' NOT NULL""")
    else:
        op.execute(
            """CREATE TABLE case_words (
            case_id INTEGER CONSTRAINT pk_case_words PRIMARY KEY
                CONSTRAINT fk_case_words_case_id REFERENCES "case" (id) ON DELETE CASCADE,
            words TSVECTOR NOT NULL)"""
        )
        op.execute("""ALTER TABLE "case" ADD COLUMN sort_name VARCHAR(60) COLLATE "C" DEFAULT '' NOT NULL""")
    _bring_in(bind, is_sqlite)
    if not is_sqlite:
        op.execute("CREATE INDEX ix_case_words_words ON case_words USING gin (words)")
    for name, columns in INDEXES.items():
        op.create_index(name, "case", columns)


def _bring_in(bind, is_sqlite):
    keep = sa.text(
        "INSERT INTO case_words (rowid, words) VALUES (:id, :words)"
        if is_sqlite
        else "INSERT INTO case_words (case_id, words) VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
    )
    name = sa.text('UPDATE "case" SET sort_name = :sort_name WHERE id = :id')
    last = 0
    while True:
        wanted = sa.select(CASE.c.id, TENANT).join_from(CASE, TENANT, CASE.c.tenant_id == TENANT.c.id)
        cases = bind.execute(wanted.where(CASE.c.id > last).order_by(CASE.c.id).limit(BATCH)).all()
        if not cases:
            return
        first, last = cases[0][0], cases[-1][0]
        answers = {}
        told = sa.select(CONTACT.c.case_id, CONTACT.c.answers).where(CONTACT.c.case_id.between(first, last))
        for case_id, given in bind.execute(told.order_by(CONTACT.c.id)):
            answers.setdefault(case_id, []).append(given)
        rows = [
            {
                "id": one[0],
                "sort_name": " ".join(folded_words(one.name))[:60],
                "words": words_of(
                    name=one.name,
                    address=one.address or (),
                    postcode=one.postcode,
                    phone=one.phone,
                    email=one.email,
                    answers=answers.get(one[0], []),
                ),
            }
            for one in cases
        ]
        bind.execute(keep, [{"id": row["id"], "words": row["words"]} for row in rows])
        bind.execute(name, [{"id": row["id"], "sort_name": row["sort_name"]} for row in rows])


def downgrade():
    for name in INDEXES:
        op.drop_index(name, "case")
    op.drop_column("case", "sort_name")
    op.drop_table("case_words")
