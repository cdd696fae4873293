"""Interpreters that were asked for and booked, and what came in and has to be translated for us (L27)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.casework_models import Appointment
from app.cases.models import Case
from app.extensions import Model, UtcDateTime

ASKED, BOOKED, MET, FAILED, WITHDRAWN = STATES = ("asked", "booked", "met", "failed", "withdrawn")
OPEN = (ASKED, BOOKED)
ANY, PHONE, VIDEO, IN_PERSON = WAYS = ("any", "phone", "video", "in-person")
WOMAN, MAN = PREFERENCES = ("woman", "man")
CALL, VISIT, MEETING = PURPOSES = ("call", "visit", "meeting")
FORM, FOLLOWING, CALL_BACK, COLLEAGUE, OF_VISIT = SOURCES = ("form", "following", "call-back", "colleague", "visit")
WANTED, DONE, DROPPED = TRANSLATION_STATES = ("wanted", "done", "dropped")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ('" + "', '".join(values) + "')"


class InterpreterRequest(Model):
    """Somebody needs an interpreter for one talk: of a case, or for a call-back that belongs to none.

    ``due_at`` is by when it is booked: a promise to the tenant only where ``is_promised``. What was booked stays when
    the talk is moved (``has_moved``), so that a colleague can cancel it with the firm.
    """

    __tablename__ = "interpreter_request"
    __table_args__ = (
        CheckConstraint(_one_of("state", STATES), name="interpreter_state_is_known"),
        CheckConstraint(_one_of("way", WAYS), name="interpreter_way_is_known"),
        CheckConstraint(_one_of("purpose", PURPOSES), name="interpreter_purpose_is_known"),
        CheckConstraint("(case_id IS NULL) <> (call_back_id IS NULL)", name="interpreter_is_of_case_or_call"),
        CheckConstraint("state <> 'booked' OR begins_at IS NOT NULL", name="booked_interpreter_has_a_time"),
        CheckConstraint("ends_at > begins_at", name="interpreter_ends_after_beginning"),
        Index("ix_interpreter_request_state", "state", "due_at"),
        Index("ix_interpreter_request_asked", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    call_back_id: Mapped[int | None] = mapped_column(index=True)  # call-backs lie above this room
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    language: Mapped[str] = mapped_column(String(100))  # as it was typed
    way: Mapped[str] = mapped_column(String(20), default=ANY)
    purpose: Mapped[str] = mapped_column(String(20), default=CALL)
    wished_for: Mapped[str | None] = mapped_column(Text)  # when it suits, in words
    prefers: Mapped[str | None] = mapped_column(String(10))  # of PREFERENCES; null where it does not matter
    needed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the call or the visit begins
    source: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str | None] = mapped_column(String(320))  # the colleague's email; null for the tenant
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_promised: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(20), default=ASKED)
    has_moved: Mapped[bool] = mapped_column(default=False)
    service: Mapped[str | None] = mapped_column(String(200))  # the firm
    booking: Mapped[str | None] = mapped_column(String(100))  # its reference
    joining: Mapped[str | None] = mapped_column(String(500))  # a web address, by which a talk by video is joined
    begins_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    booked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # for the first time
    booked_by: Mapped[str | None] = mapped_column(String(320))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # met, failed or withdrawn
    ended_by: Mapped[str | None] = mapped_column(String(320))
    because: Mapped[str | None] = mapped_column(String(30))  # a key, where it failed or was withdrawn
    note: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case | None] = relationship()
    appointment: Mapped[Appointment | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def late_from(self) -> datetime:
        """Not booked by then, it is late: when it was to be booked, or when the talk begins."""
        return min(self.due_at, self.needed_at) if self.needed_at else self.due_at


class IncomingTranslation(Model):
    """Words in another language came in, and are translated into English for us: what, by whom, and how they read."""

    __tablename__ = "incoming_translation"
    __table_args__ = (
        CheckConstraint(_one_of("state", TRANSLATION_STATES), name="incoming_translation_state_is_known"),
        Index("ix_incoming_translation_state", "state", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    what: Mapped[str] = mapped_column(Text)  # which letter, file or message
    language: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(20), default=WANTED)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(320))
    translated_by: Mapped[str | None] = mapped_column(String(200))  # a person or a firm, as a colleague wrote it
    words: Mapped[str] = mapped_column(Text, default="")  # in English
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(320))
    because: Mapped[str] = mapped_column(Text, default="")  # why it was dropped

    case: Mapped[Case] = relationship()
