"""letters for every reader: drafts, standard paragraphs, translations, mailings, appointments, further needs

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

OLDER = "'standard-print', 'large-print', 'html', 'text', 'audio', 'audio-cd', 'braille'"
NEW_CHECKS = [
    ("letter_format_is_known", f"letter_format IN ({OLDER}, 'wav', 'talking-book', 'pef')"),
    ("paper_colour_is_known", "paper_colour IN ('white', 'yellow', 'cream', 'blue')"),
    ("speaking_rate_is_known", "speaking_rate IN ('slow', 'usual', 'fast')"),
    (
        "braille_page_can_be_embossed",
        "braille_cells BETWEEN 20 AND 42 AND braille_lines BETWEEN 10 AND 30",
    ),
]



def upgrade():
    op.create_table('mailing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('landlord', sa.String(length=60), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.String(length=320), nullable=False),
    sa.Column('dated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('begun_by', sa.String(length=320), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("source IN ('csv', 'tenants')", name='mailing_source_is_known'),
    sa.CheckConstraint("state IN ('draft', 'making', 'paused', 'made', 'dropped')", name='mailing_state_is_known'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing')),
    sa.UniqueConstraint('reference', name=op.f('uq_mailing_reference'))
    )
    with op.batch_alter_table('mailing', schema=None) as batch_op:
        batch_op.create_index('ix_mailing_state', ['state', 'created_at'], unique=False)

    op.create_table('standard_paragraph',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('landlord', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('letters', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.String(length=320), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standard_paragraph')),
    sa.UniqueConstraint('landlord', 'key', 'language', name='standard_paragraph_is_kept_once')
    )
    op.create_table('words_translation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('source_language', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('wanted_by', sa.String(length=320), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.String(length=320), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'done' OR words IS NOT NULL", name='translation_done_has_words'),
    sa.CheckConstraint("state IN ('wanted', 'done', 'withdrawn')", name='words_translation_state_is_known'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_words_translation')),
    sa.UniqueConstraint('sha256', 'source_language', 'language', name='words_are_translated_once')
    )
    with op.batch_alter_table('words_translation', schema=None) as batch_op:
        batch_op.create_index('ix_words_translation_state', ['state', 'language', 'wanted_at'], unique=False)

    op.create_table('mailing_archive',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mailing_id', sa.Integer(), nullable=False),
    sa.Column('format', sa.String(length=30), nullable=False),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('letters', sa.Integer(), nullable=False),
    sa.Column('packed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['mailing_id'], ['mailing.id'], name=op.f('fk_mailing_archive_mailing_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing_archive')),
    sa.UniqueConstraint('mailing_id', 'format', name='mailing_has_one_archive_a_format')
    )
    op.create_table('mailing_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mailing_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('tenant_id', sa.Integer(), nullable=True),
    sa.Column('recipient', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('format', sa.String(length=30), nullable=False),
    sa.Column('point_size', sa.Integer(), nullable=False),
    sa.Column('braille_grade', sa.Integer(), nullable=False),
    sa.Column('variant', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('problem', sa.Text(), nullable=True),
    sa.Column('try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=500), nullable=True),
    sa.Column('media_type', sa.String(length=100), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('wrong', 'waiting', 'making', 'made', 'refused')", name='mailing_row_state_is_known'),
    sa.ForeignKeyConstraint(['mailing_id'], ['mailing.id'], name=op.f('fk_mailing_row_mailing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_mailing_row_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing_row')),
    sa.UniqueConstraint('mailing_id', 'line', name='mailing_line_is_there_once')
    )
    with op.batch_alter_table('mailing_row', schema=None) as batch_op:
        batch_op.create_index('ix_mailing_row_of', ['mailing_id', 'state', 'line'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailing_row_tenant_id'), ['tenant_id'], unique=False)
        batch_op.create_index('ix_mailing_row_to_make', ['state', 'try_at'], unique=False)

    op.create_table('appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('words_language', sa.String(length=20), nullable=False),
    sa.Column('begins_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who_comes', sa.String(length=200), nullable=False),
    sa.Column('comes_for', sa.String(length=200), nullable=True),
    sa.Column('is_called_ahead', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=320), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_by', sa.String(length=320), nullable=True),
    sa.CheckConstraint('ends_at > begins_at', name='appointment_ends_after_it_begins'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_appointment_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment'))
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_case_id'), ['case_id'], unique=False)

    op.create_table('letter_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('words_language', sa.String(length=20), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by', sa.String(length=320), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sa.String(length=320), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_by', sa.String(length=320), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=320), nullable=True),
    sa.Column('decision_note', sa.Text(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('writing', 'waiting', 'approved', 'issued', 'dropped')", name='letter_draft_state_is_known'),
    sa.CheckConstraint("state NOT IN ('approved') OR decided_by IS NOT NULL", name='approved_letter_draft_names_who_approved'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_letter_draft_case_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_draft_letter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_draft'))
    )
    with op.batch_alter_table('letter_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_draft_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_draft_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index('ix_letter_draft_state', ['state', 'asked_at'], unique=False)

    op.create_table('translated_words',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('translation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_translated_words_letter_id')),
    sa.ForeignKeyConstraint(['translation_id'], ['words_translation.id'], name=op.f('fk_translated_words_translation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_translated_words')),
    sa.UniqueConstraint('letter_id', 'translation_id', name='letter_uses_translation_once')
    )
    with op.batch_alter_table('translated_words', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_translated_words_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_translated_words_translation_id'), ['translation_id'], unique=False)

    op.create_table('letter_draft_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('words_language', sa.String(length=20), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sa.String(length=320), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['letter_draft.id'], name=op.f('fk_letter_draft_version_draft_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_draft_version')),
    sa.UniqueConstraint('draft_id', 'number', name='letter_draft_version_is_kept_once')
    )
    with op.batch_alter_table("communication_needs") as table:
        table.add_column(sa.Column("paper_colour", sa.String(10), nullable=False, server_default="white"))
        table.add_column(sa.Column("speaking_rate", sa.String(10), nullable=False, server_default="usual"))
        table.add_column(sa.Column("braille_cells", sa.Integer(), nullable=False, server_default="40"))
        table.add_column(sa.Column("braille_lines", sa.Integer(), nullable=False, server_default="25"))
        table.drop_constraint("letter_format_is_known", type_="check")
        for name, check in NEW_CHECKS:
            table.create_check_constraint(name, sa.text(check))
    with op.batch_alter_table("letter_file") as table:
        table.add_column(sa.Column("variant", sa.String(20), nullable=False, server_default=""))
        table.drop_constraint("letter_file_is_made_once", type_="unique")
        table.create_unique_constraint(
            "letter_file_is_made_once", ["letter_id", "format", "point_size", "braille_grade", "variant"]
        )


def downgrade():
    # What only the newer version knows is told in the older one's words; files of it are made again when asked for.
    op.execute("DELETE FROM letter_file WHERE variant <> '' OR format IN ('wav', 'talking-book', 'pef')")
    op.execute("UPDATE communication_needs SET letter_format = 'audio' WHERE letter_format IN ('wav', 'talking-book')")
    op.execute("UPDATE communication_needs SET letter_format = 'braille' WHERE letter_format = 'pef'")
    with op.batch_alter_table("letter_file") as table:
        table.drop_constraint("letter_file_is_made_once", type_="unique")
        table.drop_column("variant")
        table.create_unique_constraint(
            "letter_file_is_made_once", ["letter_id", "format", "point_size", "braille_grade"]
        )
    with op.batch_alter_table("communication_needs") as table:
        for name, _check in NEW_CHECKS:
            table.drop_constraint(name, type_="check")
        table.create_check_constraint("letter_format_is_known", sa.text(f"letter_format IN ({OLDER})"))
        for column in ("braille_lines", "braille_cells", "speaking_rate", "paper_colour"):
            table.drop_column(column)
    for name in (
        "letter_draft_version", "translated_words", "letter_draft", "appointment", "mailing_row", "mailing_archive",
        "words_translation", "standard_paragraph", "mailing",
    ):
        op.drop_table(name)
