"""A mailing, its rows, and the archives packed from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model, UtcDateTime
from app.tenants.models import Tenant


class Mailing(Model):
    """One letter to a list. What it says is fixed when making begins; each row is then made once."""

    __tablename__ = "mailing"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'making', 'paused', 'made', 'dropped')", name="mailing_state_is_known"),
        CheckConstraint("source IN ('csv', 'tenants')", name="mailing_source_is_known"),
        Index("ix_mailing_state", "state", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(20), unique=True)  # on each letter, as a case's
    name: Mapped[str] = mapped_column(String(60))  # of the letter
    title: Mapped[str] = mapped_column(String(200))  # for colleagues
    given: Mapped[dict[str, Any]] = mapped_column(JSON)  # what the letter says, by language: {"en": {…}, "cy": {…}}
    state: Mapped[str] = mapped_column(String(20), default="draft")
    source: Mapped[str] = mapped_column(String(20))
    wanted: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # of "tenants": by which they were chosen
    file_name: Mapped[str | None] = mapped_column(String(200))  # of "csv"
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(320))
    dated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the day on each letter: when making began
    begun_by: Mapped[str | None] = mapped_column(String(320))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    rows: Mapped[list["MailingRow"]] = relationship(
        back_populates="mailing", order_by="MailingRow.line", cascade="all, delete-orphan"
    )
    archives: Mapped[list["MailingArchive"]] = relationship(
        back_populates="mailing", order_by="MailingArchive.format", cascade="all, delete-orphan"
    )


class MailingRow(Model):
    """One letter of a mailing. A wrong row keeps why, and the others are made without it."""

    __tablename__ = "mailing_row"
    __table_args__ = (
        UniqueConstraint("mailing_id", "line", name="mailing_line_is_there_once"),
        CheckConstraint(
            "state IN ('wrong', 'waiting', 'making', 'made', 'refused')", name="mailing_row_state_is_known"
        ),
        Index("ix_mailing_row_to_make", "state", "try_at"),
        Index("ix_mailing_row_of", "mailing_id", "state", "line"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id", ondelete="CASCADE"))
    line: Mapped[int]  # of the file, or the place in the list
    tenant_id: Mapped[int | None] = mapped_column(ForeignKey("tenant.id"), index=True)
    recipient: Mapped[dict[str, Any]] = mapped_column(JSON)  # name, address (lines), postcode, email
    language: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(30))
    point_size: Mapped[int] = mapped_column(default=0)
    braille_grade: Mapped[int] = mapped_column(default=0)
    variant: Mapped[str] = mapped_column(String(20), default="")  # as in LetterFile
    state: Mapped[str] = mapped_column(String(20))
    problem: Mapped[str | None] = mapped_column(Text)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime)  # not before; while making: when the claim runs out
    attempts: Mapped[int] = mapped_column(default=0)
    path: Mapped[str | None] = mapped_column(String(500))  # below the letters folder
    media_type: Mapped[str | None] = mapped_column(String(100))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]  # bytes
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    mailing: Mapped[Mailing] = relationship(back_populates="rows")
    tenant: Mapped[Tenant | None] = relationship()


class MailingArchive(Model):
    """All letters of one format of a mailing, in the order of their addresses, with a manifest."""

    __tablename__ = "mailing_archive"
    __table_args__ = (UniqueConstraint("mailing_id", "format", name="mailing_has_one_archive_a_format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id", ondelete="CASCADE"))
    format: Mapped[str] = mapped_column(String(30))
    path: Mapped[str] = mapped_column(String(500))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    letters: Mapped[int]
    packed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # last: two colleagues would print it twice
    taken_by: Mapped[str | None] = mapped_column(String(320))

    mailing: Mapped[Mailing] = relationship(back_populates="archives")
