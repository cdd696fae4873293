"""The dates of a case as a colleague reads them: the clocks of one deed side by side, each with why it is that date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.words import DueWords, due_words, moment_words, standard_words
from app.cases.changes import is_missed
from app.cases.models import Case, Promise, PromiseChange
from app.cases.waiting import changes_since_it_began
from app.landlords.shapes import REGIMES, Landlord

# Why the machine, or an act of another page, changed a promise: what colleagues typed is none of these keys.
REASONS: Mapping[str, object] = {
    "refused": _l("The complaint was refused."),
    "withdrawn": _l("The tenant withdrew the complaint."),
    "service-request": _l("It is a service request, and the tenant agrees."),
    "taken-as-complaint": _l("The tenant wants it handled as a complaint: it counts from then."),
    "taken-after-all": _l("We took the complaint after all: it counts from then."),
    "tenant-goes-on": _l("The tenant goes on with the complaint: it counts from then."),
    "stage-2-begun": _l("Stage 2 began."),
    "joined": _l("It was joined to another case."),
}


@dataclass(frozen=True)
class Change:
    words: str
    reason: str  # empty, or somebody's words
    at: datetime
    who: str | None


@dataclass(frozen=True)
class Clock:
    """One promise. ``warns_first``: of the clocks of this deed that still run it falls due first."""

    promise: Promise
    state: DueWords
    changes: tuple[Change, ...]
    waiting_for: str
    was_due: datetime | None  # before it had more time
    warns_first: bool
    asks_why: bool


@dataclass(frozen=True)
class Deed:
    """What was promised, by whom and until when: the landlord's clock, the Code's and the law's side by side."""

    words: str
    clocks: tuple[Clock, ...]

    @property
    def first(self) -> Clock | None:
        """The one that warns first, where there is another."""
        return next((clock for clock in self.clocks if clock.warns_first), None)


def deeds_of(case: Case, landlord: Landlord, now: datetime) -> list[Deed]:
    """What is due first comes first; what is over comes last."""
    by_words: dict[str, list[Promise]] = {}
    for promise in sorted(case.promises, key=_order):
        by_words.setdefault(standard_words(promise, landlord), []).append(promise)
    return [Deed(words, tuple(_clocks(promises, now))) for words, promises in by_words.items()]


def _order(promise: Promise) -> tuple[bool, datetime, int]:
    return (not promise.is_open, promise.due_at, REGIMES.index(promise.regime))


def _clocks(promises: Iterable[Promise], now: datetime) -> list[Clock]:
    promises = list(promises)
    running = [one for one in promises if one.is_open and one.paused_at is None]
    differ = len({one.due_at for one in running}) > 1
    return [_clock(one, now, warns_first=differ and one is running[0]) for one in promises]


def _clock(promise: Promise, now: datetime, *, warns_first: bool) -> Clock:
    changes = list(promise.changes)
    paused = next((one for one in reversed(changes) if one.what == "paused"), None)
    extended = next((one for one in changes_since_it_began(promise) if one.what == "extended"), None)
    return Clock(
        promise=promise,
        state=state_of(promise, now),
        changes=tuple(_change(one) for one in changes),
        waiting_for=paused.reason if paused and promise.paused_at else "",
        was_due=extended.due_before_at if extended else None,
        warns_first=warns_first,
        asks_why=asks_why(promise, now),
    )


def asks_why(promise: Promise, now: datetime) -> bool:
    """It was not kept in time, and nobody has said why."""
    return is_missed(promise, now) and not promise.missed_reason


def state_of(promise: Promise, now: datetime) -> DueWords:
    """Kept, late, waiting, fell away, or when it falls due."""
    if promise.met_at is not None:
        if promise.met_at <= promise.due_at:
            return DueWords(_("kept in time, %(when)s", when=moment_words(promise.met_at)), "kept")
        return DueWords(_("kept late, %(when)s", when=moment_words(promise.met_at)), "late")
    if promise.ended_at is not None:
        return DueWords(_("fell away %(when)s", when=moment_words(promise.ended_at)), "nothing")
    if promise.paused_at is not None:
        return DueWords(_("waiting for the tenant since %(when)s", when=moment_words(promise.paused_at)), "nothing")
    return due_words(promise.due_at, now)


def _change(change: PromiseChange) -> Change:
    return Change(_change_words(change), str(REASONS.get(change.reason, change.reason)), change.at, change.who)


def _change_words(change: PromiseChange) -> str:
    before, after = moment_words(change.due_before_at), moment_words(change.due_after_at)
    match change.what:
        case "paused":
            return _("Waiting for the tenant began. It was due %(before)s.", before=before)
        case "resumed" if before != after:
            return _("Waiting ended. Due %(after)s, and not %(before)s.", after=after, before=before)
        case "resumed":
            return _("Waiting ended within a day. It is still due %(after)s.", after=after)
        case "extended":
            return _("More time. Due %(after)s, and not %(before)s.", after=after, before=before)
        case "recounted":
            return _("Counted again. Due %(after)s, and not %(before)s.", after=after, before=before)
        case "missed":
            return _("Not kept by %(before)s.", before=before)
    return _("It fell away. It was due %(before)s.", before=before)
