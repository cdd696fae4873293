"""Letters, and the files made from them."""

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
        UniqueConstraint("letter_id", "format", "point_size", "braille_grade", name="letter_file_is_made_once"),
        CheckConstraint("state IN ('requested', 'making', 'made', 'refused')", name="letter_file_state_is_known"),
        Index("ix_letter_file_to_make", "state", "try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    format: Mapped[str] = mapped_column(String(30))
    point_size: Mapped[int] = mapped_column(default=0)  # 0 where the format has none
    braille_grade: Mapped[int] = mapped_column(default=0)
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
