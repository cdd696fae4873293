"""Standard print: a letter on A4 in clear print, addressed for a window envelope."""

from dataclasses import replace

from app.formats import Choice
from app.formats.document import Document, File, FormatRefused, file_name
from app.formats.print_page import Sheet, make_pdf, pages_of_blocks

POINT_SIZE = 14  # clear print is 12 at least, and better 14
FOOT_POINT_SIZE = 12


def make(document: Document, choice: Choice) -> File:
    """A PDF/UA-1 file on the colour of ``choice.paper``.

    Raises FormatRefused when a font for the language is missing, or when there is no such paper.
    """
    sheet = _sheet(choice.paper)
    return File(
        file_name(document, f"standard-print{sheet.paper_in_name}.pdf"), "application/pdf", make_pdf(document, sheet)
    )


def with_print_pages(document: Document) -> Document:
    """The same, knowing on which page of standard print each of its blocks begins.

    Unchanged where it cannot be printed: what braille says of the print is a help, and no braille is refused for it.
    """
    try:
        return replace(document, print_pages=pages_of_blocks(document, _sheet("white")))
    except FormatRefused:
        return document


def _sheet(paper: str) -> Sheet:
    return Sheet("standard-print", POINT_SIZE, FOOT_POINT_SIZE, paper)
