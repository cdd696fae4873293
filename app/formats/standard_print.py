"""Standard print: a letter on A4 in clear print, addressed for a window envelope."""

from app.formats import Choice
from app.formats.document import Document, File, file_name
from app.formats.print_page import Sheet, make_pdf

POINT_SIZE = 14  # clear print is 12 at least, and better 14
FOOT_POINT_SIZE = 12


def make(document: Document, choice: Choice) -> File:
    """A PDF/UA-1 file. Raises FormatRefused when a font for the language is missing."""
    sheet = Sheet("standard-print", POINT_SIZE, FOOT_POINT_SIZE)
    return File(file_name(document, "standard-print.pdf"), "application/pdf", make_pdf(document, sheet))
