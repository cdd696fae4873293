"""The few words that a format adds of its own, in the document's language.

Everything else on a page is the letter's. A test that holds the formats' words equal takes exactly these away.
"""

from flask_babel import gettext as _

from app.formats.document import Document
from app.languages import speaking


def phone() -> str:
    # Translators: before the landlord's telephone number at the head of a letter.
    return _("Phone:")


def email() -> str:
    # Translators: before the landlord's e-mail address at the head of a letter.
    return _("Email:")


def date() -> str:
    # Translators: before the date of a letter, at its head.
    return _("Date:")


def reference() -> str:
    # Translators: before the case's reference at the head of a letter, as in "Our reference: K7M4-QX9T".
    return _("Our reference:")


def page(number: str, of: str) -> str:
    # Translators: at the foot of each page of a printed letter.
    return _("Page %(number)s of %(of)s", number=number, of=of)


def print_page(number: str) -> str:
    # Translators: at the head of a page of braille: on which page of the printed letter it stands. "2", or "2-3".
    return _("print page %(number)s", number=number)


def continued() -> str:
    # Translators: at the foot of a printed page when the letter goes on.
    return _("Continued on the next page")


def no_glyph(code: str) -> str:
    # Translators: stands in print for a sign that no font can show, such as an emoji. The code is as in "U+1F600".
    return _("[sign %(code)s]", code=code)


def added_words(document: Document) -> list[str]:
    """The labels at the head of a letter, as the formats write them (not those at the foot of a page)."""
    with speaking(document.language):
        return [phone(), email(), date(), reference()]
