"""Notices as they are asked for: by every page, by everybody, by colleagues. Nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import raiseload, selectinload

from app.cases.clock import LONDON
from app.extensions import db
from app.notices.models import Notice, WaitingTime
from app.notices.showing import in_order, over_at, stage_at, was_shown
from app.notices.waiting import current

STILL_LISTED = timedelta(days=30)  # after it is over
MOST_LISTED = 200
Group = Literal["now", "planned", "drafts", "to-approve", "over"]
PLANNED = ("published", "to-approve", "draft")  # states of what takes place, or may
GROUPS: tuple[Group, ...] = ("now", "planned", "to-approve", "drafts", "over")


@dataclass(frozen=True)
class Front:
    """What every page needs: the published notices that are not over, announced yet or not, and the waiting time."""

    notices: tuple[Notice, ...]
    waiting: WaitingTime | None


def front(at: datetime) -> Front:
    """Two queries. The notices come without their updates and events: asking for those raises an error."""
    wanted = _alone(select(Notice).where(_is_published_and_not_over(at)).order_by(Notice.starts_at, Notice.id))
    return Front(tuple(db.session.scalars(wanted.limit(MOST_LISTED))), current(at))


def of_everybody(at: datetime) -> tuple[Notice, ...]:
    """What the public list and the feeds show, with updates: live and announced in order, then those over within
    30 days, the last one first. What was cancelled after it was announced is among those over."""
    since = at - STILL_LISTED
    found = [notice for notice in db.session.scalars(_public(since, at)) if was_shown(notice)]
    standing = [notice for notice in found if stage_at(notice, at) in ("announced", "live")]
    over = [notice for notice in found if stage_at(notice, at) == "over"]
    return (*in_order(standing, at), *sorted(over, key=lambda one: (over_at(one) or at, one.key), reverse=True))


def public_notice(key: str, at: datetime) -> Notice | None:
    """One that was announced at some time, however long ago; with its updates."""
    found = notice_of(key)
    is_public = found is not None and was_shown(found) and stage_at(found, at) != "waiting"
    return found if is_public else None


def notice_of(key: str) -> Notice | None:
    """Whatever its state, for colleagues. To change it ask ``actions.held``."""
    if not key.isprintable():
        return None  # none of ours; PostgreSQL would refuse to look for a NUL
    return db.session.scalar(select(Notice).where(Notice.key == key).options(selectinload(Notice.updates)))


def for_colleagues(group: Group, at: datetime, most: int = MOST_LISTED) -> list[Notice]:
    """Those of one group, what comes next first; drafts by their last change, those over by their end, last first."""
    order = {
        "drafts": Notice.changed_at.desc(),
        "to-approve": Notice.starts_at,
        "over": func.coalesce(Notice.cancelled_at, Notice.resolved_at, Notice.ends_at).desc(),
    }.get(group, Notice.starts_at)
    wanted = select(Notice).where(_in_group(group, at)).order_by(order, Notice.id.desc()).limit(most)
    return list(db.session.scalars(_alone(wanted)))


def counts_for_colleagues(at: datetime) -> dict[Group, int]:
    """How many there are in each group."""
    return {group: _count(_in_group(group, at)) for group in GROUPS}


def between(first: date, last: date, states: Sequence[str] = ("published",)) -> list[Notice]:
    """For a calendar: notices in these states that run on any local day from the first to the last."""
    begins, ends = _midnight(first), _midnight(last + timedelta(days=1))
    ended = func.coalesce(Notice.resolved_at, Notice.ends_at)
    wanted = (
        select(Notice)
        .where(Notice.state.in_(states), Notice.starts_at < ends, or_(ended.is_(None), ended > begins))
        .order_by(Notice.starts_at, Notice.id)
    )
    return list(db.session.scalars(_alone(wanted)))


@dataclass(frozen=True)
class LeadMonth:
    """How often the lead time was kept and missed by what was published in one local month."""

    month: date  # its first day
    kept: int
    missed: int


def lead_times(first: date, last: date) -> tuple[LeadMonth, ...]:
    """Month by month, those without any too, from the month of the first day to that of the last.

    What was cancelled counts too: it had been announced late, or in time.
    """
    wanted = select(Notice.published_at, Notice.lead_is_kept).where(
        Notice.lead_is_kept.is_not(None),
        Notice.published_at >= _midnight(first.replace(day=1)),
        Notice.published_at < _midnight(_next_month(last)),
    )
    judged = [(at.astimezone(LONDON).date().replace(day=1), kept) for at, kept in db.session.execute(wanted) if at]
    return tuple(
        LeadMonth(month, judged.count((month, True)), judged.count((month, False))) for month in _months(first, last)
    )


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next_month(month)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def _is_published_and_not_over(at: datetime) -> ColumnElement[bool]:
    return and_(
        Notice.state == "published",
        or_(Notice.resolved_at.is_(None), Notice.resolved_at > at),
        or_(Notice.ends_at.is_(None), Notice.ends_at > at),
    )


def _public(since: datetime, at: datetime) -> Select[Any]:
    ends = (Notice.ends_at, Notice.resolved_at, Notice.cancelled_at)
    return (
        select(Notice)
        .where(
            Notice.published_at <= at,  # a draft has none
            Notice.announce_at <= at,
            *(or_(end.is_(None), end > since) for end in ends),
        )
        .options(selectinload(Notice.updates))
        .order_by(case((_is_published_and_not_over(at), 0), else_=1), Notice.starts_at.desc(), Notice.id)
        .limit(MOST_LISTED)
    )


def _in_group(group: Group, at: datetime) -> ColumnElement[bool]:
    standing = _is_published_and_not_over(at)
    return {
        "now": and_(standing, Notice.starts_at <= at),
        "planned": and_(standing, Notice.starts_at > at),
        "drafts": Notice.state == "draft",
        "to-approve": Notice.state == "to-approve",
        "over": or_(
            Notice.state == "cancelled",
            and_(Notice.state == "published", or_(Notice.resolved_at <= at, Notice.ends_at <= at)),
        ),
    }[group]


def _count(which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(Notice.id)).where(which)) or 0


def _alone(wanted: Select[Any]) -> Select[Any]:
    return wanted.options(raiseload(Notice.updates), raiseload(Notice.events))
