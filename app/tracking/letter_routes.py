"""One letter on a page of its own, behind the link that its email holds: to read, to hear, to keep in any format."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.extensions import db
from app.formats import labels
from app.formats.document import FormatRefused
from app.formats.markup import Setting
from app.journeys.drafts import CANNOT_SAVE
from app.languages import LANGUAGES, speaking
from app.letters.actions import NotMadeYet, document_of, landlord_of
from app.letters.links import PATH, LinkIsOver, letter_behind
from app.letters.models import Letter
from app.reception.taking_home import FORMATS, formats_for, taken_home
from app.tracking.doors import is_sensitive
from app.tracking.routes import now

HEARD_HERE = "audio"  # the format that the page itself plays

letter_page = Blueprint("letter_page", __name__, url_prefix=f"/<lang:language>/{PATH}")


@letter_page.after_request
def keep_private(response: Response) -> Response:
    """No browser or proxy keeps it, and no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@letter_page.get("/<key>")
def read_a_letter(key: str) -> ResponseReturnValue:
    letter, until = _behind(key, now())
    document = document_of(letter, landlord_of(letter.case))
    formats = formats_for(letter.case)
    setting = replace(Setting.of(document), deeper=1)
    with speaking(document.language):  # "Date:" above an English letter is English too, on a page in any language
        words = render_template("tracking/_letter.html", document=document, setting=setting, labels=labels)
    return render_template(
        "tracking/letter.html",
        letter=letter,
        document=document,
        words_of_letter=Markup(words),  # noqa: S704  # a template of ours
        direction=LANGUAGES[document.language].direction,
        formats={name: formats[name] for name in formats if name != "html"},
        key=key,
        until=until,
    )


@letter_page.get("/<key>/<format>")
def take_a_letter(key: str, format: str) -> ResponseReturnValue:
    """A file to keep; the sound is played by the page itself where ``?here`` is asked."""
    letter, _until = _behind(key, now())
    if format not in FORMATS:
        abort(404)
    try:
        return taken_home(letter, format, now(), is_shown_here=format == HEARD_HERE and "here" in request.args)
    except FormatRefused:
        return _no_file(key, format, is_refused=True), 422
    except (NotMadeYet, *CANNOT_SAVE):
        current_app.logger.exception("a letter could not be made")
        db.session.rollback()
        return _no_file(key, format, is_refused=False), 503


@letter_page.errorhandler(LinkIsOver)
def say_that_it_is_over(_over: LinkIsOver) -> ResponseReturnValue:
    return render_template("tracking/letter_is_over.html"), 410


def _behind(key: str, at: datetime) -> tuple[Letter, datetime]:
    """Where somebody may look over the tenant's shoulder, no link was ever given: none opens."""
    found = letter_behind(key, at)
    if found is None or is_sensitive(found[0].case):
        abort(404)
    return found


def _no_file(key: str, format: str, *, is_refused: bool) -> str:
    return render_template("tracking/no_letter.html", format=FORMATS[format], is_refused=is_refused, key=key)
