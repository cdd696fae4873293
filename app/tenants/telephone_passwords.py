"""The word that a caller says to show who they are (L06). It is spoken: capitals, accents and spaces do not count.

Only its Argon2 hash is kept. Nobody can read it, not even whoever set it.
"""

import unicodedata
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.tenants.models import Tenant

SHORTEST, LONGEST = 6, 60  # letters and digits, as they are spoken


class WordRefused(ValueError):
    """Too short or too long to be used: fewer than SHORTEST letters and digits, or more than LONGEST."""


def spoken(words: str) -> str:
    """What is compared: letters and digits alone."""
    parts = unicodedata.normalize("NFKD", words).casefold()
    return "".join(character for character in parts if character.isalnum())


def set_word(tenant: Tenant, words: str, at: datetime) -> None:
    """Keep its hash. No commit. Raises WordRefused."""
    heard = spoken(words)
    if not SHORTEST <= len(heard) <= LONGEST:
        raise WordRefused
    tenant.telephone_password, tenant.telephone_password_set_at = PasswordHasher().hash(heard), at


def is_right(hashed: str, words: str) -> bool:
    try:
        return PasswordHasher().verify(hashed, spoken(words)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
