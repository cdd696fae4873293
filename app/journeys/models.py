"""Answers on their way to becoming a case."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
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
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    case_reference: Mapped[str | None] = mapped_column(String(12))  # once sent
