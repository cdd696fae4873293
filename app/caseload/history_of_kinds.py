"""Sentences of the history for what happens to questions, praise, suggestions, reports, and to hand-overs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.antisocial_behaviour.reports import band_words
from app.caseload.words import CHANNELS, moment_words, short_day

Details = Mapping[str, Any]
DECIDED = {
    "will-do": _l("Decided: we will do it."),
    "will-look-into-it": _l("Decided: we will look into it."),
    "will-not": _l("Decided: we will not do it."),
}
TOUCH = {
    "phone": _l("rings them"),
    "email": _l("writes an email"),
    "letter": _l("posts a letter"),
    "visit": _l("visits them"),
}


def _answered(details: Details) -> str:
    channel = str(details.get("channel"))
    if channel == "letter":
        return _("Answered in writing.")
    return _("Answered: %(channel)s.", channel=CHANNELS.get(channel, channel))


def _first_contact(details: Details) -> str:
    if details.get("is_solved"):
        return _("Solved at the first contact.")
    return _("Not solved at the first contact.")


def _handed_over(details: Details) -> str:
    channel = str(details.get("channel"))
    return _(
        "Handed over to %(name)s, who %(way)s: %(when)s.",
        name=details.get("name"),
        way=TOUCH.get(channel, channel),
        when=moment_words(datetime.fromisoformat(str(details.get("begins")))),
    )


def _team_praised(details: Details) -> str:
    if details.get("head"):
        return _("The team %(team)s and its head were told of the praise.", team=details.get("team"))
    return _("The team %(team)s was told of the praise.", team=details.get("team"))


def _reviewed(details: Details) -> str:
    return _(
        "Risk reviewed: %(band)s, before %(before)s. Next review: %(day)s.",
        band=band_words(str(details.get("band"))),
        before=band_words(str(details.get("before"))),
        day=_day(details, "next_on"),
    )


def _visit(details: Details, key: str) -> str:
    return moment_words(datetime.fromisoformat(str(details.get(key))))


def _day(details: Details, key: str) -> str:
    return short_day(datetime.fromisoformat(str(details.get(key))).date())


SENTENCES: Mapping[str, Callable[[Details], str]] = {
    "answer_written": lambda d: _("The answer was written, version %(version)s.", version=d.get("version")),
    "answered": _answered,
    "first_contact": _first_contact,
    "suggestion_decided": lambda d: str(DECIDED.get(str(d.get("decision")), d.get("decision"))),
    "handed_over": _handed_over,
    "appointment_made": lambda d: _("A visit was arranged: %(when)s.", when=_visit(d, "begins")),
    "appointment_moved": lambda d: _(
        "A visit was moved from %(before)s to %(when)s.", before=_visit(d, "before"), when=_visit(d, "begins")
    ),
    "appointment_cancelled": lambda d: _("A visit was cancelled: %(when)s.", when=_visit(d, "begins")),
    "rung_in_vain": lambda d: _(
        "We rang in vain after the call-back %(reference)s was asked for.", reference=d.get("reference")
    ),
    "needs_asked": lambda d: _(
        "The tenant was asked whether we still write to them in the right way. They answer by %(day)s.",
        day=_day(d, "answer_by"),
    ),
    "needs_reviewed": lambda d: _("All needs are still right. Next review: %(day)s.", day=_day(d, "next_on")),
    "been_in_touch": lambda d: (
        _("The colleague has been in touch.")
        if d.get("in_time")
        else _("The colleague has been in touch, later than the tenant was told.")
    ),
    "compliment_for_team": _team_praised,
    "risk_reviewed": _reviewed,
    "report_joined": lambda d: _("Joined to the open case %(reference)s.", reference=d.get("reference")),
    "report_added": lambda d: _(
        "A further report was joined to this case: %(reference)s.", reference=d.get("reference")
    ),
    "kept_as_new": lambda d: _("Kept as a case of its own, apart from %(reference)s.", reference=d.get("reference")),
    "plan_sent": lambda d: _("The action plan was sent. Next look at it: %(day)s.", day=_day(d, "review_on")),
    "call_back_led_here": lambda d: _("Recorded after the call-back %(reference)s.", reference=d.get("reference")),
}
