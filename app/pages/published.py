"""How often each promise was kept, as the measures published it (``app/measures/publishing.py``)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.content.remembered import Remembered
from app.extensions import db
from app.pages.models import PublishedFigure

TOO_FEW = 10  # of fewer, a share says nothing, and a number may say who it was
# Figures that are no promise's, under the regime FIGURE: of each stage of complaints.
FIGURE = "figure"
MADE, IN_TIME, UPHELD, REFUSED = COMPLAINTS = (
    "complaints.made",
    "complaints.in_time",
    "complaints.upheld",
    "complaints.refused",
)
STAGES = ("1", "2")


@dataclass(frozen=True)
class Share:
    """``kept`` of ``counted``, of one promise (its key and regime)."""

    standard: str
    regime: str
    kept: int
    counted: int

    @property
    def is_enough(self) -> bool:
        return self.counted >= TOO_FEW


@dataclass(frozen=True)
class Published:
    """The newest figures: of the days from the first to the last, both within."""

    first_day: date
    last_day: date
    shares: tuple[Share, ...]

    def share(self, standard: str, regime: str) -> Share:
        """Of a promise that nobody relied on: nothing of nothing."""
        found = (one for one in self.shares if (one.standard, one.regime) == (standard, regime))
        return next(found, Share(standard, regime, 0, 0))


def figure_of_stage(name: str, stage: str) -> str:
    """The key under which a figure of one stage is published: complaints.made.1."""
    return f"{name}.{stage}"


def read(_moment: datetime) -> Published | None:
    """The figures of the last span that was published; None where none ever was. One query."""
    newest = select(func.max(PublishedFigure.last_day)).scalar_subquery()
    wanted = select(PublishedFigure).where(PublishedFigure.last_day == newest).order_by(PublishedFigure.id)
    rows = list(db.session.scalars(wanted))
    if not rows:
        return None
    shares = tuple(Share(row.standard, row.regime, row.kept, row.counted) for row in rows)
    return Published(rows[0].first_day, rows[0].last_day, shares)


PUBLISHED: Remembered[Published | None] = Remembered("figures", read, None)
