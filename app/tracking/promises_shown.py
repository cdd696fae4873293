"""What was promised, as its tenant reads it: whether it was kept, and why it is this date."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.cases.models import Promise
from app.cases.promises import ACKNOWLEDGE, is_kept_by_acknowledging
from app.landlords.shapes import REGIMES
from app.letters import facts

# What a tenant calls it, by the last part of a promise's key. Others show the policy's own words.
WHAT = {
    ACKNOWLEDGE: _l("We write to you to say who is dealing with this"),
    "stage_1_contact": _l("Somebody from the team gets in touch with you"),
    "stage_1_response": _l("We send you our answer"),
    "stage_1_extension": _l("We send you our answer, after more time"),
    "stage_2_acknowledge": _l("We write to you about your request for stage 2"),
    "stage_2_response": _l("We send you our answer at stage 2"),
    "stage_2_extension": _l("We send you our answer at stage 2, after more time"),
    "emergency_make_safe": _l("We look at the danger in your home and make it safe"),
    "investigate": _l("We look into the danger in your home"),
    "summary": _l("We write to you what we found in your home"),
    "make_safe": _l("We make your home safe"),
    "begin_further_work": _l("We begin to get more work done in your home"),
    "start_further_work": _l("More work begins in your home"),
}
ANSWER = _l("We send you our answer")
WHOSE = {
    "landlord": _l("This is our own promise."),
    "code": _l("This is a rule for all landlords, from the Complaint Handling Code."),
    "law": _l("This is the law."),
}
OPEN, LATE, KEPT, KEPT_LATE, WAITING, ENDED = "open", "late", "kept", "kept-late", "waiting", "ended"
# Why a clock began again, by the acts of complaints. Any other reason is the name of a holiday.
LATER_START = frozenset({"taken-as-complaint", "taken-after-all", "tenant-goes-on"})
# The landlord's promise to attend an emergency is the same deed as the law's.
SAME_DEED = {"repair.make_safe": "hazard.emergency_make_safe"}


@dataclass(frozen=True)
class Day:
    """One row of the working. ``note`` says why the day counts, or why it does not."""

    words: str
    note: str
    counts: bool


@dataclass(frozen=True)
class Shown:
    """One promise. ``state`` is one of those above; ``words`` says the same, with the day.

    ``more`` is what happened to its date: more time and why, a new holiday. ``asked`` are a colleague's words: what we
    need from the tenant.
    """

    state: str
    words: Markup
    more: tuple[Markup, ...]
    asked: str
    whose: str
    amount: Markup
    source: str
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Group:
    """All that was promised of one thing: by us, by the Code, by the law."""

    what: str
    promises: tuple[Shown, ...]

    @property
    def is_late(self) -> bool:
        return any(promise.state == LATE for promise in self.promises)


def shown(promises: Iterable[Promise], kind: str, labels: Mapping[str, str], now: datetime) -> tuple[Group, ...]:
    """The promises of a case of this kind, what is due first coming first. ``labels`` are the policy's, by standard."""
    in_order = sorted(promises, key=lambda promise: (promise.due_at, REGIMES.index(promise.regime)))
    firsts = {what: number for number, what in reversed(list(enumerate(_what(kind, one, labels) for one in in_order)))}
    together = sorted(in_order, key=lambda promise: firsts[_what(kind, promise, labels)])
    return tuple(
        Group(what, tuple(_shown(promise, now) for promise in group))
        for what, group in groupby(together, key=lambda promise: _what(kind, promise, labels))
    )


def _what(kind: str, promise: Promise, labels: Mapping[str, str]) -> str:
    if is_kept_by_acknowledging(kind, promise.standard):
        return str(WHAT[ACKNOWLEDGE])
    act = SAME_DEED.get(promise.standard, promise.standard).rpartition(".")[2]
    if act.startswith("answer_"):
        return str(ANSWER)
    return str(WHAT.get(act) or _(labels.get(promise.standard, promise.standard)))


def _shown(promise: Promise, now: datetime) -> Shown:
    state = _state(promise, now)
    return Shown(
        state=state,
        words=_words(promise, state),
        more=tuple(_more(promise)),
        asked=_asked(promise),
        whose=str(WHOSE[promise.regime]),
        amount=_amount(promise),
        source=promise.source,
        days=tuple(_days(promise)),
    )


def _state(promise: Promise, now: datetime) -> str:
    if promise.met_at is None:
        if promise.ended_at is not None:
            return ENDED
        if promise.paused_at is not None:
            return WAITING
        return OPEN if now <= promise.due_at else LATE
    return KEPT if promise.met_at <= promise.due_at else KEPT_LATE


