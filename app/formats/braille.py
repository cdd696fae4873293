"""The letter in braille: a BRF file that an embosser prints and a braille display reads."""

from app.formats import Choice
from app.formats.braille_cells import to_brf
from app.formats.braille_pages import make_pages
from app.formats.document import Document, File, file_name

# BRF comes from DOS: embossers and displays end a line at carriage return + line feed, and a page at form feed.
LINE_END, PAGE_END = "\r\n", "\f"


def make(document: Document, choice: Choice) -> File:
    """A BRF of pages of the size chosen. Its name tells language and grade, and the size where it is not the usual one.

    Raises FormatRefused as ``make_pages`` does.
    """
    pages = make_pages(document, choice)
    text = PAGE_END.join("".join(f"{to_brf(line)}{LINE_END}" for line in page) for page in pages.rows())
    return File(file_name(document, f"{pages.name}.brf"), "application/x-brf", text.encode("ascii"))
