"""Home, contact, the statements, and the two addresses that machines ask."""

from dataclasses import asdict
from datetime import UTC, datetime

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.extensions import limiter, without_https
from app.landlords.standards import current_landlord
from app.languages import choose
from app.notices.closures import closures_of
from app.notices.front_routes import front_of_request, moment_of_request
from app.pages.content_routes import add_content
from app.pages.health import readiness
from app.pages.language_switch import COOKIE, languages_offered, remember_language
from app.pages.opening import Opening, opening_at

pages = Blueprint("pages", __name__)
pages.after_app_request(remember_language)


def opening_now() -> Opening:
    """Whether the office is open at the moment of the page, for any page."""
    landlord = current_landlord()
    closures = closures_of(front_of_request().notices)
    return opening_at(moment_of_request(), landlord.hours, landlord.calendar, closures)


def waiting_now() -> int | None:
    """How many minutes callers wait, for any page. None while it is not said, or while nobody answers the phone."""
    waiting = front_of_request().waiting
    return waiting.minutes if waiting is not None and opening_now().is_open else None


@pages.after_app_request
def keep_out_of_shared_caches(response: Response) -> Response:
    """A page with a form is kept nowhere; any other is asked for afresh, so that “open now” is true."""
    if response.mimetype == "text/html" and not response.cache_control:
        if "csrf_token" in g:  # it holds a form, and may hold what somebody typed
            response.cache_control.no_store = True
        else:
            response.cache_control.no_cache = True
    return response


@pages.get("/")
def choose_language() -> ResponseReturnValue:
    tag = choose(request.cookies.get(COOKIE), request.accept_languages, languages_offered())
    response = redirect(url_for("pages.home", language=tag), 302)
    response.vary.update(["Cookie", "Accept-Language"])
    response.cache_control.no_cache = True
    return response


@pages.get("/<lang:language>/")
def home() -> ResponseReturnValue:
    return render_template("pages/home.html")


add_content(pages)


@pages.get("/healthz")
@limiter.exempt
@without_https
def is_alive() -> ResponseReturnValue:
    return Response("alive\n", mimetype="text/plain")


@pages.get("/readyz")
@limiter.exempt
@without_https
def is_ready() -> ResponseReturnValue:
    state = readiness(datetime.now(UTC))
    return jsonify(asdict(state)), 200 if state.is_ready else 503
