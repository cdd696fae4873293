"""What machines ask: what may be found, what a phone's home screen shows, what is there without a connection."""

from collections.abc import Iterator

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.content.reading import library
from app.landlords.standards import current_landlord
from app.languages import current_language
from app.pages import findable
from app.pages import offline as offline_pages
from app.pages.language_switch import languages_offered

ONE_HOUR = 60 * 60
# The ground of the masthead, in light; look.md.
GROUND = "#f3f1ec"

for_machines = Blueprint("for_machines", __name__)


def may_be_found() -> bool:
    """Whether the page being shown may stand in a search engine."""
    return findable.is_findable(request.endpoint, request.view_args or {})


def page_description() -> str:
    """In a sentence, for a page that gives none of its own."""
    return findable.description_of(request.endpoint) if may_be_found() else ""


@for_machines.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    page = render_template("pages/sitemap.xml", places=list(findable.places()), site=_site(), first=findable.tags()[0])
    return _kept_for_an_hour(Response(page, mimetype="application/xml"))


@for_machines.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Allowed stands before refused: some readers take the first line that fits, some the longest."""
    forms = list(findable.forms_inside())
    lines = ["User-agent: *"]
    for tag in languages_offered():
        lines += [f"Allow: /{tag}/{form}/{slug}$" for form, slug in forms]
        lines += [f"Disallow: /{tag}/{form}/" for form, _slug in forms]
        lines += [f"Disallow: /{tag}/{part}" for part in findable.KEPT_OUT]
    lines += ["Disallow: /*/as/", "Disallow: /staff", "", f"Sitemap: {_site()}{url_for('.sitemap')}", ""]
    return _kept_for_an_hour(Response("\n".join(lines), mimetype="text/plain"))


@for_machines.get("/<lang:language>/site.webmanifest")
def manifest() -> ResponseReturnValue:
    landlord, language = current_landlord(), current_language()
    response = jsonify(
        id=url_for("pages.choose_language"),
        name=landlord.name,
        short_name=landlord.name[:12].strip(),
        # Translators: what a phone says about this website when somebody keeps it on the home screen
        description=_("Reach your landlord, ask, complain, and follow what you sent."),
        lang=language.tag,
        dir=language.direction,
        start_url=url_for("pages.home"),
        scope="/",
        display="minimal-ui",
        background_color=GROUND,
        theme_color=GROUND,
        icons=list(_icons(landlord.key)),
    )
    response.mimetype = "application/manifest+json"
    return _kept_for_an_hour(response)


@for_machines.get("/<lang:language>/offline")
def offline() -> ResponseReturnValue:
    """What a browser shows that cannot reach us, for every page that it has not kept."""
    return render_template("pages/offline.html")


@for_machines.get("/sw.js")
def service_worker() -> ResponseReturnValue:
    """Asked for afresh each time: browsers see by it that there is a newer one."""
    missing = set() if "emergencies" in library().pages else {"help/emergencies"}
    pages = [path for path in offline_pages.KEPT_PAGES if path not in missing]
    script = offline_pages.script(pages, languages_offered())
    response = Response(script, mimetype="text/javascript")
    response.cache_control.no_cache = True
    return response


def _icons(key: str) -> Iterator[dict[str, str]]:
    """Those that tools/cards.py made for this landlord; the letter of all where it made none."""
    asset, has_asset = (current_app.jinja_env.globals[name] for name in ("asset", "has_asset"))
    for size in (192, 512):
        if has_asset(path := f"cards/{key}-{size}.png"):  # type: ignore[operator]
            yield {"src": asset(path), "sizes": f"{size}x{size}", "type": "image/png"}  # type: ignore[operator]
    yield {"src": asset("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}  # type: ignore[operator]


def _site() -> str:
    site: str = current_app.config["LETTERBOX"].public_url
    return site


def _kept_for_an_hour(response: Response) -> Response:
    response.cache_control.public = True
    response.cache_control.max_age = ONE_HOUR
    return response
