"""Standard print: a letter on A4 in clear print, addressed for a window envelope."""

from app.formats import Choice
from app.formats.document import Document, File, file_name
from app.formats.print_page import Sheet, make_pdf

POINT_SIZE = 14  # clear print is 12 at least, and better 14
FOOT_POINT_SIZE = 12


def make(document: Document, choice: Choice) -> File:
    """A PDF/UA-1 file on the colour of ``choice.paper``.

    Raises FormatRefused when a font for the language is missing, or when there is no such paper.
    """
    sheet = Sheet("standard-print", POINT_SIZE, FOOT_POINT_SIZE, choice.paper)
    return File(
        file_name(document, f"standard-print{sheet.paper_in_name}.pdf"), "application/pdf", make_pdf(document, sheet)
    )
