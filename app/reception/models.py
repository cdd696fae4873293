"""Wrong guesses, so that a reference or a saved form cannot be guessed."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, UtcDateTime


class WrongGuess(Model):
    """One try that opened nothing. ``about`` is a keyed hash of what was guessed at, or of whose network."""

    __tablename__ = "wrong_guess"
    __table_args__ = (Index("ix_wrong_guess_recent", "about", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
