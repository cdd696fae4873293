"""The access log in words."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cases.models import Event

OUTCOMES: Mapping[str, str] = {
    "signed-in": _l("Password right"),
    "refused": _l("Refused"),
    "locked": _l("Refused: paused after wrong tries"),
    "code-refused": _l("Password right, code refused"),
}


def look_words(event: Event, sees_restricted: bool) -> str:
    """Who looked is for every reader of the log; what a tenant called a file is not."""
    match event.what:
        case "letter_viewed":
            return _("Downloaded a letter")
        case "file_viewed":
            return _("Downloaded a file: %(file)s", file=event.details.get("file") if sees_restricted else "…")
    return _("Opened the case")
