"""HTML: one file that needs nothing else, for an e-mail, a browser or a screen reader."""

from flask import render_template
from markupsafe import Markup

from app.formats import Choice, labels, marks
from app.formats.document import Document, File, file_name
from app.formats.markup import Setting
from app.languages import LANGUAGES, speaking


def make(document: Document, choice: Choice) -> File:
    """One HTML page in UTF-8 with its style inside."""
    return File(file_name(document, "letter.html"), "text/html; charset=utf-8", page_of(document).encode())


def page_of(document: Document, foot: Markup | str = "") -> str:
    """The same page as text; ``foot`` is a paragraph of ours below the letter, as in an email."""
    with speaking(document.language):
        return render_template(
            "formats/letter.html",
            document=document,
            labels=labels,
            setting=Setting.of(document),
            mark=marks.on_a_page(document),
            mark_colours=marks.colours(document),
            direction=LANGUAGES[document.language].direction,
            foot=foot,
        )
