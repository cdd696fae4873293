"""Where pages and forms stand on the website: what ``page:…`` and ``form:…`` lead to."""

from collections.abc import Mapping

from flask import current_app
from werkzeug.routing import BuildError

from app.content.reading import library

# Pages of content with an address of their own; all others stand under ``help/``.
OWN = {
    "contact": "pages.contact",
    "standards": "pages.standards",
    "accessibility": "pages.accessibility",
    "privacy": "pages.privacy",
}
HELP = "pages.help_page"
PLACES = {  # pages that are not content
    "home": "pages.home",
    "help": "pages.help_index",
    "search": "pages.search",
    "notices": "notices.see_all",
    "reading": "reading.choose",
}
FORMS = {
    "complaint": "complaints.start",
    "compliment": "compliments.start",
    "suggestion": "suggestions.start",
    "antisocial-behaviour": "antisocial_behaviour.start",
    "enquiry": "enquiries.start",
    "call-back": "call_backs.start",
    "track": "tracking.start",
    "come-back": "saving.come_back",
    "another-format": "page_formats.start",
}


class DeadLink(LookupError):
    """Nothing stands where a link leads."""


def address_of(slug: str, language: str) -> str:
    """The path of a page of content: /en/contact, /en/help/repairs."""
    return _built(OWN[slug], language) if slug in OWN else _built(HELP, language, slug=slug)


def place(wanted: str, language: str) -> str:
    """The path that ``page:slug``, ``page:slug#part`` or ``form:name`` leads to. Raises DeadLink."""
    kind, _colon, rest = wanted.partition(":")
    name, _hash, part = rest.partition("#")
    if kind == "form":
        path = _of(FORMS, name, language, wanted)
    elif name in library().pages:
        path = address_of(name, language)
    else:
        path = _of(PLACES, name, language, wanted)
    return f"{path}#{part}" if part else path


def _of(known: Mapping[str, str], name: str, language: str, wanted: str) -> str:
    try:
        return _built(known[name], language)
    except (KeyError, BuildError):
        raise DeadLink(wanted) from None


def _built(endpoint: str, language: str, **values: str) -> str:
    """Without a request too: the worker reads pages out."""
    adapter = current_app.url_map.bind("")
    if current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = language
    return adapter.build(endpoint, values)
