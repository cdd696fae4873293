"""Notices for tests, with moments as a person writes them: ``Thu 2026-12-31 06:00``, in London."""

from datetime import datetime, timedelta
from typing import Any

from app.extensions import db, start_writing
from app.notices import actions
from app.notices.models import Notice
from app.notices.shapes import Given
from tests.cases.moments import london

WRITER, APPROVER = "kim@landlord.example", "grace@landlord.example"
MONDAY = london("Mon 2026-12-21 09:00")
HOUR = timedelta(hours=1)
THURSDAY_MORNING = ("Thu 2026-12-31 06:00", "Thu 2026-12-31 09:00")
ENGLISH = {"en": {"title": "The website is off", "words": "We work on it.\n\nPlease call us."}}


def a_notice(starts: str, ends: str | None = None, announced: str | None = None, **different: Any) -> Notice:
    """As it stands after it was published at ``announced`` (else a week before it starts); in no database."""
    starts_at = london(starts)
    announce_at = london(announced) if announced else starts_at - timedelta(days=7)
    fields: dict[str, Any] = {
        "key": "a-notice",
        "kind": "other",
        "severity": "information",
        "services": [],
        "areas": [],
        "words": ENGLISH,
        "state": "published",
        "announce_at": announce_at,
        "published_at": announce_at,
        "starts_at": starts_at,
        "ends_at": london(ends) if ends else None,
        "version": 2,
    }
    return Notice(**fields | different)


def told(starts: str, ends: str | None = None, announced: str | None = None, **different: Any) -> Given:
    """What a colleague says, to be written and published."""
    fields: dict[str, Any] = {
        "kind": "other",
        "severity": "information",
        "words": ENGLISH,
        "starts_at": london(starts),
        "ends_at": london(ends) if ends else None,
        "announce_at": london(announced) if announced else None,
    }
    return Given(**fields | different)


def draft(given: Given, at: datetime = MONDAY) -> Notice:
    """In the database, written by an advisor."""
    start_writing()
    notice = actions.write(given, WRITER, at)
    db.session.commit()
    return notice


def published(given: Given, at: datetime = MONDAY, **how: Any) -> Notice:
    """In the database, written and published at one moment."""
    notice = draft(given, at)
    actions.publish(notice, APPROVER, at, **how)
    db.session.commit()
    return notice


def read_anew(notice: Notice) -> Notice:
    """As the database has it."""
    db.session.commit()
    db.session.expire_all()
    found = actions.held(notice.key)
    assert found
    return found
