"""What a complaint's pages call things, and why something cannot be done now, in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.words import CHANNELS, short_day
from app.complaints.answering import NOT_FITTING

DECISIONS = {
    "upheld": _l("Upheld"),
    "partly-upheld": _l("Partly upheld"),
    "not-upheld": _l("Not upheld"),
}
TRIAGES = {"complaint": _l("Complaint"), "service-request": _l("Service request")}
REMEDIES = {
    "apology": _l("Apology"),
    "acknowledging-what-went-wrong": _l("Acknowledging what went wrong"),
    "explanation": _l("Explanation, help or reasons"),
    "action-on-delay": _l("Action where there was delay"),
    "changed-decision": _l("Changed decision"),
    "amended-record": _l("Amended record"),
    "money": _l("Money"),
    "changed-policy-or-practice": _l("Changed policy or practice"),
}
# By key of complaints.stages.AGAINST, and of rules beside it.
AGAINST: Mapping[str, Any] = {
    "case-is-closed": _l("The case is closed. Open it again first."),
    "withdrawn": _l("The tenant took the complaint back."),
    "refused": _l("We refused to take it."),
    "service-request": _l("It is handled as a service request. Take it as a complaint first."),
    "answered-already": _l("The answer is written, and its words are fixed."),
    "stage-1-answered-already": _l("The answer at stage 1 is written, and its words are fixed."),
    "not-answered-yet": _l("It is not answered yet."),
    "nobody-handles-it": _l("Nobody deals with it yet. Name a handler first."),
    "not-defined": _l("Nobody has written down what the complaint is about. Define it first."),
    "not-acknowledged": _l("The acknowledgement has not gone out yet."),
    "tenant-not-contacted": _l("Nobody has been in touch with the tenant yet, and our policy promises it."),
    "no-points-listed": _l("No point is listed. List each thing that the tenant raised."),
    "points-without-answer": _l("A point has no answer yet, or does not say what its answer is based on."),
    "no-remedy": _l("Something is upheld, and there is no remedy yet."),
    "stage-2-begun": _l("Stage 2 has begun. There are two stages, and no third."),
    "not-at-stage-2": _l("It is not at stage 2."),
    "something-is-owed": _l("The tenant is still owed an answer."),
    "actions-are-open": _l("An action is still open."),
    "not-closed": _l("The case is not closed."),
    "not-refused": _l("It was not refused."),
    "is-refused": _l("The complaint was refused. Take it after all first."),
    NOT_FITTING: _l("The decision does not fit the points: what is upheld in one of them is upheld in part at least."),
}
NOT_INDEPENDENT = _l("You took part in stage 1. At stage 2 somebody else decides.")


def against_words(reasons: Iterable[str]) -> list[str]:
    return [str(AGAINST.get(reason, reason)) for reason in reasons]


def _stage(details: Mapping[str, Any]) -> int:
    return int(details.get("stage") or 1)


def _decision(details: Mapping[str, Any]) -> str:
    return str(DECISIONS.get(str(details.get("decision")), details.get("decision")))


def _remedy(details: Mapping[str, Any]) -> str:
    return str(REMEDIES.get(str(details.get("kind")), details.get("kind")))


def _day(details: Mapping[str, Any], key: str = "due_on") -> str:
    return short_day(date.fromisoformat(str(details.get(key))))


# Sentences of the history, by event.
SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "triaged": lambda d: _("This is one: %(what)s.", what=TRIAGES.get(str(d.get("found")), d.get("found"))),
    "taken_as_complaint": lambda d: _("The tenant wants this handled as a complaint, and it is."),
    "promises_began_again": lambda d: _("The promises of a complaint count again from here."),
    "complaint_defined": lambda d: (
        _("The complaint is defined, and the tenant agreed.")
        if d.get("is_agreed")
        else _("The complaint is defined. The tenant has not agreed yet.")
    ),
    "tenant_contacted": lambda d: _(
        "In touch with the tenant: %(channel)s.", channel=CHANNELS.get(str(d.get("channel")), d.get("channel"))
    ),
    "put_right_at_once": lambda d: _("Something was put right at once. The complaint goes on."),
    "point_listed": lambda d: _("Point listed, stage %(stage)s.", stage=_stage(d)),
    "point_changed": lambda d: _(
        "Words of a point changed, stage %(stage)s. Before: %(words)s", stage=_stage(d), words=d.get("before") or "–"
    ),
    "point_taken_off": lambda d: _(
        "A point was taken off the list, stage %(stage)s: %(words)s", stage=_stage(d), words=d.get("words") or "–"
    ),
    "point_answered": lambda d: _(
        "Point answered, stage %(stage)s: %(decision)s.", stage=_stage(d), decision=_decision(d)
    ),
    "remedy_offered": lambda d: _("Remedy, stage %(stage)s: %(remedy)s.", stage=_stage(d), remedy=_remedy(d)),
    "remedy_taken_off": lambda d: _(
        "Remedy taken off, stage %(stage)s: %(remedy)s.", stage=_stage(d), remedy=_remedy(d)
    ),
    "remedy_given": lambda d: _("The tenant has the remedy: %(remedy)s.", remedy=_remedy(d)),
    "action_agreed": lambda d: _("Action: %(name)s, by %(day)s.", name=d.get("owner"), day=_day(d)),
    "action_done": lambda d: _("Action done. It was due by %(day)s.", day=_day(d)),
    "action_dropped": lambda d: _("Action dropped. It was due by %(day)s.", day=_day(d)),
    "action_handed_on": lambda d: _("Action handed to %(name)s, by %(day)s.", name=d.get("owner"), day=_day(d)),
    "action_moved": lambda d: _(
        "Action moved from %(before)s to %(day)s: %(name)s.", before=_day(d, "before"), day=_day(d), name=d.get("owner")
    ),
    "answer_drafted": lambda d: _("The answer at stage %(stage)s was drafted.", stage=_stage(d)),
    "complaint_answered": lambda d: _(
        "The answer at stage %(stage)s is written: %(decision)s.", stage=_stage(d), decision=_decision(d)
    ),
}
