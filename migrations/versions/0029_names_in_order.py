"""the order of names in lists is that of Unicode, on both databases

What was the name without its accents becomes ICU's key for it. Cases that are there get theirs, a batch at a time.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from app.cases.search_words import folded_words
from app.languages.sorting import stored_key

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

BATCH = 2000
CASE = sa.table("case", *map(sa.column, ("id", "tenant_id", "anonymised_at")))
TENANT = sa.table("tenant", *map(sa.column, ("id", "name")))
SORTED_BY = sa.text('UPDATE "case" SET sort_name = :key WHERE id = :id')


def upgrade():
    _sort_by(stored_key)


def downgrade():
    _sort_by(lambda name: " ".join(folded_words(name))[:60])


def _sort_by(key_of):
    bind, last = op.get_bind(), 0
    wanted = sa.select(CASE.c.id, TENANT.c.name).join_from(CASE, TENANT, CASE.c.tenant_id == TENANT.c.id)
    while True:
        those = wanted.where(CASE.c.id > last, CASE.c.anonymised_at.is_(None)).order_by(CASE.c.id).limit(BATCH)
        if not (cases := bind.execute(those).all()):
            return
        bind.execute(SORTED_BY, [{"id": case_id, "key": key_of(name)} for case_id, name in cases])
        last = cases[-1][0]
