"""The staff door: who is inside, letting in, seeing out."""

import ipaddress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from flask_login import current_user
from flask_security.utils import login_user, logout_user, set_request_attr

from app.languages import LANGUAGES, STAFF_LANGUAGES
from app.staff.actions import Entry, session_holder
from app.staff.models import StaffMember
from app.staff.roles import may_read_cases, may_work_on_cases

INSIDE = "/staff/"
IDLE_AFTER = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)
KEY, SEEN = "staff_key", "staff_seen"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def require_staff() -> ResponseReturnValue | None:
    """For ``before_request``: nobody passes who has not signed in, or whose roles do not reach here."""
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("staff.sign_in", next=back), 303)
    speak_to(current_user)
    if not may_read_cases(current_user):
        abort(403)
    if request.method not in READING and not may_work_on_cases(current_user):
        abort(403)
    return None


def speak_to(colleague: StaffMember) -> None:
    """The page is in the language that this colleague chose."""
    if colleague.language in STAFF_LANGUAGES:
        g.language = LANGUAGES[colleague.language]
        refresh()


def keep_private(response: Response) -> Response:
    """For ``after_request``: no copy stays in a browser or on the way."""
    response.headers["Cache-Control"] = "no-store"
    return response


def signed_in_staff_member() -> StaffMember | None:
    found: StaffMember | None = current_user._get_current_object() if current_user.is_authenticated else None
    return found


def acting_staff_member() -> StaffMember:
    """Who does what is being done. Call it behind ``require_staff`` only."""
    found = signed_in_staff_member()
    if found is None:
        raise RuntimeError("nobody has signed in: this page stands open")
    return found


def let_in(entry: Entry) -> None:
    """Begin the browser's session afresh: nothing that was in it before, a token for forms included, lives on."""
    session.clear()
    login_user(entry.staff_member, remember=False, authn_via=["password"])
    session[KEY] = entry.session_key
    session[SEEN] = datetime.now(UTC).timestamp()


def see_out() -> str | None:
    """Empty the browser's session. Returns the key of the one that ran, to be ended."""
    key: str | None = session.get(KEY)
    logout_user()
    session.clear()
    return key


def load_staff_member(uniquifier: str) -> StaffMember | None:
    """For Flask-Login: who the cookie stands for, while the session runs and is not left alone for an hour."""
    key, seen = session.get(KEY), session.get(SEEN)
    if not key or not seen:
        return None
    now = datetime.now(UTC)
    since = now - datetime.fromtimestamp(seen, UTC)
    if since > IDLE_AFTER:
        return None
    staff_member = session_holder(key, now)
    if staff_member is None or staff_member.fs_uniquifier != uniquifier:
        return None
    if since > SEEN_EVERY:
        session[SEEN] = now.timestamp()
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return staff_member


def own_path(text: str | None) -> str:
    """Where to go after signing in: a page behind this door, never another site."""
    if not text or not text.startswith(INSIDE) or "\\" in text or not text.isprintable():
        return INSIDE
    parts = urlsplit(text)
    return INSIDE if parts.scheme or parts.netloc else text


def network_of_request() -> str:
    """The network that asks: its address without the last part (a /24, or a /48 of IPv6)."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    length = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False))


def link_address(token: str) -> str:
    """The whole address of a one-time link, outside of a request too."""
    path = current_app.url_map.bind("").build("staff.set_a_password", {"token": token})
    return f"{current_app.config['LETTERBOX'].public_url}{path}"
