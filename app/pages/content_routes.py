"""Pages of content: read here, found by search, taken along as text, print or sound."""

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.content import files
from app.content.addresses import OWN, address_of
from app.content.composing import Composed, page_in
from app.content.files import InTheMaking, Wish
from app.content.finding import find
from app.content.reading import GROUPS, NoSuchPage, library
from app.formats.document import FormatRefused
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES, current_language
from app.languages.sorting import in_order
from app.notices.front_routes import moment_of_request

LONGEST_QUESTION = 100  # characters
LOOK_AGAIN_AFTER = 5  # seconds
MEDIA_TYPES = {"pdf": "application/pdf", "txt": "text/plain", "mp3": "audio/mpeg"}
GROUP_WORDS = {
    "emergencies": _l("Emergencies"),
    "repairs": _l("Repairs"),
    "help-yourself": _l("Fix it yourself"),
    "safety": _l("Safety at home"),
    "complaints": _l("If something went wrong"),
    "letters": _l("Letters and languages"),
    "website": _l("About us and this website"),
}
FORMAT_WORDS = {
    "standard-print": _l("To print (PDF)"),
    "large-print": _l("Large print (PDF)"),
    "text": _l("Plain text"),
    "audio": _l("Sound file (MP3)"),
}


def add_content(pages: Blueprint) -> None:
    """Give the blueprint every page of content: those with an address of their own, and all others under ``help/``."""
    for slug, endpoint in OWN.items():
        name = endpoint.partition(".")[2]
        pages.add_url_rule(f"/<lang:language>/{slug}", name, _reading(slug))
    own = f"<any({','.join(OWN)}):slug>"
    pages.add_url_rule(f"/<lang:language>/{own}/as/<format>", "own_page_as", take_along)
    pages.add_url_rule("/<lang:language>/help/", "help_index", see_all_pages)
    pages.add_url_rule("/<lang:language>/help/<slug>", "help_page", read_a_page)
    pages.add_url_rule("/<lang:language>/help/<slug>/as/<format>", "help_page_as", take_along)
    pages.add_url_rule("/<lang:language>/search", "search", search)


def _reading(slug: str) -> Callable[[], ResponseReturnValue]:
    def read() -> ResponseReturnValue:
        return _shown(_page(slug))

    return read


def read_a_page(slug: str) -> ResponseReturnValue:
    page = _page(slug)
    if slug in OWN:  # it has one address
        return redirect(address_of(slug, current_language().tag), 301)
    return _shown(page)


def see_all_pages() -> ResponseReturnValue:
    """Every page, under the heading of its group, by its title."""
    tag = current_language().tag
    found = [library().page(slug, tag) for slug in library().slugs()]
    groups = [
        (group, GROUP_WORDS[group], in_order((one for one in found if one.group == group), lambda one: one.title))
        for group in GROUPS
    ]
    return render_template("pages/help.html", groups=[one for one in groups if one[2]], address_of=_address)


def search() -> ResponseReturnValue:
    asked = " ".join(request.args.get("q", "").split())[:LONGEST_QUESTION]
    found = find(asked, current_language().tag, current_landlord(), moment_of_request()) if asked else ()
    response = Response(render_template("pages/search.html", asked=asked, found=found))
    response.cache_control.no_store = bool(asked)  # what somebody looks for is theirs
    return response


def take_along(slug: str, format: str) -> ResponseReturnValue:
    """The page in another format; a page that says so while it is being made, or why it is not."""
    page = _page(slug)
    wish = _wish(page, format)
    try:
        made = files.made(wish)
    except InTheMaking as soon:
        shown = render_template(
            "pages/in_the_making.html", page=page, soon=soon, again=request.path, seconds=LOOK_AGAIN_AFTER
        )
        return _not_kept(shown, 202)
    except FormatRefused:
        others = [name for name in files.offered(page.language) if name != format]
        return _not_kept(_ways("pages/not_in_this_format.html", page, format=format, others=others), 422)
    return _file(made, wish)


def _wish(page: Composed, format: str) -> Wish:
    """Asks for what we make, and nothing else: the files are so many, and no more."""
    if format not in files.FORMATS:
        abort(404)
    size = request.args.get("size", str(files.USUAL_SIZE))
    if not size.isascii() or not size.isdecimal() or int(size) not in files.SIZES:
        abort(404)
    return Wish(page, format, moment_of_request(), int(size))


def _file(made: bytes | Path, wish: Wish) -> Response:
    kind = MEDIA_TYPES[files.ENDINGS[wish.format]]
    if isinstance(made, Path):
        response = send_file(made, kind, download_name=wish.name, conditional=True)
    else:
        response = Response(made, mimetype=kind)
        response.add_etag()
        response.make_conditional(request)
    response.content_language.add(wish.composed.language)
    response.cache_control.no_cache = True  # asked for again each time: its words may have changed
    return response


def _page(slug: str) -> Composed:
    try:
        return page_in(slug, current_language().tag, moment_of_request())
    except NoSuchPage:
        abort(404)


def _shown(page: Composed) -> str:
    return _ways("pages/content.html", page, description=page.description, formats=files.offered(page.language))


def _ways(template: str, page: Composed, **more: object) -> str:
    return render_template(
        template,
        page=page,
        own_name=LANGUAGES[page.language].own_name,
        as_address=lambda name, size=None: _as(page.slug, name, size),
        sizes=files.SIZES,
        format_words=FORMAT_WORDS,
        **more,
    )


def _as(slug: str, format: str, size: int | None = None) -> str:
    endpoint = "pages.own_page_as" if slug in OWN else "pages.help_page_as"
    return url_for(endpoint, slug=slug, format=format, size=size)


def _address(slug: str) -> str:
    return address_of(slug, current_language().tag)


def _not_kept(page: str, status: int) -> Response:
    response = Response(page, status)
    response.cache_control.no_store = True
    return response
