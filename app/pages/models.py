"""What the landlord publishes of how it keeps its promises."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, UtcDateTime


class PublishedFigure(Model):
    """How often one promise was kept in twelve months, counted by the measures and shown beside the promise."""

    __tablename__ = "published_figure"
    __table_args__ = (
        UniqueConstraint("standard", "regime", "last_day", name="published_figure_is_there_once"),
        CheckConstraint("kept <= counted AND kept >= 0", name="published_figure_keeps_no_more_than_all"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    standard: Mapped[str] = mapped_column(String(60))  # key of the promise
    regime: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[date]
    last_day: Mapped[date]
    counted: Mapped[int]
    kept: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
