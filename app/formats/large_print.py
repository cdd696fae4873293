"""Large print: the letter set anew at the size that its reader asked for, never an enlarged picture of it."""

from app.formats import Choice
from app.formats.document import Document, File, FormatRefused, file_name
from app.formats.print_page import Sheet, make_pdf

SMALLEST, LARGEST = 16, 28  # points: what UKAAF and RNIB call large print, up to giant print


def make(document: Document, choice: Choice) -> File:
    """A PDF/UA-1 file at ``choice.point_size`` on the colour of ``choice.paper``.

    Raises FormatRefused when the size is not from 16 to 28 points, when a font for the language is missing, or when
    there is no such paper.
    """
    size = choice.point_size
    if not SMALLEST <= size <= LARGEST:
        raise FormatRefused(f"Large print is made from {SMALLEST} to {LARGEST} points, not {size}.")
    sheet = Sheet("large-print", size, foot_point_size=size, paper=choice.paper)
    return File(
        file_name(document, f"large-print-{size}{sheet.paper_in_name}.pdf"),
        "application/pdf",
        make_pdf(document, sheet),
    )
