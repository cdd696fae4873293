"""What became of suggestions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.extensions import Model, UtcDateTime

WILL_DO, WILL_LOOK, WILL_NOT = DECISIONS = ("will-do", "will-look-into-it", "will-not")


class SuggestionDecision(Model):
    """What we do with a suggestion and why; the newest is the one that holds."""

    __tablename__ = "suggestion_decision"
    __table_args__ = (CheckConstraint("decision IN ('" + "', '".join(DECISIONS) + "')", name="decision_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    decision: Mapped[str] = mapped_column(String(30))
    theme: Mapped[str] = mapped_column(String(40))  # a key of the policy's services
    why: Mapped[str] = mapped_column(Text)
    public_words: Mapped[str | None] = mapped_column(Text)  # to be published, without a name; null where not allowed
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(320))

    case: Mapped[Case] = relationship(backref="decisions")