def _words(promise: Promise, state: str) -> Markup:
    sentence = {
        OPEN: _("By %(when)s."),
        LATE: _("This should have been done by %(when)s. We are late, and we are sorry."),
        KEPT: _("Done on %(done)s, in time. The last day was %(when)s."),
        KEPT_LATE: _("Done on %(done)s. That was late, and we are sorry. The last day was %(when)s."),
        WAITING: _("We have been waiting for you since %(done)s. This time does not count."),
        ENDED: _("This does not apply any more, since %(done)s."),
    }[state]
    happened_at = promise.met_at or promise.ended_at or promise.paused_at
    done = facts.day(happened_at) if happened_at else ""
    return Markup(sentence) % {"when": _when(promise), "done": done}  # noqa: S704  our own sentences


def _more(promise: Promise) -> Iterator[Markup]:
    """What moved the date, oldest first."""
    for change in promise.changes:
        said = {"before": _moment(promise, change.due_before_at), "when": _moment(promise, change.due_after_at)}
        is_sooner = change.what == "recounted" and change.due_after_at < change.due_before_at  # needs no excuse
        if change.due_after_at == change.due_before_at or is_sooner:
            continue
        match change.what:
            case "extended":
                sentence = _("We needed more time. The new date is %(when)s. Before, it was %(before)s.")
            case "resumed":
                sentence = _("We waited for you. That is why it is %(when)s now. Before, it was %(before)s.")
            case "recounted" if change.reason in LATER_START:
                sentence = _("We count again from a later day. It is %(when)s now. Before, it was %(before)s.")
            case "recounted":
                sentence = _("There is a new holiday. That is why it is %(when)s now. Before, it was %(before)s.")
            case _:
                continue
        yield Markup(sentence) % said  # noqa: S704  our own sentences


def _asked(promise: Promise) -> str:
    """What we need from the tenant; why we needed more time. A colleague's words."""
    asking = "paused" if promise.paused_at else "extended"
    return next((one.reason for one in reversed(promise.changes) if one.what == asking and promise.is_open), "")


def _moment(promise: Promise, at: datetime) -> Markup:
    return (facts.day_and_time if promise.unit == "hours" else facts.day)(at)


def _when(promise: Promise) -> Markup:
    """The minute where hours were promised, else the day."""
    return _moment(promise, promise.due_at)


def _amount(promise: Promise) -> Markup:
    """How long, and from when: the moment that counts as receipt."""
    when = facts.day_and_time(promise.counted_from_at)
    match promise.unit:
        case "hours":
            words = ngettext(
                "We have %(num)s hour, counted from %(when)s. Every hour counts, day and night, on closed days too.",
                "We have %(num)s hours, counted from %(when)s. Every hour counts, day and night, on closed days too.",
                promise.amount,
                when=when,
            )
        case "calendar_days":
            words = ngettext(
                "We have %(num)s day, counted from %(when)s. Every day counts, on weekends and bank holidays too.",
                "We have %(num)s days, counted from %(when)s. Every day counts, on weekends and bank holidays too.",
                promise.amount,
                when=when,
            )
        case _:
            words = ngettext(
                "We have %(num)s working day, counted from %(when)s. Weekends and bank holidays do not count.",
                "We have %(num)s working days, counted from %(when)s. Weekends and bank holidays do not count.",
                promise.amount,
                when=when,
            )
    return Markup(words)  # noqa: S704  our own sentences, and Markup in them


def _days(promise: Promise) -> list[Day]:
    """Day by day, where days were left out; elapsed hours need no list."""
    if promise.unit != "working_days":
        return []
    days, number = [], 0
    for step in promise.working:
        number += bool(step["counts"])
        days.append(Day(_day(step), _note(step, number, is_last=step is promise.working[-1]), bool(step["counts"])))
    return days


def _note(step: Mapping[str, Any], number: int, *, is_last: bool) -> str:
    if not step["counts"]:
        reason: str = step["reason"]
        # A sentence says it itself; a name, such as Saturday or Christmas Day, has to be put into one.
        return _(reason) if reason.endswith(".") else _("Does not count: %(day)s.", day=_(reason))
    if is_last:
        return _("Day %(number)s: the last day.", number=number)
    return _("Day %(number)s.", number=number)


def _day(step: Mapping[str, Any]) -> str:
    return str(format_date(date.fromisoformat(step["date"]), "full", rebase=False))
