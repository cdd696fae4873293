"""When the office is closed beyond its usual days: what notices of the kind ``office-closed`` say. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.notices.models import Notice

OFFICE_CLOSED = "office-closed"


@dataclass(frozen=True)
class Closure:
    """Closed from ``begins`` up to ``ends``; None: nobody knows yet until when. Aware moments."""

    begins: datetime
    ends: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return self.begins <= moment and (self.ends is None or moment < self.ends)

    def touches(self, begins: datetime, ends: datetime) -> bool:
        """Whether any of the time from ``begins`` up to ``ends`` is closed."""
        return self.begins < ends and (self.ends is None or begins < self.ends)


def closures_of(notices: Iterable[Notice]) -> tuple[Closure, ...]:
    """The closures among these notices, the first first.

    One that is published counts before it is announced too: nobody is offered a call in it. One for some districts
    only closes no telephone.
    """
    found = (
        Closure(notice.starts_at, _end_of(notice))
        for notice in notices
        if notice.kind == OFFICE_CLOSED and notice.state == "published" and not notice.areas
    )
    return tuple(
        sorted((one for one in found if one.ends is None or one.begins < one.ends), key=lambda one: one.begins)
    )


def is_closed_between(closures: Iterable[Closure], begins: datetime, ends: datetime) -> bool:
    """Whether any of the time from ``begins`` up to ``ends`` is closed."""
    return any(one.touches(begins, ends) for one in closures)


def _end_of(notice: Notice) -> datetime | None:
    ends = [moment for moment in (notice.ends_at, notice.resolved_at) if moment is not None]
    return min(ends, default=None)
