"""How long callers wait on the phone, as a colleague said it, until when it is said."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from app.extensions import db
from app.notices.models import WaitingTime

LEAST, MOST = 1, 240  # minutes
LONGEST = timedelta(hours=12)  # nobody knows what tomorrow's queue is like


class WrongWaitingTime(ValueError):
    """``code``: "minutes" (not from LEAST to MOST), "until-past" or "until-far" (not within LONGEST)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def running(at: datetime) -> Select[Any]:
    """What is said at this moment: the newest that is neither over nor ended."""
    return (
        select(WaitingTime)
        .where(WaitingTime.set_at <= at, WaitingTime.until > at, WaitingTime.ended_at.is_(None))
        .order_by(WaitingTime.id.desc())
        .limit(1)
    )


def current(at: datetime) -> WaitingTime | None:
    """One query."""
    return db.session.scalar(running(at))


def earlier(most: int = 10) -> list[WaitingTime]:
    """What was said lately, the newest first."""
    return list(db.session.scalars(select(WaitingTime).order_by(WaitingTime.id.desc()).limit(most)))


def set_waiting_time(minutes: int, until: datetime, by: str, at: datetime) -> WaitingTime:
    """Say it from now on, instead of what was said before. Begin with ``start_writing``; no commit.

    Raises WrongWaitingTime.
    """
    if not LEAST <= minutes <= MOST:
        raise WrongWaitingTime("minutes")
    if until <= at:
        raise WrongWaitingTime("until-past")
    if until > at + LONGEST:
        raise WrongWaitingTime("until-far")
    end(at)
    said = WaitingTime(minutes=minutes, until=until, set_at=at, set_by=by)
    db.session.add(said)
    return said


def end(at: datetime) -> bool:
    """Say nothing more. Gives whether something was said. Begin with ``start_writing``; no commit."""
    still = db.session.scalars(
        select(WaitingTime).where(WaitingTime.until > at, WaitingTime.ended_at.is_(None)).with_for_update()
    ).all()
    for one in still:
        one.ended_at = at
    return bool(still)
