"""interpreters that tenants need: asked for, booked, met; and what came in and is translated for us

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "interpreter_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("call_back_id", sa.Integer(), nullable=True),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("wished_for", sa.Text(), nullable=True),
        sa.Column("needed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=320), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_promised", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("has_moved", sa.Boolean(), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=True),
        sa.Column("booking", sa.String(length=100), nullable=True),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_by", sa.String(length=320), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=320), nullable=True),
        sa.Column("because", sa.String(length=30), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (call_back_id IS NULL)",
            name=op.f("interpreter_is_of_case_or_call"),
        ),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("interpreter_ends_after_beginning")),
        sa.CheckConstraint(
            "purpose IN ('call', 'visit', 'meeting')",
            name=op.f("interpreter_purpose_is_known"),
        ),
        sa.CheckConstraint(
            "state <> 'booked' OR begins_at IS NOT NULL",
            name=op.f("booked_interpreter_has_a_time"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'booked', 'met', 'failed', 'withdrawn')",
            name=op.f("interpreter_state_is_known"),
        ),
        sa.CheckConstraint(
            "way IN ('any', 'phone', 'video', 'in-person')",
            name=op.f("interpreter_way_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_interpreter_request_appointment_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_interpreter_request_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter_request")),
    )
    op.create_index("ix_interpreter_request_state", "interpreter_request", ["state", "due_at"])
    op.create_index("ix_interpreter_request_asked", "interpreter_request", ["asked_at"])
    for column in ("appointment_id", "call_back_id", "case_id"):
        op.create_index(op.f(f"ix_interpreter_request_{column}"), "interpreter_request", [column])
    op.create_table(
        "incoming_translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=320), nullable=False),
        sa.Column("translated_by", sa.String(length=200), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=320), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('wanted', 'done', 'dropped')",
            name=op.f("incoming_translation_state_is_known"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_incoming_translation_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_translation")),
    )
    op.create_index("ix_incoming_translation_state", "incoming_translation", ["state", "asked_at"])
    op.create_index(op.f("ix_incoming_translation_case_id"), "incoming_translation", ["case_id"])


def downgrade():
    op.drop_table("incoming_translation")
    op.drop_table("interpreter_request")
