"""PEF: braille as an XML file, for embossers' software and transcription services anywhere."""

from app.formats import Choice
from app.formats.document import Document, File, FormatRefused


def make(document: Document, choice: Choice) -> File:
    """Raises FormatRefused."""
    raise FormatRefused("PEF is not made yet.")
