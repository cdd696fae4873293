"""Letters and the files made from them; what colleagues write for letters before they go out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.extensions import Model, UtcDateTime


class Letter(Model):
    """A letter's words, fixed when it was asked for, in one language. Every format says exactly these."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("case_id", "name", "version", name="letter_version_is_made_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))  # acknowledgement, receipt…
    version: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)  # semantic HTML: what app.formats.document.parse reads
    composed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What a room above gave for its words (an answer's findings, a new date): to write it in another language too.
    given: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    case: Mapped[Case] = relationship()
    files: Mapped[list["LetterFile"]] = relationship(back_populates="letter", order_by="LetterFile.id")


class LetterFile(Model):
    """One letter in one format: asked for, being made, made, or refused with the reason."""

    __tablename__ = "letter_file"
    __table_args__ = (
        UniqueConstraint(
            "letter_id", "format", "point_size", "braille_grade", "variant", name="letter_file_is_made_once"
        ),
        CheckConstraint("state IN ('requested', 'making', 'made', 'refused')", name="letter_file_state_is_known"),
        Index("ix_letter_file_to_make", "state", "try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    format: Mapped[str] = mapped_column(String(30))
    point_size: Mapped[int] = mapped_column(default=0)  # 0 where the format has none
    braille_grade: Mapped[int] = mapped_column(default=0)
    variant: Mapped[str] = mapped_column(String(20), default="")  # paper, rate or page: "" is the usual one
    state: Mapped[str] = mapped_column(String(20), default="requested")
    try_at: Mapped[datetime] = mapped_column(UtcDateTime)  # not before; while making: when the claim runs out
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(Text)  # why refused, or why the last attempt failed
    path: Mapped[str | None] = mapped_column(String(500))  # below the letters folder
    media_type: Mapped[str | None] = mapped_column(String(100))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]  # bytes
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    letter: Mapped[Letter] = relationship(back_populates="files")


class LetterDraft(Model):
    """A letter that a colleague is writing: kept at each saving, approved where the policy asks for it, then issued."""

    __tablename__ = "letter_draft"
    __table_args__ = (
        CheckConstraint(
            "state IN ('writing', 'waiting', 'approved', 'issued', 'dropped')", name="letter_draft_state_is_known"
        ),
        CheckConstraint(
            "state NOT IN ('approved') OR decided_by IS NOT NULL", name="approved_letter_draft_names_who_approved"
        ),
        Index("ix_letter_draft_state", "state", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))  # of the letter
    words_language: Mapped[str] = mapped_column(String(20))  # in which the colleague writes
    given: Mapped[dict[str, Any]] = mapped_column(JSON)  # by field, as typed
    state: Mapped[str] = mapped_column(String(20), default="writing")
    number: Mapped[int] = mapped_column(default=1)  # of the newest version
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[str] = mapped_column(String(320))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(320))
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # for approval
    asked_by: Mapped[str | None] = mapped_column(String(320))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(320))
    decision_note: Mapped[str | None] = mapped_column(Text)  # why it came back, what to change
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)  # once issued

    case: Mapped[Case] = relationship()
    letter: Mapped[Letter | None] = relationship()
    versions: Mapped[list["LetterDraftVersion"]] = relationship(
        back_populates="draft", order_by="LetterDraftVersion.number", cascade="all, delete-orphan"
    )


class LetterDraftVersion(Model):
    """What a draft said at one saving: it can be looked at and taken up again."""

    __tablename__ = "letter_draft_version"
    __table_args__ = (UniqueConstraint("draft_id", "number", name="letter_draft_version_is_kept_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("letter_draft.id", ondelete="CASCADE"))
    number: Mapped[int]
    words_language: Mapped[str] = mapped_column(String(20))
    given: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(320))

    draft: Mapped[LetterDraft] = relationship(back_populates="versions")


class StandardParagraph(Model):
    """Words that colleagues put into letters again and again, one row a language. Withdrawn, never deleted."""

    __tablename__ = "standard_paragraph"
    __table_args__ = (UniqueConstraint("landlord", "key", "language", name="standard_paragraph_is_kept_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(60))  # the same in every language
    language: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))  # for colleagues
    words: Mapped[str] = mapped_column(Text)  # Markdown
    letters: Mapped[list[str]] = mapped_column(JSON, default=list)  # names of letters that it is for; none: all
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(320))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Translation(Model):
    """Words of colleagues in one language, to be written in another: the translators' work list, and their memory."""

    __tablename__ = "words_translation"
    __table_args__ = (
        UniqueConstraint("sha256", "source_language", "language", name="words_are_translated_once"),
        CheckConstraint("state IN ('wanted', 'done', 'withdrawn')", name="words_translation_state_is_known"),
        CheckConstraint("state <> 'done' OR words IS NOT NULL", name="translation_done_has_words"),
        Index("ix_words_translation_state", "state", "language", "wanted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))  # of the source
    source_language: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(Text)
    words: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="wanted")
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wanted_by: Mapped[str | None] = mapped_column(String(320))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(320))  # the translator
    version: Mapped[int] = mapped_column(default=1)  # of the translated words: two at work on one are told

    uses: Mapped[list["TranslatedWords"]] = relationship(back_populates="translation", cascade="all, delete-orphan")


class TranslatedWords(Model):
    """A letter waits for, or was written with, this translation."""

    __tablename__ = "translated_words"
    __table_args__ = (UniqueConstraint("letter_id", "translation_id", name="letter_uses_translation_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("words_translation.id", ondelete="CASCADE"), index=True)

    letter: Mapped[Letter] = relationship()
    translation: Mapped[Translation] = relationship(back_populates="uses")
