"""Sentences of the history for what happens to promises and in the home: waits, more time, new holidays, hazards."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.caseload.words import moment_words
from app.landlords.standards import current_landlord
from app.languages.lists import listed

Details = Mapping[str, Any]


def _promise(details: Details) -> str:
    """Its label; of several each, once."""
    keys = details.get("standards") or [details.get("standard")]
    labels = {standard.key: standard.label for standard in current_landlord().standards}
    return listed(dict.fromkeys(_(labels[key]) if key in labels else str(key) for key in keys))


def _when(details: Details, name: str) -> str:
    return moment_words(datetime.fromisoformat(details[name])) if details.get(name) else ""


def _extended(details: Details) -> str:
    said = {"due": _when(details, "due"), "before": _when(details, "was_due")}
    if details.get("agreed") == "yes":
        return _("More time for the answer: %(due)s, and not %(before)s. The tenant agreed.", **said)
    if details.get("agreed") == "no":
        return _("More time for the answer: %(due)s, and not %(before)s. The tenant did not agree.", **said)
    return _("More time for the answer: %(due)s, and not %(before)s. The tenant was not reached.", **said)


def _recounted(details: Details) -> str:
    said = {"due": _when(details, "due"), "before": _when(details, "was_due"), "promise": _promise(details)}
    if details.get("holidays"):
        holidays = listed(_(name) for name in str(details["holidays"]).split(", "))
        return _(
            "A new holiday (%(holidays)s) moves %(promise)s to %(due)s, and not %(before)s.", holidays=holidays, **said
        )
    return _("Counted again: %(promise)s is due %(due)s, and not %(before)s.", **said)


def _made_safe(details: Details) -> str:
    if details.get("has_appointment"):
        return _(
            "The home was made safe %(when)s. There is an appointment for the repair.", when=_when(details, "when")
        )
    return _("The home was made safe %(when)s.", when=_when(details, "when"))


def _investigated(details: Details) -> str:
    if details.get("is_hazard"):
        return _("The hazard was investigated %(when)s: it may do harm.", when=_when(details, "when"))
    return _("The hazard was investigated %(when)s: there is none.", when=_when(details, "when"))


SENTENCES: Mapping[str, Callable[[Details], str]] = {
    "promises_paused": lambda d: _("Waiting for the tenant: %(promise)s.", promise=_promise(d)),
    "promises_resumed": lambda d: _("Waiting for the tenant ended: %(promise)s.", promise=_promise(d)),
    "answer_extended": _extended,
    "promise_recounted": _recounted,
    "promise_missed": lambda d: _(
        "Promise not kept by %(due)s: %(promise)s.", due=_when(d, "due"), promise=_promise(d)
    ),
    "miss_explained": lambda d: _("Why it was late was written down: %(promise)s.", promise=_promise(d)),
    "promises_ended": lambda d: _("No longer promised: %(promise)s.", promise=_promise(d)),
    "made_safe": _made_safe,
    "investigated": _investigated,
}
