"""What translators wrote in the application and what is not in a catalogue yet."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, UtcDateTime


class ProposedWords(Model):
    """One saving of one sentence's words. Never changed: the next saving is a row of its own, with the next version.

    The sentence is known by its own words, not by its place: whatever an update does to the catalogue, what was
    written is found again, or shown as written for a sentence that is gone.
    """

    __tablename__ = "proposed_words"
    __table_args__ = (
        UniqueConstraint("language", "key", "version", name="proposed_words_have_one_version"),
        CheckConstraint("version > 0", name="proposed_words_version_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(20))  # the tag of the catalogue
    key: Mapped[str] = mapped_column(String(24))  # of context, sentence and its plural: proposals.key_of
    version: Mapped[int]
    context: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    source_plural: Mapped[str | None] = mapped_column(Text)
    words: Mapped[list[str]] = mapped_column(JSON)  # each form; none at all: taken back
    base: Mapped[list[str]] = mapped_column(JSON)  # what the catalogue said when this was written
    is_reviewed: Mapped[bool] = mapped_column(default=False)  # by one who speaks the language, in its place
    review: Mapped[str | None] = mapped_column(String(300))  # as a file says who reviewed; None: whoever saved it
    by: Mapped[str] = mapped_column(String(320))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class UploadedCatalogue(Model):
    """A file that a translator brought, to look at before its words are taken. Its text goes when they are."""

    __tablename__ = "uploaded_catalogue"

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
