"""The codes of the second factor, by Flask-Security's own machinery (TOTP, RFC 6238), and the recovery codes.

The secrets are kept encrypted, under keys that come from the site's secret keys. A key has a tag that is its own
fingerprint; so an old key that is still in OLD_SECRET_KEYS reads what was written with it, and what is read is written
anew with the key of now (docs/decisions.md).
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from flask import current_app
from flask_security.totp import Totp
from passlib.exc import TokenError
from passlib.totp import TOTP, AppWallet

PERIOD = 30  # seconds that a code stands on the telephone
WINDOW = 30  # seconds before and after: clocks differ, and fingers are slow
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_LENGTH = 16  # of 23 characters: 72 bits, so a plain hash of them tells nothing
ALPHABET = "234679CDFGHJKMNPQRTVWXY"  # nothing that is taken for something else, and no words
# The key is long and random already: stretching it, as passlib does for a password, would only take time.
STRETCHED = 1


class OneTimeCodes(Totp):
    """Flask-Security's factory of codes, with the two things that it leaves to us: our keys, and no code twice."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        """``secrets``: a key by its tag, that of now first. ``issuer`` is what the telephone shows."""
        super().__init__(secrets, issuer)
        wallet = AppWallet(secrets, default_tag=next(iter(secrets)), encrypt_cost=STRETCHED)
        self._totp = TOTP.using(issuer=issuer, wallet=wallet)

    def counter_of(self, code: str, secret: str, at: datetime, last_counter: int | None) -> int | None:
        """Which period the code is of, when it is right at this moment and later than the last that was used.

        None where it is wrong, used, or its secret was kept under a key that is gone.
        """
        try:
            match = self._totp.verify(code, secret, time=at, window=WINDOW, last_counter=last_counter)
        except (TokenError, KeyError):
            return None
        return int(match.counter)

    def code_at(self, secret: str, at: datetime) -> str:
        """What the telephone shows at this moment."""
        return str(self._totp.from_source(secret).generate(at).token)

    def kept(self, base32: str) -> str:
        """A known secret as it is kept. For colleagues of a demonstration and of tests."""
        return str(self._totp(key=base32, format="base32").to_json(encrypt=True))

    def with_todays_key(self, secret: str) -> str:
        """The same secret, written anew where it was kept under an old key."""
        read = self._totp.from_source(secret)
        return str(read.to_json(encrypt=True)) if read.changed else secret

    def generate_recovery_codes(self, number: int) -> list[str]:
        return [_in_groups("".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH))) for _ in range(number)]


def keys_from(secret_keys: Iterable[str]) -> dict[str, str]:
    """For SECURITY_TOTP_SECRETS: of each secret key one of its own, under a tag that tells nothing of it."""
    made = (hmac.new(key.encode(), b"second factor", "sha256").hexdigest() for key in secret_keys)
    return {hashlib.sha256(key.encode()).hexdigest()[:12]: key for key in made}


def one_time_codes() -> OneTimeCodes:
    found: Any = current_app.extensions["security"].totp_factory
    assert isinstance(found, OneTimeCodes)
    return found


def picture_of(secret: str, email: str) -> bytes:
    """The QR code that an app for codes reads: an SVG, dark on white whatever the colours of the page."""
    made = BytesIO()
    address = one_time_codes().get_totp_uri(email, secret)
    segno.make(address, error="m").save(made, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
    return made.getvalue()


def typed_code(text: str) -> str:
    """The code without the spaces and dashes that people type, in capitals."""
    return "".join(character for character in text if character.isalnum()).upper()


def is_of_the_app(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdecimal()


def hash_of_recovery_code(code: str) -> str:
    return hashlib.sha256(typed_code(code).encode()).hexdigest()


def recovery_hash_in(code: str, hashes: Sequence[str]) -> str | None:
    """Which of these it is; compared in a time that tells nothing."""
    tried = hash_of_recovery_code(code)
    return next((one for one in hashes if hmac.compare_digest(one, tried)), None)


def _in_groups(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
