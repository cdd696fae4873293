"""What makes a password hard to guess.

Length and unlikeliness, no rules about capitals and digits: OWASP ASVS 4.0.3, 2.1.1, 2.1.2, 2.1.7 and 2.1.9.
"""

import unicodedata
from collections.abc import Sequence

from flask_babel import gettext as _
from zxcvbn import zxcvbn

SHORTEST = 12  # characters; ASVS 2.1.1
LONGEST = 128  # ASVS 2.1.2
LOWEST_SCORE = 3  # of 4: "safely unguessable", ten thousand million tries and more
LOOKED_AT = 72  # characters; the estimate takes ever longer beyond


class PasswordRefused(Exception):
    """This password may not be used. ``words`` tell the colleague what to do instead."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def normal(password: str) -> str:
    """The same password however the keyboard composed its accents (NFKC; ASVS 2.1.4)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, about: Sequence[str]) -> None:
    """Hold a new password against the rules; ``about`` are the words an attacker would try first, such as the name.

    Raises PasswordRefused with what to do instead.
    """
    text = normal(password)
    if len(text) < SHORTEST:
        raise PasswordRefused(_("Enter a password of %(least)s characters or more", least=SHORTEST))
    if len(text) > LONGEST:
        raise PasswordRefused(_("Enter a password of %(most)s characters or fewer", most=LONGEST))
    if zxcvbn(text[:LOOKED_AT], user_inputs=[part for part in about if part])["score"] < LOWEST_SCORE:
        raise PasswordRefused(_("Enter a password that is harder to guess. Three or four words at random work well."))
