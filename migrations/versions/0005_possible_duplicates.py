"""what possible duplicates are found by

Cases that came before are not among them: only what came within two weeks is compared.

Revision ID: 0005
Revises: 0004

"""
from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('trait',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.String(length=32), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_trait_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trait'))
    )
    with op.batch_alter_table('trait', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trait_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_trait_near', ['value', 'received_at'], unique=False)


def downgrade():
    op.drop_table('trait')
