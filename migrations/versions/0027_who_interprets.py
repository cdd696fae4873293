"""whether a tenant wants a woman or a man to interpret; and where a talk by video is joined

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("interpreter_request", sa.Column("prefers", sa.String(length=10), nullable=True))
    op.add_column("interpreter_request", sa.Column("joining", sa.String(length=500), nullable=True))


def downgrade():
    op.drop_column("interpreter_request", "joining")
    op.drop_column("interpreter_request", "prefers")
