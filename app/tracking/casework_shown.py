"""What somebody sees who follows a question, a suggestion or a report: our answer, who gets in touch or comes, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.casework_models import Appointment, HandOver
from app.cases.models import Case
from app.extensions import db
from app.interpreters.asking import open_of
from app.interpreters.models import ASKED, InterpreterRequest
from app.letters.models import Letter
from app.tracking.doors import is_sensitive


@dataclass(frozen=True)
class Casework:
    """``answer`` is what the letter was given, once it is out; nothing of it where somebody may look on."""

    answer: Mapping[str, Any] | None
    answered_at: datetime | None
    hand_over: HandOver | None
    visits: tuple[Appointment, ...] = ()  # still to come
    interpreters: tuple[InterpreterRequest, ...] = ()  # to be booked, or booked for a talk that is to come

    @property
    def is_there(self) -> bool:
        return bool(self.answer or self.hand_over or self.visits or self.interpreters)


def casework(case: Case, at: datetime) -> Casework:
    letter = db.session.scalar(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.name == "answer", Letter.sent_at.is_not(None))
        .order_by(Letter.id.desc())
        .limit(1)
    )
    return Casework(
        answer=letter.given if letter and not is_sensitive(case) else None,
        answered_at=letter.sent_at if letter else None,
        hand_over=_newest_hand_over(case),
        visits=_visits(case, at),
        interpreters=_interpreters(case, at),
    )


def _interpreters(case: Case, at: datetime) -> tuple[InterpreterRequest, ...]:
    """Of a closed case, what somebody asked for after it had been closed."""
    closed_at = case.closed_at if case.status == "closed" else None
    return tuple(
        one
        for one in open_of(case)
        if (one.state == ASKED or (one.ends_at and one.ends_at > at)) and not (closed_at and one.asked_at < closed_at)
    )


def _visits(case: Case, at: datetime) -> tuple[Appointment, ...]:
    if case.status == "closed":
        return ()
    wanted = (
        select(Appointment)
        .where(Appointment.case_id == case.id, Appointment.cancelled_at.is_(None), Appointment.ends_at > at)
        .order_by(Appointment.begins_at, Appointment.id)
    )
    return tuple(db.session.scalars(wanted))


def _newest_hand_over(case: Case) -> HandOver | None:
    """Of an open case: what was told of it in a letter."""
    if case.status == "closed":
        return None
    wanted = select(HandOver).where(HandOver.case_id == case.id)
    return db.session.scalar(wanted.order_by(HandOver.id.desc()).limit(1))
