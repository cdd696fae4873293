"""Parts of pages that are made from data: a line ``[[name]]`` in a page's Markdown sets one in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from markupsafe import Markup

from app.landlords.shapes import Landlord

# In the language of the moment. The letters' few tags (``formats/document``), headings from h2; links may be ``page:``
# and ``form:`` as in Markdown.
Make = Callable[[Landlord, datetime], Markup]
_KEY = "content_parts"


@dataclass(frozen=True)
class Part:
    """``on_screen`` is what the website shows in its place, any HTML: a form, a film, what is true at this moment."""

    name: str
    make: Make
    on_screen: Make | None = None


class UnknownPart(LookupError):
    """No part of this name has been added."""


def add_part(app: Flask, name: str, make: Make, on_screen: Make | None = None) -> None:
    """Let pages set in a part: rooms above call it from their ``init_app``.

    ``make(landlord, at)`` gives the letters' few tags, so that the page can be had in every format: empty Markup where
    a part is for the screen only. ``at`` is aware; nothing is asked of the database but what the page may ask.
    ``on_screen(landlord, at)``, where given, stands on the website instead: any HTML, valid where a paragraph is.
    """
    app.extensions.setdefault(_KEY, {})[name] = Part(name, make, on_screen)


def part_named(name: str) -> Part:
    """Raises UnknownPart."""
    parts: dict[str, Part] = current_app.extensions.get(_KEY, {})
    try:
        return parts[name]
    except KeyError:
        raise UnknownPart(name) from None
