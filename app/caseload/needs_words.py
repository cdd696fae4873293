"""Sentences of the history for needs that colleagues recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.languages.lists import listed

Details = Mapping[str, Any]

# What can change, by the column of CommunicationNeeds.
CHANGED = {
    "letter_format": _l("format of letters"),
    "language": _l("language of letters"),
    "point_size": _l("size of print"),
    "paper_colour": _l("colour of the paper"),
    "speaking_rate": _l("how fast recordings speak"),
    "braille_grade": _l("grade of braille"),
    "braille_cells": _l("cells in a line of braille"),
    "braille_lines": _l("lines on a page of braille"),
    "contact_channel": _l("best way to answer"),
    "safe_ways": _l("safe ways"),
    "may_leave_messages": _l("messages on the phone"),
    "safe_times": _l("safe times"),
    "interpreter_language": _l("interpreter"),
    "has_consent": _l("whether we may keep the needs"),
    "review_on": _l("when we ask again"),
}
TOLD = {
    "tenant": _l("The tenant told us."),
    "representative": _l("Somebody who may speak for the tenant told us."),
    "colleague": _l("A colleague noticed it."),
}


def _told(details: Details) -> str:
    return str(TOLD.get(str(details.get("told_by")), ""))


def _changed(details: Details) -> str:
    names = listed(CHANGED.get(name, name) for name in details.get("changed", ()))
    if not names:
        return _("The needs of the tenant were looked at and not changed. %(told)s", told=_told(details))
    return _("The needs of the tenant changed: %(needs)s. %(told)s", needs=names, told=_told(details))


SENTENCES: Mapping[str, Callable[[Details], str]] = {
    "needs_changed": _changed,
    "needs_confirmed": lambda d: _("The needs of the tenant are as they were. %(told)s", told=_told(d)),
}
