"""Sheets, scripts and icons: addresses that change with their content, and the parts that every page is made of."""

import hashlib
from functools import partial
from pathlib import Path

from flask import Flask, Response, request, session, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

VERSION_LENGTH = 12
ONE_YEAR = 365 * 24 * 60 * 60
FIVE_MINUTES = 5 * 60


class AssetNotBuilt(LookupError):
    """A page asks for a file that does not lie in static/. The message says how to make it."""

    def __init__(self, path: str) -> None:
        super().__init__(f"static/{path} is missing: run npm ci && npm run build")


def versions_of(folder: Path) -> dict[str, str]:
    """Path inside the folder → a short hash of the file's content."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:VERSION_LENGTH]
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def asset(versions: dict[str, str], path: str) -> str:
    """The address of a file in static/, which a browser may keep for ever. Raises AssetNotBuilt."""
    if path not in versions:
        raise AssetNotBuilt(path)
    return url_for("static", filename=path, v=versions[path])


def init_app(app: Flask) -> None:
    versions = versions_of(Path(app.static_folder or ""))
    app.add_template_global(partial(asset, versions), "asset")
    app.add_template_global(versions.__contains__, "has_asset")
    parts = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_loader = ChoiceLoader([*filter(None, [app.jinja_loader]), PrefixLoader(parts)])

    @app.after_request
    def keep_in_cache(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            if (response.mimetype or "").startswith(("text/", "image/svg")):
                response.direct_passthrough = False
                response.get_data()  # held whole, so that it is compressed whole, by gzip too
            filename = (request.view_args or {}).get("filename", "")
            is_this_version = request.args.get("v") == versions.get(filename)
            response.cache_control.clear()
            response.cache_control.public = True
            response.cache_control.max_age = ONE_YEAR if is_this_version else FIVE_MINUTES
            response.cache_control.immutable = is_this_version
            # Flask-Login looks into every session; else each new cookie would make browsers fetch the sheets again.
            session.accessed = False
        return response
