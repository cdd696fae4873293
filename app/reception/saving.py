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
_CODE, _TOKEN = "code", "link"


def make_code(draft: Draft, at: datetime) -> str:
    """A new code for this draft, to be shown once. No commit."""
    return _kept(draft, _CODE, make_return_code(), at)


def make_token(draft: Draft, at: datetime) -> str:
    """The secret part of a link to this draft. No commit."""
    return _kept(draft, _TOKEN, secrets.token_urlsafe(TOKEN_BYTES), at)


def draft_of_code(code: str, at: datetime) -> Draft | None:
    """What the code, as ``read_return_code`` gives it, opens, sent or not; None when it is wrong, deleted or ran out.

    Whoever asks counts the wrong ones: a code is short enough to be guessed by a machine.
    """
    return _draft_of(_CODE, code, at)


def draft_of_token(token: str, at: datetime) -> Draft | None:
    """The same for the secret part of a link, which nothing can guess. A code opens nothing here."""
    return _draft_of(_TOKEN, token, at)


def _draft_of(kind: str, secret: str, at: datetime) -> Draft | None:
    found = select(Draft).join(SavedDraft, SavedDraft.draft_id == Draft.id)
    return db.session.scalar(found.where(SavedDraft.secret_hash == _hash(kind, secret), Draft.expires_at > at))


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


def _kept(draft: Draft, kind: str, secret: str, at: datetime) -> str:
    db.session.add(SavedDraft(draft_id=draft.id, secret_hash=_hash(kind, secret), saved_at=at))
    return secret


def _hash(kind: str, secret: str) -> str:
    """Of the kind too: so that a code cannot be tried as a link, where no wrong tries are counted."""
    return hashlib.sha256(f"{kind}\n{secret}".encode()).hexdigest()
