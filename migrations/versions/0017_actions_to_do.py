"""open actions by their day, along an index

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("done_at IS NULL AND dropped_because IS NULL")


def upgrade():
    op.create_index(
        "ix_case_action_to_do", "case_action", ["due_on", "id"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )


def downgrade():
    op.drop_index("ix_case_action_to_do", "case_action")
