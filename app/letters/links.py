"""A link to one letter on the site, for whoever got the letter by email: signed, and over after some days.

It is in an email that holds the whole letter: it tells nobody more than that email does.
"""

from datetime import UTC, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.extensions import db
from app.letters.models import Letter

LASTS = timedelta(days=30)  # from the day of the email; the tenant's own page on the case holds the letter longer
PATH = "letter"  # /<language>/letter/<key>: printed in emails, so it stays
_SALT = "letter"


class LinkIsOver(Exception):
    """It was right, and its days are over."""


def address_of(letter: Letter, begun_at: datetime) -> str:
    """The whole address of the letter's page. The same each time for the same letter and moment."""
    key = _signer().dumps([letter.id, int(over_at(begun_at).timestamp())])
    site = current_app.config["LETTERBOX"].public_url
    return f"{site}/{letter.language}/{PATH}/{key if isinstance(key, str) else key.decode()}"


def over_at(begun_at: datetime) -> datetime:
    return begun_at + LASTS


def letter_behind(key: str, at: datetime) -> tuple[Letter, datetime] | None:
    """The letter and the moment when the link is over; None for a key that we did not sign, or a letter that is gone.

    Raises LinkIsOver.
    """
    try:
        letter_id, seconds = _signer().loads(key)
    except (BadSignature, TypeError, ValueError):
        return None
    until = datetime.fromtimestamp(seconds, UTC)
    if at >= until:
        raise LinkIsOver
    letter = db.session.get(Letter, letter_id)
    return None if letter is None or letter.case.anonymised_at else (letter, until)


def _signer() -> URLSafeSerializer:
    keys = current_app.config["LETTERBOX"].secret_keys
    return URLSafeSerializer(list(reversed(keys)), salt=_SALT)  # the newest last: it signs, all of them open
