"""What somebody typed, made fit to be stored: both databases must be able to hold it, and give it back unchanged."""

import re

# PostgreSQL holds no NUL, and UTF-8 no half of a surrogate pair. Other control characters mean nothing here.
_CANNOT_BE_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|\x85|\u2028|\u2029")
_WHITE_SPACE = re.compile(r"\s+")


def typed(text: str | None) -> str | None:
    """The words with lines ended by a line feed; None when nothing is left."""
    if text is None:
        return None
    return _CANNOT_BE_STORED.sub("", _LINE_END.sub("\n", text)).strip() or None


def typed_line(text: str | None) -> str | None:
    """As ``typed``, on one line."""
    words = typed(text)
    return _WHITE_SPACE.sub(" ", words) if words else None
