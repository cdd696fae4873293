"""A letter before it is written, as its reader will have it: its words on the page, and each format made at once.

One way for every page: the letter as it would be (``letters.unsent``), from a draft or from an act that is done and
rolled back. Nothing is kept.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from flask import Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_talisman import Talisman
from markupsafe import Markup

from app import formats
from app.caseload.format_words import refused_words
from app.caseload.words import format_words
from app.cases.models import Case
from app.extensions import CONTENT_POLICY
from app.formats import FORMATS, Choice, can_make
from app.formats.document import Document, File, FormatRefused
from app.letters.actions import needed_format
from app.letters.files import key_of
from app.letters.storage import in_one_piece
from app.letters.unsent import Unsent

BLANK_LINES = re.compile(r"\n\s*\n")
PLAYED = "audio"  # in the page itself
INLINE = frozenset({"application/pdf", "text/html", "text/plain", "audio/mpeg", "audio/wav", "audio/x-wav"})
# A made letter in a window or a frame of our own: its sheet is within it, nothing in it runs.
as_a_letter = Talisman()(
    frame_options="SAMEORIGIN",
    content_security_policy={
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "'self' data:",
        "media-src": "'self'",
        "frame-ancestors": "'self'",
    },
)
with_a_letter_in_a_frame = Talisman()(content_security_policy={**CONTENT_POLICY, "frame-src": "'self'"})


@dataclass(frozen=True)
class Offer:
    """One format to look at. ``is_needed``: it is the tenant's. ``against``: why it cannot be made in this language."""

    format: str
    words: str
    is_needed: bool
    against: str | None


def look(letter: Unsent) -> dict[str, object]:
    """For ``_look.html``."""
    body = BLANK_LINES.sub("\n", letter.body)  # an address is shown line by line
    return {"title": letter.title, "body": Markup(body), "language": letter.language}  # noqa: S704  # escaped there


def offers(case: Case) -> list[Offer]:
    """Every format in the size, grade and rate that this tenant needs; the one that they need comes first."""
    needed, choice = needed_format(case)
    names = [needed, *(name for name in FORMATS if name != needed)]
    return [Offer(name, _words(name, choice), name == needed, _against(case.language, name)) for name in names]


def as_file(case: Case, letter: Unsent, format_name: str) -> ResponseReturnValue:
    """The letter made in this format, in the browser where it can show it. 404 for an unknown format."""
    if format_name not in FORMATS:
        abort(404)
    try:
        make = _made_for_playing if format_name == PLAYED else formats.make_letter
        made = in_one_piece(make(format_name, letter.document, needed_format(case)[1]))
    except FormatRefused as refused:
        why = refused_words(letter.language, format_name, refused.reason)
        page = render_template("caseload/not_made.html", case=case, format=format_name, why=why)
        return page, 409
    return _answer(made)


@lru_cache(maxsize=2)
def _made_for_playing(format_name: str, document: Document, choice: Choice) -> File:
    """A browser asks for a sound piece by piece: the last two that were made are at hand."""
    return formats.make_letter(format_name, document, choice)


def _answer(made: File) -> Response:
    kind = made.media_type.partition(";")[0]
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=kind not in INLINE,
        download_name=made.name,
        conditional=True,
        max_age=0,
    )


def _against(language: str, name: str) -> str | None:
    return refused_words(language, name, None) if can_make(language, name) else None


def _words(name: str, choice: Choice) -> str:
    _format, point_size, braille_grade, variant = key_of(name, choice)
    return format_words(name, point_size, braille_grade, variant)
