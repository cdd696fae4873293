"""what becomes of a suggestion, and why

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "suggestion_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=30), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("public_words", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=320), nullable=False),
        sa.CheckConstraint("decision IN ('will-do', 'will-look-into-it', 'will-not')", name="decision_is_known"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_suggestion_decision_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_decision")),
    )
    op.create_index(op.f("ix_suggestion_decision_case_id"), "suggestion_decision", ["case_id"])


def downgrade():
    op.drop_index(op.f("ix_suggestion_decision_case_id"), "suggestion_decision")
    op.drop_table("suggestion_decision")
