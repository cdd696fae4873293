"""What a tenant typed, in one form: so that the same words are equal, counted alike, and can be stored."""

import unicodedata

from app.tenants import words


def kept_words(typed: str) -> str:
    """The same words with accents joined to their letters (NFC), and without what no database can hold."""
    return unicodedata.normalize("NFC", words.typed(typed) or "")


def kept_line(typed: str) -> str:
    """The same for an answer of one line: a line break or tab that was pasted in becomes a space."""
    return unicodedata.normalize("NFC", words.typed_line(typed) or "")
