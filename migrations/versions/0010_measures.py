"""measures: figures by month, their indexes, exports, the kind of a complaint

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = {
    # name: (table, columns)
    "ix_case_received": ("case", ["received_at", "id", "kind", "solved_at_first_contact"]),
    "ix_promise_due": ("promise", ["due_at", "id", "regime", "standard", "met_at", "ended_at", "paused_at"]),
    "ix_message_sent": ("message", ["sent_at"]),
    "ix_call_back_ended": ("call_back", ["ended_at"]),
    "ix_complaint_stage_began": ("complaint_stage", ["began_at"]),
    "ix_complaint_stage_answered": ("complaint_stage", ["answered_at"]),
    "ix_refusal_at": ("refusal", ["at"]),
    "ix_learning_recorded": ("learning", ["recorded_at"]),
    "ix_needs_override_at": ("needs_override", ["at"]),
}


def upgrade():
    op.create_table(
        "figure",
        sa.Column("span", sa.String(7), nullable=False),
        sa.Column("measure", sa.String(40), nullable=False),
        sa.Column("a", sa.String(80), nullable=False),
        sa.Column("b", sa.String(80), nullable=False),
        sa.Column("c", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("span", "measure", "a", "b", "c", name=op.f("pk_figure")),
    )
    op.create_table(
        "counted_span",
        sa.Column("span", sa.String(7), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("span", name=op.f("pk_counted_span")),
    )
    op.create_table(
        "export_made",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(320), nullable=True),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("has_restricted", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_made")),
    )
    op.add_column("complaint_file", sa.Column("kind_of_complaint", sa.String(60), nullable=True))
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade():
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table)
    op.drop_column("complaint_file", "kind_of_complaint")
    op.drop_table("export_made")
    op.drop_table("counted_span")
    op.drop_table("figure")
