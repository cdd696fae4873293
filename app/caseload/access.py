"""Who came in, and who looked at restricted cases: lists by day and colleague, the newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select, text, tuple_
from sqlalchemy.orm import joinedload

from app.cases.clock import LONDON
from app.cases.models import Case, Event
from app.extensions import db
from app.staff.models import SignIn

PAGE = 50  # rows
# As the index of them says it, word for word: only so do both databases use it.
LOOKS = text("event.what IN ('case_viewed', 'file_viewed', 'letter_viewed')")


@dataclass(frozen=True)
class Before:
    """Where a page ended: the next one holds what came before it."""

    at: datetime
    number: int


@dataclass(frozen=True)
class AccessPage:
    rows: Sequence[Any]
    next_place: Before | None  # None on the last page


def sign_ins(staff_member_id: int | None, on: date | None, before: Before | None, limit: int = PAGE) -> AccessPage:
    """Tries to come in, with every outcome."""
    wanted = select(SignIn).options(joinedload(SignIn.staff_member))
    if staff_member_id is not None:
        wanted = wanted.where(SignIn.staff_member_id == staff_member_id)
    return _page(wanted, SignIn.at, SignIn.id, on, before, limit)


def looks(email: str | None, on: date | None, before: Before | None, limit: int = PAGE) -> AccessPage:
    """Each time that a restricted case was opened, or a letter or file of one was downloaded."""
    wanted = select(Event).where(LOOKS).options(joinedload(Event.case).load_only(Case.reference, Case.kind))
    if email is not None:
        wanted = wanted.where(Event.who == email)
    return _page(wanted, Event.at, Event.id, on, before, limit)


def _page(wanted: Select[Any], at: Any, number: Any, on: date | None, before: Before | None, limit: int) -> AccessPage:
    if on is not None:
        first = datetime.combine(on, time(), LONDON)
        wanted = wanted.where(at >= first, at < datetime.combine(on + timedelta(days=1), time(), LONDON))
    if before is not None:
        wanted = wanted.where(tuple_(at, number) < tuple_(before.at, before.number))
    rows = db.session.scalars(wanted.order_by(at.desc(), number.desc()).limit(limit + 1)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    return AccessPage(rows[:limit], Before(last.at, last.id) if last else None)
