"""the open cases by their reference, along an index

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_case_by_reference", "case", ["status", "reference", "id"])


def downgrade():
    op.drop_index("ix_case_by_reference", "case")
