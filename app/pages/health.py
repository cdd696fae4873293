"""Alive, and able to serve: what a machine asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.dispatch.actions import worker_seen_at
from app.extensions import db

# The worker says that it lives every minute at most; three missed beats are a dead worker.
WORKER_IS_DEAD_AFTER = timedelta(minutes=3)


@dataclass(frozen=True)
class Readiness:
    database: str  # "ready" | "not reachable"
    worker: str  # "ready" | "not seen" | "not seen since …" (UTC)

    @property
    def is_ready(self) -> bool:
        return self.database == self.worker == "ready"


def readiness(now: datetime) -> Readiness:
    """Takes the moment, in UTC. Asks the database; never raises because it is away."""
    try:
        db.session.execute(sa.text("SELECT 1"))
        seen_at = worker_seen_at()
    except (sa.exc.SQLAlchemyError, OSError):
        db.session.rollback()
        return Readiness("not reachable", "not known")
    if seen_at is None:
        return Readiness("ready", "not seen")
    if now - seen_at > WORKER_IS_DEAD_AFTER:
        return Readiness("ready", f"not seen since {seen_at:%Y-%m-%dT%H:%M:%SZ}")
    return Readiness("ready", "ready")
