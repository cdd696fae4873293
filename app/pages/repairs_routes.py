"""Who repairs what, with a box to look it up: an address that can be sent to somebody, and no script."""

from datetime import datetime

from flask import Flask, render_template, request
from markupsafe import Markup

from app.content.addresses import address_of
from app.content.parts import add_part
from app.content.repairs import MOST_LETTERS, WHO, as_part, found, responsibilities
from app.landlords.shapes import Landlord
from app.languages import current_language


def init_app(app: Flask) -> None:
    responsibilities()  # a mistake in the file stops the start
    add_part(app, "repairs-list", as_part, with_search)


def with_search(landlord: Landlord, at: datetime) -> Markup:
    """The box, and what was found: the whole list in its groups where nothing was asked."""
    asked = " ".join(request.args.get("q", "").split())[:MOST_LETTERS]
    language = current_language().tag
    page = render_template(
        "pages/repairs_list.html",
        asked=asked,
        found=found(asked) if asked else (),
        all=responsibilities(),
        who=WHO,
        address_of=lambda slug: address_of(slug, language),
    )
    return Markup(page)  # noqa: S704  # our own template
