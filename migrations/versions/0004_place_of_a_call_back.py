"""a call-back keeps when it got its place, beside when it was asked for

Revision ID: 0004
Revises: 0003

"""
from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('call_back', schema=None) as batch_op:
        batch_op.add_column(sa.Column('placed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index('ix_call_back_queue')
    op.execute('UPDATE call_back SET placed_at = asked_at')
    with op.batch_alter_table('call_back', schema=None) as batch_op:
        batch_op.alter_column('placed_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_index('ix_call_back_queue', ['state', 'slot_at', 'placed_at', 'id'], unique=False)


def downgrade():
    with op.batch_alter_table('call_back', schema=None) as batch_op:
        batch_op.drop_index('ix_call_back_queue')
        batch_op.drop_column('placed_at')
        batch_op.create_index('ix_call_back_queue', ['state', 'slot_at', 'asked_at', 'id'], unique=False)
