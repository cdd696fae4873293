"""A hazard in the home, step by step: made safe, investigated, and what the law wants then (Awaab's Law; L09, L41).

Acts: nothing here commits.
"""

from datetime import datetime

from app.cases.changes import end_promises
from app.cases.models import Case
from app.cases.promises import REPAIR_EMERGENCY, make_after, meet_promise
from app.cases.waiting import add_to_history
from app.landlords.shapes import Landlord

LAW = "hazard"  # the first part of the keys of the law's standards
MADE_SAFE, INVESTIGATED = "made_safe", "investigated"  # events, from which promises count
# What is kept once the home is safe.
MAKE_SAFE = ("hazard.emergency_make_safe", REPAIR_EMERGENCY, "hazard.make_safe")
INVESTIGATE, SUMMARY, SAFETY_WORK = "hazard.investigate", "hazard.summary", "hazard.make_safe"
FURTHER_WORK = ("hazard.begin_further_work", "hazard.start_further_work")
# A plain "we have done this" would not begin what counts from it: these have acts of their own, or a letter.
BY_THEIR_OWN_ACT = frozenset({*MAKE_SAFE, INVESTIGATE, SUMMARY})


class NoHazard(Exception):
    """No hazard has been named: the law asks for nothing."""


class NotThen(Exception):
    """It cannot have happened before the case came in, or after now."""


class DoneAlready(Exception):
    """It has been recorded before."""


def has_clocks(case: Case) -> bool:
    """Whether the law's clocks run: not for every hazard yet, and not for everybody's home."""
    return any(promise.standard.startswith(f"{LAW}.") for promise in case.promises)


def happened(case: Case, what: str) -> datetime | None:
    """When it was recorded to have been made safe, or investigated; None while it was not."""
    found = next((event for event in case.events if event.what == what), None)
    return datetime.fromisoformat(found.details.get("when") or found.at.isoformat()) if found else None


def record_made_safe(
    case: Case, landlord: Landlord, when: datetime, at: datetime, who: str, *, has_appointment: bool
) -> None:
    """The home was made safe at ``when``; it is written down now, ``at``.

    Where the landlord attended an emergency (L41) and no appointment for the repair was made on site, its two working
    days to make contact about one begin (L09). Raises NoHazard, NotThen, DoneAlready.
    """
    _refuse_unless(case, MADE_SAFE, when, at)
    was_emergency = any(promise.standard == REPAIR_EMERGENCY for promise in case.promises)
    for standard in MAKE_SAFE:
        if standard in _open(case):
            meet_promise(case, standard, when, who)
    details = {"when": when.isoformat(), "has_appointment": has_appointment}
    add_to_history(case, MADE_SAFE, at, who, **details)
    if was_emergency and not has_appointment:
        make_after(case, landlord, MADE_SAFE, when, "repair")


def record_investigated(
    case: Case,
    landlord: Landlord,
    when: datetime,
    at: datetime,
    who: str,
    *,
    finding: str,
    is_hazard: bool,
    needs_safety_work: bool = False,
    needs_further_work: bool = False,
) -> None:
    """The investigation ended at ``when``, with this ``finding`` in our words; it is written down now, ``at``.

    The written summary is owed either way. Work is owed only as far as it is needed; where there is no hazard none is,
    and what was promised towards it falls away, for the reasons of the finding. Raises NoHazard, NotThen, DoneAlready.
    """
    _refuse_unless(case, INVESTIGATED, when, at)
    if INVESTIGATE in _open(case):
        meet_promise(case, INVESTIGATE, when, who)
    details = {"when": when.isoformat(), "finding": finding, "is_hazard": is_hazard}
    needed = {"needs_safety_work": needs_safety_work, "needs_further_work": needs_further_work}
    add_to_history(case, INVESTIGATED, at, who, **details, **needed)
    if not is_hazard:
        end_promises(case, MAKE_SAFE, at, who, finding)
    besides: set[str] = set()
    if not (is_hazard and needs_safety_work) or happened(case, MADE_SAFE):
        besides.add(SAFETY_WORK)
    if not (is_hazard and needs_further_work):
        besides.update(FURTHER_WORK)
    if has_clocks(case):
        make_after(case, landlord, INVESTIGATED, when, LAW, besides)


def _open(case: Case) -> set[str]:
    return {promise.standard for promise in case.promises if promise.is_open}


def _refuse_unless(case: Case, what: str, when: datetime, at: datetime) -> None:
    if case.hazard is None:
        raise NoHazard
    if happened(case, what):
        raise DoneAlready
    if not case.received_at <= when <= at:
        raise NotThen
