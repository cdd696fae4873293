"""Answers on their way to becoming a case."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, UtcDateTime


class Draft(Model):
    """What a tenant has typed so far, kept against a signed cookie until it is sent or runs out."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # random, unguessable
    journey: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, Any]] = mapped_column(MutableDict.as_mutable(JSON), default=dict)  # by question
    # What did not pass yet, as typed, by question: a mistake must not cost the words.
    typed: Mapped[dict[str, Any]] = mapped_column(MutableDict.as_mutable(JSON), default=dict)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    case_reference: Mapped[str | None] = mapped_column(String(12))  # once sent


class SavedDraft(Model):
    """A way back to a draft from another browser: by a code to write down, or a link sent to an address.

    Only the SHA-256 of either is kept.
    """

    __tablename__ = "saved_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
