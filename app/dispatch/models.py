"""The outbox: every message still to be sent is a row, written with the act that causes it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.extensions import Model, UtcDateTime
from app.letters.models import Letter


class Message(Model):
    """One letter, or a few words of our own, on its way to one person by one channel.

    Words without a letter: a link back to a saved form, a note to a colleague. They may belong to no case.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'post')", name="message_channel_is_known"),
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed')", name="message_state_is_known"),
        CheckConstraint(
            "letter_id IS NOT NULL OR (words IS NOT NULL AND subject IS NOT NULL)", name="message_says_something"
        ),
        Index("ix_message_to_send", "state", "try_at"),
        Index("ix_message_sent", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    subject: Mapped[str | None] = mapped_column(String(200))
    words: Mapped[str | None] = mapped_column(Text)  # paragraphs, an empty line between them; addresses become links
    is_set_out: Mapped[bool | None]  # the words are HTML of a letter's few tags instead
    language: Mapped[str | None] = mapped_column(String(20))  # of the words
    unsubscribe: Mapped[str | None] = mapped_column(Text)  # address that ends such emails with one press (RFC 8058)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(Text)  # the email address, or the postal lines
    message_id: Mapped[str] = mapped_column(String(255), unique=True)  # RFC 5322; the same on every attempt
    format: Mapped[str | None] = mapped_column(String(30))  # of the letter, as it goes out
    unmet: Mapped[list[str] | None] = mapped_column(JSON)  # needs that this does not meet: keys of needs_met
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    try_at: Mapped[datetime] = mapped_column(UtcDateTime)  # not before; while sending: when the claim runs out
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case | None] = relationship()
    letter: Mapped[Letter | None] = relationship()


class Heartbeat(Model):
    """When a worker last said that it lives. One row for each name; there is one name so far."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
