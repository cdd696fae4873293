"""casework: people, changes of promises, complaints' files, links, holds, checks

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ['team', 'absence', 'account_change', 'saved_view', 'case_action', 'case_link', 'complaint_file', 'conversation', 'hand_over', 'identity_check', 'legal_hold', 'needs_override', 'participation', 'quality_check', 'complaint_point', 'complaint_stage', 'learning', 'ombudsman_referral', 'promise_change', 'refusal', 'remedy', 'risk_review']
INDEXES = {
    "ix_case_of_handler": ["status", "handler_id", "next_due_at", "id"],
    "ix_case_of_team": ["status", "team_id", "next_due_at", "id"],
    "ix_case_of_kind": ["status", "kind", "next_due_at", "id"],
    "ix_case_closed": ["closed_at"],
}
MOMENT, TEXT = sa.DateTime(timezone=True), sa.Text()
# By table: columns that point at nothing. SQLite changes a table by making it anew, and a table that others point at
# cannot be dropped meanwhile: those only get columns, which needs no new table.
COLUMNS = {
    "case": {
        "waiting_since_at": MOMENT,
        "solved_at_first_contact": sa.Boolean(),
        "closed_at": MOMENT,
        "closed_because": sa.String(40),
        "anonymised_at": MOMENT,
    },
    "letter": {"given": sa.JSON()},
    "promise": {"paused_at": MOMENT, "ended_at": MOMENT, "missed_reason": TEXT},
    "staff_member": {
        "language": sa.String(20),
        "tf_primary_method": sa.String(64),
        "tf_totp_secret": sa.String(255),
        "mf_recovery_codes": sa.JSON(),
    },
    "tenant": {
        "date_of_birth": sa.Date(),
        "telephone_password": sa.String(255),
        "telephone_password_set_at": MOMENT,
        "anonymised_at": MOMENT,
    },
}
STAGES = "stage IS NULL OR stage IN (1, 2)"
# Code 6.13: whoever took part in stage 1 neither handles nor decides stage 2. The database itself refuses.
TOOK_PART = """EXISTS (SELECT 1 FROM participation
    WHERE participation.case_id = {case} AND participation.staff_member_id = {who} AND participation.stage = 1)"""
INDEPENDENT = {
    # name: (table, when it looks, what it refuses)
    "stage_2_handler_is_independent": (
        '"case"',
        "UPDATE",
        "NEW.stage = 2 AND NEW.handler_id IS NOT NULL AND " + TOOK_PART.format(case="NEW.id", who="NEW.handler_id"),
    ),
    "stage_2_is_decided_independently": (
        "complaint_stage",
        "UPDATE",
        "NEW.number = 2 AND NEW.decided_by_id IS NOT NULL AND "
        + TOOK_PART.format(case="NEW.case_id", who="NEW.decided_by_id"),
    ),
    "stage_2_begins_independently": (
        "complaint_stage",
        "INSERT",
        "NEW.number = 2 AND NEW.decided_by_id IS NOT NULL AND "
        + TOOK_PART.format(case="NEW.case_id", who="NEW.decided_by_id"),
    ),
}


def upgrade():
    # After a downgrade it is still there, as the columns are that point at it: SQLite takes those not back.
    if not sa.inspect(op.get_bind()).has_table("team"):
        op.create_table('team',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('head_id', sa.Integer(), nullable=True),
        sa.Column('services', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['head_id'], ['staff_member.id'], name=op.f('fk_team_head_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
        sa.UniqueConstraint('name', name=op.f('uq_team_name'))
        )
    op.create_table('absence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_member_id', sa.Integer(), nullable=False),
    sa.Column('away_from_on', sa.Date(), nullable=False),
    sa.Column('back_on', sa.Date(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.Column('recorded_by', sa.String(length=320), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('back_on > away_from_on', name='absence_ends_after_it_began'),
    sa.CheckConstraint('deputy_id <> staff_member_id', name='deputy_is_somebody_else'),
    sa.ForeignKeyConstraint(['deputy_id'], ['staff_member.id'], name=op.f('fk_absence_deputy_id')),
    sa.ForeignKeyConstraint(['staff_member_id'], ['staff_member.id'], name=op.f('fk_absence_staff_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    with op.batch_alter_table('absence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_absence_staff_member_id'), ['staff_member_id'], unique=False)

    op.create_table('account_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_member_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('what', sa.String(length=60), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['staff_member_id'], ['staff_member.id'], name=op.f('fk_account_change_staff_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_change'))
    )
    with op.batch_alter_table('account_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_change_staff_member_id'), ['staff_member_id'], unique=False)

    op.create_table('saved_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_member_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('choices', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['staff_member_id'], ['staff_member.id'], name=op.f('fk_saved_view_staff_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('staff_member_id', 'name', name='view_has_a_name_of_its_own')
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_view_staff_member_id'), ['staff_member_id'], unique=False)

    op.create_table('case_action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed_by', sa.String(length=320), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.String(length=320), nullable=True),
    sa.Column('dropped_because', sa.Text(), nullable=True),
    sa.CheckConstraint('done_at IS NULL OR dropped_because IS NULL', name='action_is_done_or_dropped'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_action_case_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['staff_member.id'], name=op.f('fk_case_action_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_action'))
    )
    with op.batch_alter_table('case_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_action_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_action_owner_id'), ['owner_id'], unique=False)

    op.create_table('case_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(length=20), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=True),
    sa.CheckConstraint("how IN ('joined', 'split', 'related')", name='case_link_is_known'),
    sa.CheckConstraint('case_id <> other_id', name='case_is_linked_to_another'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_link_case_id')),
    sa.ForeignKeyConstraint(['other_id'], ['case.id'], name=op.f('fk_case_link_other_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_link')),
    sa.UniqueConstraint('case_id', 'other_id', 'how', name='cases_are_linked_once')
    )
    with op.batch_alter_table('case_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_link_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_link_other_id'), ['other_id'], unique=False)

    op.create_table('complaint_file',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('triage', sa.String(length=20), nullable=True),
    sa.Column('triaged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('triaged_by', sa.String(length=320), nullable=True),
    sa.Column('tenants_say', sa.Text(), nullable=True),
    sa.Column('definition', sa.Text(), nullable=True),
    sa.Column('outcomes_sought', sa.Text(), nullable=True),
    sa.Column('defined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('defined_by', sa.String(length=320), nullable=True),
    sa.Column('is_agreed', sa.Boolean(), nullable=False),
    sa.Column('there_and_then', sa.Text(), nullable=True),
    sa.Column('there_and_then_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("triage IN ('complaint', 'service-request')", name='triage_is_known'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_complaint_file_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_complaint_file'))
    )
    op.create_table('conversation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('agreed', sa.JSON(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_conversation_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_case_id'), ['case_id'], unique=False)

    op.create_table('hand_over',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=False),
    sa.Column('colleague_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('slot_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('slot_ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('in_touch_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_hand_over_case_id')),
    sa.ForeignKeyConstraint(['colleague_id'], ['staff_member.id'], name=op.f('fk_hand_over_colleague_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hand_over'))
    )
    with op.batch_alter_table('hand_over', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hand_over_case_id'), ['case_id'], unique=False)

    op.create_table('identity_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('has_passed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_identity_check_case_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_identity_check_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_check'))
    )
    with op.batch_alter_table('identity_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identity_check_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_identity_check_tenant_id'), ['tenant_id'], unique=False)

    op.create_table('legal_hold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by', sa.String(length=320), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_legal_hold_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_hold'))
    )
    with op.batch_alter_table('legal_hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_legal_hold_case_id'), ['case_id'], unique=False)

    op.create_table('needs_override',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=False),
    sa.Column('needs', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_needs_override_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_needs_override'))
    )
    with op.batch_alter_table('needs_override', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_needs_override_case_id'), ['case_id'], unique=False)

    op.create_table('participation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('staff_member_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('stage IN (1, 2)', name='participation_is_in_a_stage'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_participation_case_id')),
    sa.ForeignKeyConstraint(['staff_member_id'], ['staff_member.id'], name=op.f('fk_participation_staff_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation')),
    sa.UniqueConstraint('case_id', 'staff_member_id', 'stage', name='participation_is_recorded_once')
    )
    with op.batch_alter_table('participation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participation_staff_member_id'), ['staff_member_id'], unique=False)

    op.create_table('quality_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('answers', sa.JSON(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_quality_check_case_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['staff_member.id'], name=op.f('fk_quality_check_reviewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quality_check')),
    sa.UniqueConstraint('month', 'case_id', name='case_is_drawn_once_a_month')
    )
    with op.batch_alter_table('quality_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quality_check_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quality_check_month'), ['month'], unique=False)
        batch_op.create_index(batch_op.f('ix_quality_check_reviewer_id'), ['reviewer_id'], unique=False)

    op.create_table('complaint_point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('raised_by', sa.String(length=320), nullable=False),
    sa.Column('decision', sa.String(length=20), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('basis', sa.Text(), nullable=True),
    sa.Column('answered_by', sa.String(length=320), nullable=True),
    sa.CheckConstraint("decision IN ('upheld', 'partly-upheld', 'not-upheld')", name='point_decision_is_known'),
    sa.CheckConstraint('stage IN (1, 2)', name='point_is_raised_in_a_stage'),
    sa.ForeignKeyConstraint(['case_id'], ['complaint_file.case_id'], name=op.f('fk_complaint_point_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_point'))
    )
    with op.batch_alter_table('complaint_point', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_point_case_id'), ['case_id'], unique=False)

    op.create_table('complaint_stage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('late_taken_by', sa.String(length=320), nullable=True),
    sa.Column('contacted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('contacted_by', sa.String(length=320), nullable=True),
    sa.Column('decision', sa.String(length=20), nullable=True),
    sa.Column('findings', sa.Text(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("decision IN ('upheld', 'partly-upheld', 'not-upheld')", name='decision_is_known'),
    sa.CheckConstraint('answered_at IS NULL OR decision IS NOT NULL', name='answer_has_a_decision'),
    sa.CheckConstraint('number IN (1, 2)', name='complaint_has_two_stages'),
    sa.ForeignKeyConstraint(['case_id'], ['complaint_file.case_id'], name=op.f('fk_complaint_stage_case_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['staff_member.id'], name=op.f('fk_complaint_stage_decided_by_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_complaint_stage_letter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_stage')),
    sa.UniqueConstraint('case_id', 'number', name='stage_begins_once')
    )
    with op.batch_alter_table('complaint_stage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_stage_case_id'), ['case_id'], unique=False)

    op.create_table('learning',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('service', sa.String(length=60), nullable=True),
    sa.Column('may_be_published', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.String(length=320), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['complaint_file.case_id'], name=op.f('fk_learning_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning'))
    )
    with op.batch_alter_table('learning', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_learning_case_id'), ['case_id'], unique=False)

    op.create_table('ombudsman_referral',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('referred_on', sa.Date(), nullable=False),
    sa.Column('their_reference', sa.String(length=60), nullable=True),
    sa.Column('evidence_due_on', sa.Date(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.String(length=320), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['complaint_file.case_id'], name=op.f('fk_ombudsman_referral_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ombudsman_referral'))
    )
    with op.batch_alter_table('ombudsman_referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ombudsman_referral_case_id'), ['case_id'], unique=False)

    op.create_table('promise_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('promise_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('due_before_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_after_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('working_before', sa.JSON(), nullable=False),
    sa.CheckConstraint("what IN ('paused', 'resumed', 'extended', 'recounted', 'missed', 'ended')", name='promise_change_is_known'),
    sa.ForeignKeyConstraint(['promise_id'], ['promise.id'], name=op.f('fk_promise_change_promise_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise_change'))
    )
    with op.batch_alter_table('promise_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promise_change_promise_id'), ['promise_id'], unique=False)

    op.create_table('refusal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('ground', sa.String(length=60), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('stage IN (1, 2)', name='refusal_is_of_a_stage'),
    sa.ForeignKeyConstraint(['case_id'], ['complaint_file.case_id'], name=op.f('fk_refusal_case_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_refusal_letter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refusal'))
    )
    with op.batch_alter_table('refusal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refusal_case_id'), ['case_id'], unique=False)

    op.create_table('remedy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('pence', sa.Integer(), nullable=True),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_by', sa.String(length=320), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('apology', 'acknowledging-what-went-wrong', 'explanation', 'action-on-delay', 'changed-decision', 'amended-record', 'money', 'changed-policy-or-practice')", name='remedy_is_known'),
    sa.CheckConstraint('pence IS NULL OR pence > 0', name='money_is_more_than_nothing'),
    sa.ForeignKeyConstraint(['case_id'], ['complaint_file.case_id'], name=op.f('fk_remedy_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remedy'))
    )
    with op.batch_alter_table('remedy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remedy_case_id'), ['case_id'], unique=False)

    op.create_table('risk_review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=320), nullable=False),
    sa.Column('band', sa.String(length=20), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=False),
    sa.CheckConstraint("band IN ('high', 'medium', 'standard')", name='reviewed_band_is_known'),
    sa.ForeignKeyConstraint(['case_id'], ['antisocial_behaviour_report.case_id'], name=op.f('fk_risk_review_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_review'))
    )
    with op.batch_alter_table('risk_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_risk_review_case_id'), ['case_id'], unique=False)

    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.add_column("staff_member", sa.Column("has_shortcuts", sa.Boolean(), nullable=False, server_default=sa.true()))
    for table in ("case", "staff_member"):
        _point_at_team(table, is_sqlite)
    op.create_index("ix_staff_member_team_id", "staff_member", ["team_id"])
    if is_sqlite:
        op.execute(f'ALTER TABLE "case" ADD COLUMN stage INTEGER CONSTRAINT complaint_is_at_stage_1_or_2 CHECK ({STAGES})')
    else:
        op.add_column("case", sa.Column("stage", sa.Integer(), nullable=True))
        op.create_check_constraint("complaint_is_at_stage_1_or_2", "case", STAGES)
    for name, columns in INDEXES.items():
        op.create_index(name, "case", columns)
    # Nothing points at this one.
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_factor_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("device", sa.String(200), nullable=True))
        batch_op.drop_constraint("sign_in_outcome_is_known", type_="check")
        batch_op.create_check_constraint(
            "sign_in_outcome_is_known", "outcome IN ('signed-in', 'refused', 'locked', 'code-refused')"
        )
    _bring_complaints_forward()
    for name, (table, when, refused) in INDEPENDENT.items():
        _refuse(name, table, when, refused, is_sqlite)


def _point_at_team(table, is_sqlite):
    if not is_sqlite:
        op.add_column(table, sa.Column("team_id", sa.Integer(), nullable=True))
        op.create_foreign_key(f"fk_{table}_team_id", table, "team", ["team_id"], ["id"])
    # After a downgrade it is still there: SQLite takes no column back that points at a table.
    elif "team_id" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}:
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN team_id INTEGER REFERENCES team (id)')


def _bring_complaints_forward():
    """Complaints of before get their file and stages. At stage 2 nobody of stage 1 may stay: somebody is to be named."""
    asked = "EXISTS (SELECT 1 FROM contact WHERE contact.case_id = c.id AND contact.purpose = 'stage-2-asked')"
    for statement in (
        """INSERT INTO complaint_file (case_id, is_agreed) SELECT id, false FROM "case" WHERE kind = 'complaint'""",
        """INSERT INTO complaint_stage (case_id, number, began_at, is_late)
           SELECT id, 1, received_at, false FROM "case" WHERE kind = 'complaint'""",
        """INSERT INTO complaint_stage (case_id, number, began_at, is_late)
           SELECT c.id, 2, MIN(contact.received_at), false FROM "case" c JOIN contact ON contact.case_id = c.id
           WHERE c.kind = 'complaint' AND contact.purpose = 'stage-2-asked' GROUP BY c.id""",
        """INSERT INTO participation (case_id, staff_member_id, stage, how, at)
           SELECT id, handler_id, 1, 'handled', received_at FROM "case"
           WHERE kind = 'complaint' AND handler_id IS NOT NULL""",
        f"""INSERT INTO event (case_id, at, what, who, details)
           SELECT c.id, CURRENT_TIMESTAMP, 'handler_taken_off', NULL, '{{}}' FROM "case" c
           WHERE c.kind = 'complaint' AND c.handler_id IS NOT NULL AND {asked}""",
        """UPDATE "case" SET stage = 1 WHERE kind = 'complaint'""",
        """UPDATE "case" SET stage = 2, handler_id = NULL WHERE kind = 'complaint'
           AND EXISTS (SELECT 1 FROM contact WHERE contact.case_id = "case".id AND contact.purpose = 'stage-2-asked')""",
    ):
        op.execute(statement)


def _refuse(name, table, when, refused, is_sqlite):
    if is_sqlite:
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{name}'); END")
        return
    op.execute(
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF {refused} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"""
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade():
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (table, _when, _refused) in INDEPENDENT.items():
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_constraint("sign_in_outcome_is_known", type_="check")
        batch_op.create_check_constraint("sign_in_outcome_is_known", "outcome IN ('signed-in', 'refused', 'locked')")
        batch_op.drop_column("device")
        batch_op.drop_column("second_factor_at")
    for name in INDEXES:
        op.drop_index(name, "case")
    op.drop_index("ix_staff_member_team_id", "staff_member")
    for table in ("case", "staff_member"):
        if is_sqlite:
            op.execute(f'UPDATE "{table}" SET team_id = NULL')
        else:
            op.drop_column(table, "team_id")
    op.drop_column("case", "stage")
    op.drop_column("staff_member", "has_shortcuts")
    for table, columns in COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
    for table in reversed(TABLES):
        if table != "team" or not is_sqlite:
            op.drop_table(table)
    if is_sqlite:
        op.execute("DELETE FROM team")
