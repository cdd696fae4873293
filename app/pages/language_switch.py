"""The same page in each language that the landlord offers, and the reader's choice among them."""

from dataclasses import dataclass

from babel.lists import format_list
from flask import Response, current_app, g, redirect, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, Language, choose, current_language
from app.languages.paths import in_language
from app.staff.previewing import previewed

COOKIE = "language"
ONE_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class SamePage:
    """One page in one language."""

    language: Language
    address: str
    full_address: str  # with the site's own name and without a question, for search engines
    is_page: bool  # False on an error page, which nobody should be led to


def languages_offered() -> list[str]:
    """The tags of the landlord's languages, in its order."""
    return [tag for tag in current_landlord().languages if tag in LANGUAGES]


def language_for_reader() -> str:
    """The tag of the language of the address, else of the earlier choice, else of the browser, else the first."""
    tags = languages_offered()
    first = request.path.split("/", 2)[1] if "/" in request.path else ""
    return first if first in tags else choose(request.cookies.get(COOKIE), request.accept_languages, tags)


def lead_to_a_language_offered() -> Response | None:
    """For ``before_request``: an address in a language that this site does not offer leads to the same page in another.

    It may stand in a letter that was sent while the language was offered. A form that is on its way goes with it. A
    translator who looks at unpublished words stays.
    """
    if "language" not in g or current_language().tag in languages_offered() or previewed():
        return None
    chosen = choose(request.cookies.get(COOKIE), request.accept_languages, languages_offered())
    address = in_language(str(request.endpoint), chosen, request.view_args or {})
    question = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    response: Response = redirect(address + question, 307)  # type: ignore[assignment]  # keeps what was sent
    response.cache_control.no_store = True  # until the language is offered
    return response


def same_page_in_each_language() -> list[SamePage]:
    """For the switch. An address that can only be sent to leads to home; one that does not exist stays as it is."""
    site = current_app.config["LETTERBOX"].public_url
    is_page = _has_languages() and _can_be_read()
    found = []
    for tag in languages_offered():
        address = _address_in(tag)
        found.append(SamePage(LANGUAGES[tag], address, site + address.partition("?")[0], is_page))
    return found


def this_page_address() -> str:
    """The address of this page, to be asked for again; home where it cannot be."""
    return _address_in(current_language().tag)


def language_names() -> Markup:
    """The languages offered, each under its own name and marked as its own: “English, Cymraeg and العربية”."""
    names = [
        Markup('<span lang="{}" dir="{}">{}</span>').format(tag, LANGUAGES[tag].direction, LANGUAGES[tag].own_name)
        for tag in languages_offered()
    ]
    return Markup(format_list(names, locale=get_locale()))  # noqa: S704  # every part is escaped above


def _address_in(tag: str) -> str:
    if _has_languages() and _can_be_read():
        question = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
        return in_language(str(request.endpoint), tag, request.view_args or {}) + question
    parts = request.path.split("/", 2)
    if request.endpoint is None and len(parts) == 3 and parts[1] in LANGUAGES:
        return url_for("pages.home", language=tag) + parts[2]
    return url_for("pages.home", language=tag)


def _has_languages() -> bool:
    return bool(request.endpoint) and current_app.url_map.is_endpoint_expecting(str(request.endpoint), "language")


def _can_be_read() -> bool:
    rules = current_app.url_map.iter_rules(str(request.endpoint))
    return any("GET" in (rule.methods or ()) for rule in rules)


def remember_language(response: Response) -> Response:
    """Say the language of the page; keep the choice of a reader who reads another one than the browser asks for."""
    if response.mimetype != "text/html":
        return response
    tag = current_language().tag
    if not response.content_language:
        response.content_language.add(tag)
    if "language" not in g or request.method != "GET" or response.status_code != 200 or not _has_languages():
        return response
    earlier = request.cookies.get(COOKIE)
    if tag != choose(earlier, request.accept_languages, languages_offered()):
        is_secure = current_app.config["LETTERBOX"].served_over_https
        response.set_cookie(COOKIE, tag, max_age=ONE_YEAR, secure=is_secure, httponly=True, samesite="Lax")
    return response
