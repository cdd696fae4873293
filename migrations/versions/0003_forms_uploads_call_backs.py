"""every web form: uploads, call-backs, saved drafts, reports of antisocial behaviour

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-22 04:06:08.085517

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('call_back',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('landlord', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=500), nullable=False),
    sa.Column('phone', sa.String(length=100), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('interpreter_language', sa.String(length=100), nullable=True),
    sa.Column('about', sa.String(length=1000), nullable=True),
    sa.Column('may_leave_messages', sa.Boolean(), nullable=False),
    sa.Column('slot_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('slot_ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(length=320), nullable=True),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('draft_id', sa.String(length=64), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'called', 'missed', 'cancelled')", name='call_back_state_is_known'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_back')),
    sa.UniqueConstraint('draft_id', name=op.f('uq_call_back_draft_id')),
    sa.UniqueConstraint('key', name=op.f('uq_call_back_key')),
    sa.UniqueConstraint('reference', name=op.f('uq_call_back_reference'))
    )
    with op.batch_alter_table('call_back', schema=None) as batch_op:
        batch_op.create_index('ix_call_back_queue', ['state', 'slot_at', 'asked_at', 'id'], unique=False)

    op.create_table('wrong_guess',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wrong_guess'))
    )
    with op.batch_alter_table('wrong_guess', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wrong_guess_at'), ['at'], unique=False)
        batch_op.create_index('ix_wrong_guess_recent', ['about', 'at'], unique=False)

    op.create_table('saved_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.String(length=64), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_saved_draft_draft_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_draft')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_saved_draft_secret_hash'))
    )
    with op.batch_alter_table('saved_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_draft_draft_id'), ['draft_id'], unique=False)

    op.create_table('antisocial_behaviour_report',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('risk_band', sa.String(length=20), nullable=False),
    sa.Column('risk_points', sa.Integer(), nullable=False),
    sa.Column('risk_working', sa.JSON(), nullable=False),
    sa.Column('hate_strands', sa.JSON(), nullable=False),
    sa.Column('is_domestic_abuse', sa.Boolean(), nullable=False),
    sa.CheckConstraint("risk_band IN ('high', 'medium', 'standard')", name='risk_band_is_known'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_antisocial_behaviour_report_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_antisocial_behaviour_report'))
    )
    op.create_table('upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('draft_id', sa.String(length=64), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('shown_name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('finding', sa.String(length=200), nullable=True),
    sa.Column('try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'clean', 'infected')", name='upload_state_is_known'),
    sa.CheckConstraint('draft_id IS NOT NULL OR contact_id IS NOT NULL', name='upload_belongs_somewhere'),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_upload_contact_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('name', name=op.f('uq_upload_name'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index('ix_upload_to_scan', ['state', 'try_at'], unique=False)

    # SQLite changes a table by making it anew, and a table that others point at cannot be dropped meanwhile: those only
    # get columns, which needs no new table.
    op.add_column('case', sa.Column('hazard', sa.String(length=40), nullable=True))
    op.add_column('case', sa.Column('return_code', sa.String(length=20), nullable=True))
    op.add_column('communication_needs', sa.Column('safe_ways', sa.JSON(), nullable=True))
    op.add_column('draft', sa.Column('started_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('tenant', sa.Column('is_anonymous', sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == 'sqlite':
        # After a downgrade it is still there: SQLite takes no column back that points at a table.
        if 'line_manager_id' not in {column['name'] for column in sa.inspect(op.get_bind()).get_columns('staff_member')}:
            op.execute('ALTER TABLE staff_member ADD COLUMN line_manager_id INTEGER REFERENCES staff_member (id)')
    else:
        op.add_column('staff_member', sa.Column('line_manager_id', sa.Integer(), nullable=True))
        op.create_foreign_key(op.f('fk_staff_member_line_manager_id'), 'staff_member', 'staff_member', ['line_manager_id'], ['id'])

    # Nothing points at these three yet, or nothing that is not empty.
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(length=20), nullable=False, server_default='opening'))
        batch_op.add_column(sa.Column('addressee', sa.String(length=20), nullable=False, server_default='team'))
        batch_op.create_check_constraint('contact_purpose_is_known', "purpose IN ('opening', 'diary', 'more', 'complaint-asked', 'stage-2-asked')")
        batch_op.create_check_constraint('contact_addressee_is_known', "addressee IN ('team', 'colleague')")
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.drop_constraint('promise_regime_is_known', type_='check')
        batch_op.create_check_constraint('promise_regime_is_known', "regime IN ('landlord', 'code', 'law')")
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subject', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('words', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('language', sa.String(length=20), nullable=True))
        batch_op.alter_column('case_id', existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column('letter_id', existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_check_constraint('message_says_something', "letter_id IS NOT NULL OR (words IS NOT NULL AND subject IS NOT NULL)")


def downgrade():
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_constraint('message_says_something', type_='check')
        batch_op.alter_column('letter_id', existing_type=sa.INTEGER(), nullable=False)
        batch_op.alter_column('case_id', existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column('language')
        batch_op.drop_column('words')
        batch_op.drop_column('subject')
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.drop_constraint('promise_regime_is_known', type_='check')
        batch_op.create_check_constraint('promise_regime_is_known', "regime IN ('landlord', 'code')")
    op.drop_table('upload')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_constraint('contact_addressee_is_known', type_='check')
        batch_op.drop_constraint('contact_purpose_is_known', type_='check')
        batch_op.drop_column('addressee')
        batch_op.drop_column('purpose')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('fk_staff_member_line_manager_id'), 'staff_member', type_='foreignkey')
        op.drop_column('staff_member', 'line_manager_id')
    for table, column in (
        ('tenant', 'is_anonymous'),
        ('draft', 'started_at'),
        ('communication_needs', 'safe_ways'),
        ('case', 'return_code'),
        ('case', 'hazard'),
    ):
        op.drop_column(table, column)
    for table in ('antisocial_behaviour_report', 'saved_draft', 'wrong_guess', 'call_back'):
        op.drop_table(table)
