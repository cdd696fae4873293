"""a code of the second factor works once; the looks at restricted cases are listed

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LOOKS = sa.text("what IN ('case_viewed', 'file_viewed', 'letter_viewed')")


def upgrade():
    # Others point at this table: SQLite only adds the column, which needs no new table.
    op.add_column("staff_member", sa.Column("last_code_counter", sa.Integer(), nullable=True))
    op.create_index("ix_event_looks", "event", ["at", "id"], sqlite_where=LOOKS, postgresql_where=LOOKS)


def downgrade():
    op.drop_index("ix_event_looks", "event")
    op.drop_column("staff_member", "last_code_counter")
