"""who took an archive of a mailing last: two would print it twice

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("mailing_archive", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("mailing_archive", sa.Column("taken_by", sa.String(320), nullable=True))


def downgrade():
    with op.batch_alter_table("mailing_archive") as table:
        table.drop_column("taken_by")
        table.drop_column("taken_at")
