"""Where a page of the queue begins, as it stands in an address: ``1798550340000000-17``, ``none-17``, ``~gAAAAAB…``.

What is sorted by in words is a tenant's name, and addresses are kept: by browsers, and in the logs of servers. So a
place in words is sealed with the site's key.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

from app.cases.lists import ORDERS, Place

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(microseconds=1)
TEXT = "~"
GREATEST_ID = 2**31 - 1


def place_in_address(place: Place | None) -> str | None:
    if place is None:
        return None
    if isinstance(place.value, str):
        return TEXT + _seal().encrypt(f"{place.value}-{place.case_id}".encode()).decode().rstrip("=")
    moment = "none" if place.value is None else str((place.value - EPOCH) // ONE)
    return f"{moment}-{place.case_id}"


def place_from(text: str | None, order: str = "due") -> Place | None:
    """The same read back; None, the first page, for what is no place in this order: a key of ORDERS."""
    written = text or ""
    try:
        place = _sealed(written.removeprefix(TEXT)) if written.startswith(TEXT) else _moment(written)
    except (ValueError, OverflowError, InvalidToken):
        return None
    fits = ORDERS[order].may_be_empty if place.value is None else isinstance(place.value, ORDERS[order].kind)
    return place if fits and 0 <= place.case_id <= GREATEST_ID else None


def _sealed(written: str) -> Place:
    padded = written + "=" * (-len(written) % 4)
    value, _dash, number = _seal().decrypt(padded.encode()).decode().rpartition("-")
    return Place(value, int(number))


def _moment(written: str) -> Place:
    moment, _dash, number = written.rpartition("-")
    return Place(None if moment == "none" else EPOCH + int(moment) * ONE, int(number))


def _seal() -> Fernet:
    """A key of its own, from the site's: after a new one, a list that stands open begins at its first page."""
    secret = str(current_app.secret_key or "").encode()
    return Fernet(base64.urlsafe_b64encode(hmac.new(secret, b"place in a list", hashlib.sha256).digest()))
