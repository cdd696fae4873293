"""Who writes to us, and how they can read what we answer."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model, UtcDateTime

FORMATS = (
    "standard-print", "large-print", "html", "text", "audio", "audio-cd", "wav", "talking-book", "braille", "pef",
)  # fmt: skip
FORMATS_BY_EMAIL = ("audio", "html", "text", "wav", "talking-book", "pef")  # files: nothing to put into an envelope
PAPER_COLOURS = ("white", "yellow", "cream", "blue")
SPEAKING_RATES = ("slow", "usual", "fast")
# A line of braille and a page of it: the smallest and largest that embossers and their paper have.
FEWEST_CELLS, MOST_CELLS = 20, 42
FEWEST_LINES, MOST_LINES = 10, 30
USUAL_CELLS, USUAL_LINES = 40, 25
WAYS = ("email", "phone", "letter")
SMALLEST_LARGE_PRINT, LARGEST_LARGE_PRINT = 16, 28  # points; UKAAF, RNIB
USUAL_LARGE_PRINT = 18


class Tenant(Model):
    """A person who contacts the landlord: tenant, leaseholder, representative, councillor…"""

    __tablename__ = "tenant"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(500))
    who: Mapped[str] = mapped_column(String(60))  # a key of the policy's who_may_complain
    email: Mapped[str | None] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(100))
    address: Mapped[list[str]] = mapped_column(JSON, default=list)  # lines without the postcode
    postcode: Mapped[str | None] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(20), default="en")
    is_anonymous: Mapped[bool] = mapped_column(default=False)  # name and addresses are empty, by their own choice
    # What a caller is asked, to be sure who calls (L06). Of the password only its Argon2 hash is kept.
    date_of_birth: Mapped[date | None] = mapped_column(Date)
    telephone_password: Mapped[str | None] = mapped_column(String(255))
    telephone_password_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by retention: nobody can be named any more

    needs: Mapped["CommunicationNeeds"] = relationship(
        back_populates="tenant", uselist=False, cascade="all, delete-orphan"
    )


class CommunicationNeeds(Model):
    """How to write to this person, after the Accessible Information Standard: identify, record, flag, meet, review."""

    __tablename__ = "communication_needs"
    __table_args__ = (
        CheckConstraint(
            f"point_size BETWEEN {SMALLEST_LARGE_PRINT} AND {LARGEST_LARGE_PRINT}",
            name="large_print_is_16_to_28_points",
        ),
        CheckConstraint("braille_grade IN (1, 2)", name="braille_is_grade_1_or_2"),
        CheckConstraint("letter_format IN ('" + "', '".join(FORMATS) + "')", name="letter_format_is_known"),
        CheckConstraint("paper_colour IN ('" + "', '".join(PAPER_COLOURS) + "')", name="paper_colour_is_known"),
        CheckConstraint("speaking_rate IN ('" + "', '".join(SPEAKING_RATES) + "')", name="speaking_rate_is_known"),
        CheckConstraint(
            f"braille_cells BETWEEN {FEWEST_CELLS} AND {MOST_CELLS}"
            f" AND braille_lines BETWEEN {FEWEST_LINES} AND {MOST_LINES}",
            name="braille_page_can_be_embossed",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id", ondelete="CASCADE"), unique=True)
    letter_format: Mapped[str] = mapped_column(String(30), default="standard-print")
    point_size: Mapped[int] = mapped_column(default=USUAL_LARGE_PRINT)
    braille_grade: Mapped[int] = mapped_column(default=2)
    paper_colour: Mapped[str] = mapped_column(String(10), default="white")
    speaking_rate: Mapped[str] = mapped_column(String(10), default="usual")
    braille_cells: Mapped[int] = mapped_column(default=40)  # a line
    braille_lines: Mapped[int] = mapped_column(default=25)  # a page
    contact_channel: Mapped[str] = mapped_column(String(20), default="letter")  # email | phone | letter
    safe_times: Mapped[str | None] = mapped_column(String(1000))  # in the tenant's own words
    # Of email, phone and letter, those that put nobody in danger. Null where nobody asked: then all are.
    safe_ways: Mapped[list[str] | None] = mapped_column(JSON)
    may_leave_messages: Mapped[bool | None]  # on the phone; null where nobody asked
    interpreter_language: Mapped[str | None] = mapped_column(String(100))
    has_consent: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(320))  # "tenant", or the colleague's email
    review_on: Mapped[date | None] = mapped_column(Date)

    def is_safe(self, way: str) -> bool:
        """Whether this way (email, phone, letter) puts nobody in danger, as far as we were told."""
        return self.safe_ways is None or way in self.safe_ways

    tenant: Mapped[Tenant] = relationship(back_populates="needs")
