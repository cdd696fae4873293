"""What colleagues keep for their own work on the caseload."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, UtcDateTime


class SavedView(Model):
    """A choice of cases and their order under a name of the colleague's own."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("staff_member_id", "name", name="view_has_a_name_of_its_own"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    choices: Mapped[str] = mapped_column(Text)  # as in the address: show=mine&kind=complaint
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
