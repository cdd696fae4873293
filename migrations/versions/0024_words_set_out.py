"""an email of our own words may hold headings, lists and words of another language

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("message", sa.Column("is_set_out", sa.Boolean(), nullable=True))


def downgrade():
    with op.batch_alter_table("message") as table:
        table.drop_column("is_set_out")
