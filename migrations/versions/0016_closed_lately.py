"""the cases that were closed lately, along an index

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_case_closed_lately", "case", ["status", "closed_at", "id"])


def downgrade():
    op.drop_index("ix_case_closed_lately", "case")
