"""who reviewed words that a translator brought in a file

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("proposed_words", sa.Column("review", sa.String(length=300), nullable=True))


def downgrade():
    op.drop_column("proposed_words", "review")
