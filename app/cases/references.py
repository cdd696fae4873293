"""References: what a tenant reads out on the phone, types from a letter, or hears on a recording.

Eight characters in two groups, ``K7M4-QX9T``: seven at random and one that checks them. The alphabet has at most one
of those that are taken for each other (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowel, so that no word can appear.

Return codes are secrets of the same kind, twelve characters in three groups: eleven at random, 23¹¹ ≈ 9.5 × 10¹⁴.
"""

import secrets

ALPHABET = "234679CDFGHJKMNPQRTVWXY"
RANDOM_CHARACTERS = 7
RANDOM_IN_CODE = 11
GROUP = 4  # characters
BASE = 20
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_BETWEEN_GROUPS = " \t\n\r\u00a0\u2007\u2009\u202f.,·_/-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212"
_LEFT_OUT = str.maketrans("", "", _BETWEEN_GROUPS)


def make_reference() -> str:
    """A new reference, unguessable. Whether it is free is for the database to say."""
    return with_check(_at_random(RANDOM_CHARACTERS))


def make_return_code() -> str:
    """A new secret to write down: ``K7M4-QX9T-3CDF``. Whoever checks one that was typed counts the wrong tries."""
    return with_check(_at_random(RANDOM_IN_CODE))


def with_check(characters: str) -> str:
    """The characters with the one that checks them, in groups."""
    return _in_groups(characters + _check_character(characters))


def read_reference(text: str) -> str | None:
    """The reference that somebody typed, as we write it; None if it cannot be one.

    Forgives lower case, spaces, and dashes of any kind. One wrong character, or two neighbours swapped, gives None.
    """
    return _read(text, RANDOM_CHARACTERS + 1)


def read_return_code(text: str) -> str | None:
    """The return code that somebody typed, as we write it; None if it cannot be one. As forgiving."""
    return _read(text, RANDOM_IN_CODE + 1)


def plain_characters(text: str) -> str:
    """What somebody typed, in capitals, without what stands between the groups."""
    return text.translate(_LEFT_OUT).upper()


def _read(text: str, length: int) -> str | None:
    characters = plain_characters(text)
    if len(characters) != length or any(character not in _VALUES for character in characters):
        return None
    if _check_character(characters[:-1]) != characters[-1]:
        return None
    return _in_groups(characters)


def _at_random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _in_groups(characters: str) -> str:
    return "-".join(characters[start : start + GROUP] for start in range(0, len(characters), GROUP))


def _check_character(characters: str) -> str:
    """The character that makes the whole reference, read as a number in base 20, a multiple of the prime 23.

    The places then weigh … 20², 20, 1 modulo 23: no weight is 0 and, up to 22 places, no two are equal. One wrong
    character changes the sum by weight × difference, and two that are swapped by the difference of weights × that of
    characters: neither is ever a multiple of 23.
    """
    total = 0
    for character in characters:
        total = (total * BASE + _VALUES[character]) % len(ALPHABET)
    return ALPHABET[-total * BASE % len(ALPHABET)]
