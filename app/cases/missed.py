"""Promises that were not kept in time are written down once, so that somebody says why."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, select

from app.cases.changes import mark_missed
from app.cases.models import Case, Promise, PromiseChange
from app.cases.waiting import MISSED
from app.extensions import db, start_writing

AT_ONCE = 500  # cases in one sweep; a later one takes the others
# Each minute only cases whose next date has just passed are looked at, so that many old ones cost nothing; once an hour
# all are, for what was late already when something else fell due, and for days on which no worker ran.
JUST_PASSED = timedelta(days=2)


def mark_all_missed(now: datetime) -> int:
    """Write down each open promise that is newly past its due date. Gives how many. Commits."""
    since = None if now.minute == 0 else now - JUST_PASSED
    found = list(db.session.scalars(_with_newly_missed(now, since)))
    db.session.rollback()
    marked = 0
    for case_id in found:
        start_writing()
        case = db.session.get(Case, case_id, with_for_update=True, populate_existing=True)
        marked += len(mark_missed(case, now)) if case is not None and case.status == "open" else 0
        db.session.commit()
    return marked


def _with_newly_missed(now: datetime, since: datetime | None) -> Select[Any]:
    is_marked = exists().where(
        PromiseChange.promise_id == Promise.id,
        PromiseChange.what == MISSED,
        PromiseChange.due_after_at == Promise.due_at,
    )
    wanted = (
        select(Case.id)
        .join(Promise)
        .where(
            Case.status == "open",
            Case.next_due_at < now,  # by the index of what is due first
            Promise.due_at < now,
            Promise.met_at.is_(None),
            Promise.ended_at.is_(None),
            Promise.paused_at.is_(None),
            ~is_marked,
        )
        .distinct()
        .order_by(Case.id)
        .limit(AT_ONCE)
    )
    return wanted if since is None else wanted.where(Case.next_due_at >= since)
