"""how a letter went out: in which format, and which of the tenant's needs that did not meet

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("message", sa.Column("format", sa.String(30), nullable=True))
    op.add_column("message", sa.Column("unmet", sa.JSON(), nullable=True))


def downgrade():
    op.drop_column("message", "unmet")
    op.drop_column("message", "format")
