"""Error pages in the reader's language: what happened, what to do next, and a phone number."""

import logging
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from app.extensions import db
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, current_language
from app.pages.language_switch import language_for_reader

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 60


@dataclass(frozen=True)
class Words:
    """What an error page says. ``offers_same_page`` adds a link that asks for the same address again."""

    title: Any
    what_happened: Any
    what_to_do: Any
    offers_same_page: bool = False


_TRY_AGAIN = _l("Try again in a few minutes. If you need an answer now, call us.")
PAGES = {
    400: Words(
        _l("We could not read what was sent"),
        _l("Something in the page or in its address was not as we expected."),
        _l("Go back, load the page again, and send it once more."),
    ),
    403: Words(
        _l("You cannot open this page"),
        _l("This page is for other people, or you need to sign in first."),
        _l("If you think this is wrong, call us."),
    ),
    404: Words(
        _l("We cannot find this page"),
        _l("The address may be wrong, or the page may have moved."),
        _l("Check the address. Or start from our home page."),
    ),
    405: Words(
        _l("This page cannot be used in this way"),
        _l("The address is right, but it cannot be opened like this."),
        _l("Start from our home page."),
    ),
    413: Words(
        _l("What you sent is too large"),
        _l("Your words or your file are larger than we can take."),
        _l("Go back and send less. Or call us, and we will find another way."),
    ),
    429: Words(
        _l("Too many tries"),
        _l("We had too many tries from you, or from people near you, in a short time."),
        _TRY_AGAIN,
    ),
    500: Words(
        _l("Sorry, something went wrong on our side"),
        _l("It is not your fault. We have made a note of it, and will look into it."),
        _TRY_AGAIN,
    ),
    503: Words(
        _l("Sorry, this is not working right now"),
        _l("It is not your fault. We could not save or find what is needed."),
        _TRY_AGAIN,
    ),
}
FORM_RAN_OUT = Words(
    _l("We could not be sure that this came from you"),
    _l("The page may have been open for a long time, or your browser may not keep cookies."),
    _l("Open the page again, check what it says, and send it once more."),
    offers_same_page=True,
)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_form_ran_out)
    app.register_error_handler(sa.exc.OperationalError, show_database_away)


def show_http_error(error: HTTPException) -> Response | HTTPException:
    """A page for every 4xx and 5xx; a redirect is left as it is."""
    code = error.code or 500
    if code < 400:
        return error
    words = PAGES.get(code) or PAGES[400 if code < 500 else 500]
    return _page(error, words)


def show_form_ran_out(error: CSRFError) -> Response:
    return _page(error, FORM_RAN_OUT)


def show_database_away(error: sa.exc.OperationalError) -> Response:
    """The database is locked, full or gone. Nothing of this act was kept, and it may pass."""
    log.error("The database is not working: %s", error, exc_info=error)
    db.session.rollback()
    response = _page(ServiceUnavailable(), PAGES[503])
    response.retry_after = RETRY_AFTER_SECONDS
    return response


def _page(error: HTTPException, words: Words) -> Response:
    response: Response = error.get_response()  # type: ignore[assignment]
    _speak_to_reader()
    response.set_data(_render(error, words))
    response.mimetype = "text/html"
    response.cache_control.no_store = True
    return response


def _speak_to_reader() -> None:
    """An address that does not exist has a language too, or its reader has."""
    if "language" not in g:
        g.language = LANGUAGES["en" if request.path.startswith("/staff") else language_for_reader()]
        refresh()


def _render(error: HTTPException, words: Words) -> str:
    """Without the names that rooms add to templates: those may ask the database, which may be what is wrong."""
    landlord = current_landlord()
    try:
        template = current_app.jinja_env.get_template("errors/error.html")
        return template.render(language=current_language(), landlord=landlord, words=words, is_error_page=True)
    except Exception:
        if not isinstance(error, InternalServerError):
            raise
        log.exception("The error page itself could not be made")
        call_us = _("Call us: %(phone)s", phone=f'<bdi dir="ltr">{landlord.phone.shown}</bdi>')
        page = f'<!DOCTYPE html><html lang="{current_language().tag}" dir="{current_language().direction}">'
        return f"{page}<title>{words.title}</title><p>{words.what_happened} {call_us}</p>"
