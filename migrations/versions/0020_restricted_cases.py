"""the restricted cases, along an index of them alone

Revision ID: 0020
Revises: 0019
"""

from alembic import op
from sqlalchemy import text

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index(
        "ix_case_restricted",
        "case",
        ["status", "next_due_at", "id"],
        sqlite_where=text("is_restricted IS 1"),
        postgresql_where=text("is_restricted IS true"),
    )


def downgrade():
    op.drop_index("ix_case_restricted", "case")
