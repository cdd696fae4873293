"""Who is away, until when, and who works for them meanwhile. Pure: absences and the day are handed in (L14)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Away:
    """``back_on`` is the first day at work again. The ids are of colleagues."""

    staff_member_id: int
    away_from_on: date
    back_on: date
    deputy_id: int | None = None


def away_on(absences: Iterable[Away], on: date) -> dict[int, Away]:
    """Who is away on this day, by id. One absence that begins before another ends is one: they are back after both.

    The deputy is that of the absence which runs on the day; of two that run, the one recorded last that names one.
    """
    known = list(absences)
    found: dict[int, Away] = {}
    for one in known:
        if one.away_from_on <= on < one.back_on:
            before = found.get(one.staff_member_id)
            deputy_id = one.deputy_id or (before.deputy_id if before else None)
            found[one.staff_member_id] = replace(one, deputy_id=deputy_id)
    return {who: replace(one, back_on=_really_back(one, known)) for who, one in found.items()}


def _really_back(one: Away, absences: Sequence[Away]) -> date:
    """The first day that none of their absences covers."""
    back_on = one.back_on
    for later in sorted(absences, key=lambda each: each.away_from_on):
        if later.staff_member_id == one.staff_member_id and later.away_from_on <= back_on < later.back_on:
            back_on = later.back_on
    return back_on


def stand_in(staff_member_id: int, away: Mapping[int, Away], may: Callable[[int], bool]) -> int | None:
    """Who does the work of this colleague: themselves, or the deputy, or the deputy's deputy, and so on.

    None where the chain ends in nobody, runs in a circle, or leads to somebody who may not (``may``).
    """
    seen: set[int] = set()
    who: int | None = staff_member_id
    while who is not None and who in away and who not in seen:
        seen.add(who)
        who = away[who].deputy_id
    return who if who is not None and who not in away and may(who) else None


def at_work(candidates: Sequence[int], away: Mapping[int, Away], may: Callable[[int], bool]) -> int | None:
    """The first of these who is at work; where all are away, the first who has a deputy that may.

    Deputies come second, because whoever is away has ever fewer open cases: their deputy would get all that comes.
    """
    present = (one for one in candidates if one not in away and may(one))
    deputies = (stand_in(one, away, may) for one in candidates)
    return next(present, None) or next((one for one in deputies if one is not None), None)
