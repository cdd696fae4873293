"""All notices, one notice, and the button that puts a banner away."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.extensions import csrf
from app.landlords.standards import current_landlord
from app.notices.banners import banner_of, with_mark
from app.notices.front_routes import COOKIE, front_of_request, moment_of_request, put_away_by_reader
from app.notices.lists import of_everybody, public_notice
from app.notices.showing import district_of, in_area
from app.notices.updates import updates_of

HALF_A_YEAR = 182 * 24 * 60 * 60

notices = Blueprint("notices", __name__, url_prefix="/<lang:language>/notices")
# Needs no session, so that a page with its button is the same for everybody, and kept. What it does is not worth a
# token: it hides a banner from one reader. All the same, no other site may press it.
putting_away = Blueprint("putting_away", __name__, url_prefix="/<lang:language>/notices")
csrf.exempt(putting_away)


@notices.get("")
def see_all() -> ResponseReturnValue:
    """All, or those of one postcode district: with them those that are for everybody."""
    moment, typed = moment_of_request(), request.args.get("postcode", "").strip()
    district = district_of(typed)
    found = of_everybody(moment)
    chosen = [banner_of(one, moment) for one in found if not district or in_area(one, district)]
    return render_template(
        "notices/all.html",
        groups=[(stage, [one for one in chosen if one.stage == stage]) for stage in ("live", "announced", "over")],
        has_areas=any(one.areas for one in found),
        typed=typed[:20],
        district=district,
        has_errors=bool(typed) and district is None,
        moment=moment,
    )


@notices.get("/<key>")
def see_one(key: str) -> ResponseReturnValue:
    moment = moment_of_request()
    notice = public_notice(key, moment)
    if notice is None:
        abort(404)
    told = banner_of(notice, moment)
    first = current_landlord().languages[0]
    return render_template(
        "notices/one.html",
        told=told,
        updates=updates_of(notice, first),
        is_put_away=(notice.key, notice.version) in put_away_by_reader(),
        moment=moment,
    )


@putting_away.post("/<key>/put-away")
def put_away(key: str) -> ResponseReturnValue:
    """This version of the notice is shown at the top of pages no more, to this reader. Back to the page."""
    if not _comes_from_here():
        abort(403)
    response = redirect(_page_of_ours(request.form.get("back", "")), 303)
    mark = key, request.form.get("version", 0, int)
    standing = {(notice.key, notice.version) for notice in front_of_request().notices}
    if mark in standing:  # else it has gone, or says something new by now
        response.set_cookie(
            COOKIE,
            with_mark(request.cookies.get(COOKIE, ""), mark, standing),
            max_age=HALF_A_YEAR,
            secure=current_app.config["LETTERBOX"].served_over_https,
            httponly=True,
            samesite="Lax",
        )
    return _kept_nowhere(response)  # type: ignore[arg-type]  # redirect() of Flask gives Werkzeug's kind


def _comes_from_here() -> bool:
    """Whether one of our own pages sent this. A browser says where from; what says nothing is no other site's page."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    ours = f"{request.scheme}://{request.host}", current_app.config["LETTERBOX"].public_url
    return origin is None or origin in ours


def _page_of_ours(path: str) -> str:
    """The path, if it stays on this site; else the list of notices."""
    is_path = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    parts = urlsplit(path) if is_path else None
    return path if parts and not parts.scheme and not parts.netloc else url_for("notices.see_all")


def _kept_nowhere(response: Response) -> Response:
    response.cache_control.no_store = True
    return response
