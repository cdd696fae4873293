"""in which language colleagues write in a complaint's file

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("complaint_file", sa.Column("written_in", sa.String(20), nullable=True))


def downgrade():
    op.drop_column("complaint_file", "written_in")
