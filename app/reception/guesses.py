"""Wrong guesses at what only the tenant knows: counted for a while, so that nobody can try until it opens.

``about`` says what is counted, and is kept as a keyed hash: ``of_network`` for whose line it came by, ``of_thing`` for
what was guessed at. Whoever checks a secret asks ``too_many`` for both before it looks, and records a wrong try under
both. A right one is not counted: ten tenants at one library computer are not in each other's way.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, cast

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import CursorResult

from app.extensions import db, start_writing
from app.reception.models import WrongGuess

WINDOW = timedelta(minutes=15)
MOST_AT_ONE_THING = 10  # wrong tries within the window
MOST_FROM_ONE_NETWORK = 60
_NETWORK, _THING = "network-", "thing-"
_HASH_LENGTH = 48  # hex digits: 192 bits


def of_network(address: str | None) -> str:
    """For the address that a request came from. Of IPv6 the /64, which is one line's."""
    return _about(_NETWORK, _line(address or ""))


def of_thing(kind: str, words: str) -> str:
    """For what was guessed at: ``of_thing("case", reference)``. ``words`` in one form, as ``read_reference`` gives."""
    return _about(_THING, f"{kind}\n{words}")


def too_many(about: str, at: datetime) -> bool:
    """Whether to look no further for now."""
    most = MOST_FROM_ONE_NETWORK if about.startswith(_NETWORK) else MOST_AT_ONE_THING
    counted = sa.select(sa.func.count()).where(WrongGuess.about == about, WrongGuess.at > at - WINDOW)
    return (db.session.scalar(counted) or 0) >= most


def record(about: str, at: datetime) -> None:
    """Count a wrong try. No commit."""
    db.session.add(WrongGuess(about=about, at=at))


def forget_old(at: datetime) -> int:
    """Remove what no longer counts. Commits; gives how many."""
    start_writing()
    removed = db.session.execute(sa.delete(WrongGuess).where(WrongGuess.at <= at - WINDOW))
    db.session.commit()
    return cast(CursorResult[Any], removed).rowcount


def _about(kind: str, words: str) -> str:
    secret = current_app.secret_key or ""
    key = secret.encode() if isinstance(secret, str) else secret
    return kind + hmac.new(key, words.encode(), hashlib.sha256).hexdigest()[:_HASH_LENGTH]


def _line(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))
    return str(found)
