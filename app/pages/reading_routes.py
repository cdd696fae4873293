"""The page on which a reader chooses text size and colours, and the choice on every other page."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.landlords.standards import current_landlord
from app.pages.reading import COOKIE, Aids, aids_in
from app.pages.reading_form import ReadingForm

ONE_YEAR = 365 * 24 * 60 * 60

reading = Blueprint("reading", __name__, url_prefix="/<lang:language>/reading")


def reading_aids() -> Aids:
    """The reader's choice, for any page."""
    return aids_in(request.cookies.get(COOKIE))


@reading.get("")
def choose() -> ResponseReturnValue:
    return _page(_form(reading_aids()))


@reading.post("")
def keep() -> ResponseReturnValue:
    if "reset" in request.form:
        return _kept(Aids())
    form = _form(Aids())
    if not form.validate():
        return _page(form), 400
    return _kept(Aids(**form.kept()))


def _form(aids: Aids) -> ReadingForm:
    answers = {kind: getattr(aids, kind) for kind in ("text", "spacing", "lines", "colours")}
    return ReadingForm(landlord=current_landlord(), answers={}, data=answers)


def _page(form: ReadingForm) -> str:
    typed = request.form.get("back")
    return render_template("pages/reading.html", form=form, back=typed or _where_from(request.referrer))


def _kept(aids: Aids) -> Response:
    """Back to the page that the reader came from, as they now want it."""
    response = redirect(_page_of_ours(request.form.get("back")) or url_for("pages.home"), 303)
    is_secure = current_app.config["LETTERBOX"].served_over_https
    if aids.kept:
        response.set_cookie(COOKIE, aids.kept, max_age=ONE_YEAR, secure=is_secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, secure=is_secure, httponly=True, samesite="Lax")
    return response  # type: ignore[return-value]  # redirect() of Flask gives Werkzeug's kind


def _where_from(referrer: str | None) -> str:
    """The page that led here. The browser says it; in an address it would stay in the history, whatever the page is."""
    parts = urlsplit(referrer or "")
    if parts.netloc != request.host:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _page_of_ours(path: str | None) -> str | None:
    """The path, where it is a page of this site that can be opened; None for anything else, and for this page."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return None
    try:
        endpoint, _values = current_app.url_map.bind("").match(path.partition("?")[0], method="GET")
    except RequestRedirect:
        return path
    except HTTPException:
        return None
    return None if endpoint.startswith(("reading.", "static")) else path
