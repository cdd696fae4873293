"""Whether what a process read of notices still stands: one small question instead of all the rows."""

from datetime import datetime

from sqlalchemy import bindparam, func, literal, or_, select, union_all

from app.extensions import UtcDateTime, db
from app.notices.models import Notice, WaitingTime

_AT = bindparam("at", type_=UtcDateTime())
# Written once: as ``lists.front`` and ``waiting.running`` ask, but for names only.
_STANDING = union_all(
    select(Notice.key, Notice.version).where(
        Notice.state == "published",
        or_(Notice.resolved_at.is_(None), Notice.resolved_at > _AT),
        or_(Notice.ends_at.is_(None), Notice.ends_at > _AT),
    ),
    select(literal(""), WaitingTime.id).where(
        WaitingTime.set_at <= _AT, WaitingTime.until > _AT, WaitingTime.ended_at.is_(None)
    ),
)
_EVER_PUBLISHED = select(func.count(Notice.id), func.sum(Notice.version), func.max(Notice.id)).where(
    Notice.published_at.is_not(None)
)

Standing = frozenset[tuple[str, int]]


def standing_at(moment: datetime) -> Standing:
    """Key and version of each published notice that is not over, and which waiting time is said. One query.

    Each act on a notice counts its version up: the same answer means that nothing was said or changed since.
    """
    rows = db.session.connection().execute(_STANDING, {"at": moment})
    return frozenset((key, number) for key, number in rows)


def last_change() -> tuple[int, ...]:
    """Another answer after each act on a notice that was ever published, over or not. One query."""
    return tuple(int(number or 0) for number in db.session.connection().execute(_EVER_PUBLISHED).one())
