"""A talking book: EPUB 3 with media overlays, words and sound together, for the players that blind people own."""

from app.formats import Choice
from app.formats.document import Document, File, FormatRefused


def make(document: Document, choice: Choice) -> File:
    """Raises FormatRefused."""
    raise FormatRefused("A talking book is not made yet.")
