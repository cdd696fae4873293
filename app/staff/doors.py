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
from app.staff.actions import Entry
from app.staff.models import SignIn, StaffMember
from app.staff.roles import may, may_read_cases, may_work_on_cases
from app.staff.sessions import is_half_open, running

INSIDE = "/staff/"
IDLE_AFTER = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)
KEY, SEEN = "staff_key", "staff_seen"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def require_sign_in() -> ResponseReturnValue | None:
    """For ``before_request``: nobody passes who has not signed in, with both factors where two are wanted."""
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        where = "staff.give_a_code" if half_signed_in() else "staff.sign_in"
        return redirect(url_for(where, next=back), 303)
    speak_to(current_user)
    return None


def require_staff() -> ResponseReturnValue | None:
    """The same, and nobody whose roles do not reach the cases."""
    if (answer := require_sign_in()) is not None:
        return answer
    if not may_read_cases(current_user):
        if request.path == INSIDE and request.method in READING and may("translate", current_user):
            return redirect(url_for("translations.see_the_list"), 303)
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
    """Begin the browser's session afresh: nothing that was in it before, a token for forms included, lives on.

    Half open it only leads to the second factor: ``session_running`` knows whose it is, nobody has signed in.
    """
    session.clear()
    if not entry.is_half_open:
        login_user(entry.staff_member, remember=False, authn_via=["password"])
    session[KEY] = entry.session_key
    session[SEEN] = datetime.now(UTC).timestamp()


def see_out() -> str | None:
    """Empty the browser's session. Returns the key of the one that ran, to be ended."""
    key: str | None = session.get(KEY)
    logout_user()
    session.clear()
    return key


def session_running() -> SignIn | None:
    """The session of this browser, half open or open, while it runs and is not left alone for an hour."""
    key, seen = session.get(KEY), session.get(SEEN)
    if not key or not seen:
        return None
    now = datetime.now(UTC)
    if now - datetime.fromtimestamp(seen, UTC) > IDLE_AFTER:
        return None
    return running(key, now)


def half_signed_in() -> SignIn | None:
    """The session of a colleague whose password was right, and who has still to give the second factor."""
    sign_in = session_running()
    return sign_in if sign_in and is_half_open(sign_in) else None


def session_key() -> str:
    """The key of the session that runs. Empty without one."""
    return str(session.get(KEY) or "")


def load_staff_member(uniquifier: str) -> StaffMember | None:
    """For Flask-Login: who the cookie stands for, while the session runs and is open."""
    sign_in = session_running()
    if sign_in is None or is_half_open(sign_in):
        return None
    staff_member = sign_in.staff_member
    if staff_member is None or staff_member.fs_uniquifier != uniquifier:
        return None
    now = datetime.now(UTC).timestamp()
    if now - session[SEEN] > SEEN_EVERY.total_seconds():
        session[SEEN] = now
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


BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac",
    "CrOS": "Chromebook", "Linux": "Linux",
}  # fmt: skip


def device_of_request() -> str | None:
    """Browser and system, as the browser says: Firefox, Windows. None where it says neither."""
    said = request.user_agent.string
    found = (next((name for sign, name in known.items() if sign in said), None) for known in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name) or None


def link_address(token: str) -> str:
    """The whole address of a one-time link, outside of a request too."""
    path = current_app.url_map.bind("").build("staff.set_a_password", {"token": token})
    return f"{current_app.config['LETTERBOX'].public_url}{path}"
