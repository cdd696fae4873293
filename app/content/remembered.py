"""What parts of pages say from the database and what changes once a day at most: asked for once in a while, and kept.

So a page view asks the database for nothing of it. Each process keeps its own, for a minute at most.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from flask import Flask, current_app, g
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db

KEPT_FOR = timedelta(minutes=1)
_KNOWN, _VALUES = "remembered", "remembered_values"  # in app.extensions
_AWAY = "database_is_away"  # in g
T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Remembered(Generic[T]):
    """``read(moment)`` gives a frozen value, no row of the database; ``nothing`` stands where that is away."""

    name: str
    read: Callable[[datetime], T]
    nothing: T

    def at(self, moment: datetime) -> T:
        """The value, not older than KEPT_FOR; an older one, or ``nothing``, while the database is away."""
        values: dict[str, tuple[datetime, Any]] = current_app.extensions.setdefault(_VALUES, {})
        known = values.get(self.name)
        if known is not None and known[0] <= moment < known[0] + KEPT_FOR:
            found: T = known[1]
            return found
        earlier = self.nothing if known is None else known[1]
        if _AWAY in g:  # one wait for a server that does not answer is enough for a page
            return earlier
        try:
            with db.session.no_autoflush:
                value = self.read(moment)
        except SQLAlchemyError as error:
            log.error("Pages come without %s, for the database is not working: %s", self.name, error)
            db.session.rollback()
            g.setdefault(_AWAY, True)
            return earlier
        values[self.name] = (moment, value)
        return value


def remember(app: Flask, one: Remembered[Any]) -> None:
    """Let ``all_remembered`` know of it: from a room's ``init_app``."""
    app.extensions.setdefault(_KNOWN, []).append(one)


def all_remembered(moment: datetime) -> tuple[Any, ...]:
    """Every value at this moment: a page that was made with others is out of date."""
    return tuple(one.at(moment) for one in current_app.extensions.get(_KNOWN, ()))
