"""what colleagues began to write in a case; what happened to each call-back

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "case_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_draft_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_draft")),
        sa.UniqueConstraint("case_id", "page", name="case_has_one_draft_a_page"),
    )
    op.create_table(
        "call_back_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_back_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=320), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["call_back_id"], ["call_back.id"], name=op.f("fk_call_back_event_call_back_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back_event")),
    )
    op.create_index(op.f("ix_call_back_event_call_back_id"), "call_back_event", ["call_back_id"])


def downgrade():
    op.drop_index(op.f("ix_call_back_event_call_back_id"), "call_back_event")
    op.drop_table("call_back_event")
    op.drop_table("case_draft")
