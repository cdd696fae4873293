"""Files that tenants attached."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Contact
from app.extensions import Model, UtcDateTime

STATES = ("waiting", "clean", "infected")


class Upload(Model):
    """One file. It belongs to a draft while the form is being filled in, and to a contact once it was sent.

    ``name`` is random and ours; ``shown_name`` is what the tenant called it, only ever shown.
    """

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="upload_state_is_known"),
        CheckConstraint("draft_id IS NOT NULL OR contact_id IS NOT NULL", name="upload_belongs_somewhere"),
        Index("ix_upload_to_scan", "state", "try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    draft_id: Mapped[str | None] = mapped_column(String(64), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    shown_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))  # photo | document | sound | film
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  # bytes, as stored
    sha256: Mapped[str] = mapped_column(String(64))  # as stored
    state: Mapped[str] = mapped_column(String(20))  # waiting to be scanned, clean, infected
    finding: Mapped[str | None] = mapped_column(String(200))  # what the scanner called it
    try_at: Mapped[datetime] = mapped_column(UtcDateTime)  # not to be scanned before
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    contact: Mapped[Contact | None] = relationship()
