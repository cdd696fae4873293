"""Drafts: what a tenant has typed so far, kept against a signed cookie until it is sent or runs out."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import CursorResult
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.wrappers import Response

from app.extensions import db, start_writing
from app.journeys.models import Draft
from app.uploads import actions as uploads
from app.uploads.models import Upload
from app.uploads.storage import remove as remove_file

MOST_TYPED = 200_000  # characters on one page that did not pass: what is longer is shown again, but not kept
# A full disk, a locked or read-only database, a server that has gone: nothing was saved, and it may pass.
CANNOT_SAVE = (OperationalError, InternalError, NoConnectionFree, OSError)


class AlreadySent(Exception):
    """The draft has become a case: what comes now would reach nobody."""


@dataclass(frozen=True)
class Bookmark:
    """What the cookie holds: the id of the draft being written, and of the one that was sent last."""

    writing: str | None = None
    sent: str | None = None

    @property
    def is_only_of_sent(self) -> bool:
        return self.writing is None and self.sent is not None


def read_bookmark(journey: str) -> Bookmark:
    """From the reader's cookie; an empty one when there is none, or when somebody changed it."""
    try:
        held = _signer(journey).loads(request.cookies.get(_cookie(journey), ""))
        return Bookmark(held["writing"], held["sent"])
    except (BadSignature, KeyError, TypeError):
        return Bookmark()


def give_bookmark(response: Response, journey: str, bookmark: Bookmark) -> None:
    """The cookie lives as long as the draft, counted from now, and scripts cannot read it."""
    settings = current_app.config["LETTERBOX"]
    response.set_cookie(
        _cookie(journey),
        _signer(journey).dumps({"writing": bookmark.writing, "sent": bookmark.sent}),
        max_age=timedelta(days=settings.draft_days),
        path="/",
        secure=settings.served_over_https,
        httponly=True,
        samesite="Lax",
    )


def take_bookmark_away(response: Response, journey: str) -> None:
    """The browser forgets the draft: whoever presses Back sees a form that is empty."""
    settings = current_app.config["LETTERBOX"]
    response.delete_cookie(_cookie(journey), path="/", secure=settings.served_over_https, httponly=True, samesite="Lax")


def new_id() -> str:
    return secrets.token_urlsafe(32)


def where(journey: str, at: datetime) -> tuple[Bookmark, Draft | None]:
    """Where the reader is: the bookmark, and the draft being written."""
    bookmark = read_bookmark(journey)
    draft = find(bookmark.writing, journey, at)
    if draft is not None and draft.case_reference:  # sent, but the answer that said so never arrived
        return Bookmark(None, draft.id), None
    return bookmark, draft


def find(draft_id: str | None, journey: str, at: datetime) -> Draft | None:
    """The draft to read; None when there is none, or when its time has run out."""
    if draft_id is None:
        return None
    draft = db.session.get(Draft, draft_id)
    return draft if draft is not None and _is_current(draft, journey, at) else None


def find_to_send(draft_id: str | None, journey: str, at: datetime) -> Draft | None:
    """The draft, held so that a second press of the button waits for the first. Begins writing."""
    start_writing()
    if draft_id is None:
        return None
    draft = db.session.get(Draft, draft_id, with_for_update=True)
    return draft if draft is not None and _is_current(draft, journey, at) else None


def write(draft_id: str, journey: str, at: datetime) -> Draft:
    """The draft, held to be changed; made where it does not exist yet. Begins writing; the caller commits.

    Raises AlreadySent.
    """
    draft = find_to_send(draft_id, journey, at) or _begin(draft_id, journey, at)
    if draft.case_reference:
        raise AlreadySent
    draft.updated_at, draft.expires_at = at, expiry(at)
    return draft


def expiry(at: datetime) -> datetime:
    """How long what is typed at this moment is kept."""
    return at + _lifetime()


def keep(draft: Draft, slug: str, answers: dict[str, Any] | None, typed: dict[str, Any]) -> None:
    """Keep the answers to one question; with None, what was typed until it passes."""
    if answers is None:
        if sum(len(str(value)) for value in typed.values()) <= MOST_TYPED:
            draft.typed[slug] = typed
    else:
        draft.answers[slug] = answers
        draft.typed.pop(slug, None)


def mark_sent(draft: Draft, reference: str, at: datetime) -> None:
    """The case has the words now: the draft keeps only its reference, for the received page."""
    draft.case_reference = reference
    draft.answers, draft.typed = {}, {}
    draft.updated_at, draft.expires_at = at, at + _lifetime()


def delete(draft_id: str, journey: str) -> None:
    """Remove a draft that was not sent, with its files. Commits."""
    start_writing()
    removed = db.session.execute(
        sa.delete(Draft).where(Draft.id == draft_id, Draft.journey == journey, Draft.case_reference.is_(None))
    )
    files = uploads.forget_draft(draft_id) if cast(CursorResult[Any], removed).rowcount else []
    db.session.commit()
    for name in files:
        remove_file(name)


def purge_expired_drafts(at: datetime) -> int:
    """Remove drafts whose time had run out by then, with their files. Commits; gives how many."""
    start_writing()
    removed = db.session.execute(sa.delete(Draft).where(Draft.expires_at <= at))
    files = uploads.forget_all_but(sa.exists().where(Draft.id == Upload.draft_id))
    db.session.commit()
    for name in files:
        remove_file(name)
    return cast(CursorResult[Any], removed).rowcount


def _begin(draft_id: str, journey: str, at: datetime) -> Draft:
    draft = Draft(
        id=draft_id, journey=journey, answers={}, typed={}, started_at=at, updated_at=at, expires_at=at + _lifetime()
    )
    try:
        with db.session.begin_nested():
            # One that ran out and was not purged yet makes room for the new.
            removed = db.session.execute(sa.delete(Draft).where(Draft.id == draft_id, Draft.expires_at <= at))
            if cast(CursorResult[Any], removed).rowcount:
                uploads.forget_draft(draft_id)
            db.session.add(draft)
    except IntegrityError:  # the same button pressed twice: the other press was first
        return db.session.get_one(Draft, draft_id, with_for_update=True)
    return draft


def _is_current(draft: Draft, journey: str, at: datetime) -> bool:
    return draft.journey == journey and draft.expires_at > at


def _lifetime() -> timedelta:
    return timedelta(days=current_app.config["LETTERBOX"].draft_days)


def _cookie(journey: str) -> str:
    return f"draft-{journey}"


def _signer(journey: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=_cookie(journey))
