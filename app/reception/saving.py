"""A way back to a form from another browser: a code to write down, or a link sent by email.

Of either only the SHA-256 is kept: whoever reads the database cannot come back with it. Whoever holds one can read and
change the answers until the form is sent, deleted or runs out.
"""

import hashlib
import secrets
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.cases.clock import LONDON
from app.cases.references import make_return_code
from app.dispatch.actions import queue_words
from app.extensions import db
from app.journeys.models import Draft, SavedDraft
from app.landlords.standards import current_landlord
from app.languages import current_language
from app.languages.times import day_words

TOKEN_BYTES = 32  # 256 bits


def make_code(draft: Draft, at: datetime) -> str:
    """A new code for this draft, to be shown once. No commit."""
    return _kept(draft, make_return_code(), at)


def make_token(draft: Draft, at: datetime) -> str:
    """The secret part of a link to this draft. No commit."""
    return _kept(draft, secrets.token_urlsafe(TOKEN_BYTES), at)


def draft_of(secret: str, at: datetime) -> Draft | None:
    """What the code or the token opens, sent or not; None for a wrong one, and when it was deleted or ran out.

    A code as ``read_return_code`` gives it.
    """
    found = select(Draft).join(SavedDraft, SavedDraft.draft_id == Draft.id)
    return db.session.scalar(found.where(SavedDraft.secret_hash == _hash(secret), Draft.expires_at > at))


def send_link(address: str, link: str, until: datetime, at: datetime) -> None:
    """By email, in the page's language. It does not say what the form is about: others may read the mailbox.

    No commit.
    """
    landlord = current_landlord()
    # Translators: the subject of an email. It must not say what it is about: others may see it.
    subject = _("Your link from %(landlord)s", landlord=landlord.name)
    paragraphs = (
        _("You asked us to keep what you typed on our website. To go on, open this page:"),
        link,
        _("The link works until %(day)s. When you type more, it works longer.", day=last_day(until)),
        _("Do not pass this email on. Whoever has the link can read and change what you typed."),
        _("If you did not ask for this, you need do nothing. You can delete this email."),
    )
    queue_words(address, subject, "\n\n".join(str(one) for one in paragraphs), current_language().tag, at)


def last_day(until: datetime) -> str:
    """The last whole day on which the answers are there, in words."""
    return day_words(until.astimezone(LONDON).date())


def _kept(draft: Draft, secret: str, at: datetime) -> str:
    db.session.add(SavedDraft(draft_id=draft.id, secret_hash=_hash(secret), saved_at=at))
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
