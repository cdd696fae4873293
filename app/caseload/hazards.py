"""A hazard on a case's page: naming one later, what the law wants next, and the letter that says what was found.

Nothing here commits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cases.actions import add_event, name_hazard
from app.cases.clock import LONDON
from app.cases.hazards import (
    FURTHER_WORK,
    INVESTIGATED,
    MADE_SAFE,
    MAKE_SAFE,
    SAFETY_WORK,
    DoneAlready,
    happened,
    has_clocks,
)
from app.cases.models import Case, Event
from app.cases.promises import HAZARD_EMERGENCY, HAZARD_INVESTIGATE
from app.landlords.shapes import Landlord
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.reception.going_out import NoWay, send_out

SUMMARY = "hazard-summary"  # a letter


class NotInvestigated(Exception):
    """The summary says what was found: the investigation comes first."""


@dataclass(frozen=True)
class Steps:
    """How far it is. What is None has not been recorded."""

    made_safe_at: datetime | None
    investigated_at: datetime | None
    found: Event | None  # the event that says what the investigation found
    may_be_made_safe: bool
    may_be_investigated: bool
    may_be_told: bool  # what was found, by letter
    has_clocks: bool


def steps_of(case: Case) -> Steps:
    made_safe, investigated = happened(case, MADE_SAFE), happened(case, INVESTIGATED)
    open_keys = {promise.standard for promise in case.promises if promise.is_open}
    return Steps(
        made_safe_at=made_safe,
        investigated_at=investigated,
        found=_found(case),
        may_be_made_safe=made_safe is None and bool(open_keys & set(MAKE_SAFE)),
        may_be_investigated=case.hazard is not None and investigated is None,
        may_be_told=investigated is not None,
        has_clocks=has_clocks(case),
    )


def _found(case: Case) -> Event | None:
    return next((event for event in case.events if event.what == INVESTIGATED), None)


def name_it(case: Case, landlord: Landlord, hazard: str, when: datetime, at: datetime, who: str) -> bool:
    """Name the hazard, or another one: the law's clocks count from ``when``, at which we first knew of it.

    The law leaves out some homes: then no clock begins, and the history says so. Gives whether any does. Raises
    DoneAlready where the clock that this hazard wants has run in this case: another danger is a case of its own.
    """
    person = next((one for one in landlord.who_may_complain if one.key == case.tenant.who), None)
    if person is not None and not person.has_hazard_clocks:
        add_event(case, "hazard_without_clocks", at, who, hazard=hazard)
        return False
    name_hazard(case, landlord, hazard, at, who, known_at=when)
    if has_clocks(case) and not _runs(case, landlord, when):
        raise DoneAlready
    return has_clocks(case)


def _runs(case: Case, landlord: Landlord, when: datetime) -> bool:
    """Whether the first clock of the hazard that is named runs, or the law has none for it yet."""
    hazard = next(one for one in landlord.hazards if one.key == case.hazard)
    if not hazard.is_in_scope(when.astimezone(LONDON).date()):
        return True
    wanted = HAZARD_EMERGENCY if hazard.is_emergency else HAZARD_INVESTIGATE
    first = [promise for promise in case.promises if promise.standard == wanted]
    return not first or any(promise.is_open for promise in first)


def write_summary(
    case: Case, finding: str, work: str, written_in: str, at: datetime, who: str
) -> tuple[Letter, str | None]:
    """The letter of what was found, what we do and by when; once it has gone out the law's promise of it is kept.

    ``finding`` and ``work`` are our words to the tenant in the language ``written_in``. Gives the letter and its way,
    None where there is no address. Raises NotInvestigated.
    """
    found = _found(case)
    if found is None:
        raise NotInvestigated
    letter = request_letter(case, SUMMARY, at, given=_given(case, found, finding, work, written_in))
    try:
        return letter, send_out(letter, at, who)
    except NoWay:
        return letter, None


def _given(case: Case, found: Event, finding: str, work: str, written_in: str) -> dict[str, Any]:
    made_safe, investigated = happened(case, MADE_SAFE), happened(case, INVESTIGATED)
    told = (SAFETY_WORK, *FURTHER_WORK)
    dates = [
        {"what": promise.standard, "by": promise.due_at.isoformat()}
        for promise in sorted(case.promises, key=lambda promise: promise.due_at)
        if promise.is_open and promise.standard in told
    ]
    return {
        "finding": finding,
        "work": work,
        "words_language": written_in,
        "investigated_on": investigated.isoformat() if investigated else "",
        "made_safe_on": made_safe.isoformat() if made_safe else None,
        "is_hazard": bool(found.details.get("is_hazard")),
        "dates": dates,
    }
