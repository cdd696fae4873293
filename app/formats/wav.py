"""WAV: the letter's sound as it was spoken, for players and editors that take nothing else."""

from app.formats import Choice
from app.formats.document import Document, File, FormatRefused


def make(document: Document, choice: Choice) -> File:
    """Raises FormatRefused."""
    raise FormatRefused("WAV is not made yet.")
