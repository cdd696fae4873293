"""Who deals with a case: somebody is named at once, so that the tenant has a name to ask for.

The policy says who decides at each stage of a complaint ([[stages]], handled_by); the rest is here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.cases.casework_models import Participation
from app.cases.models import Case
from app.extensions import db
from app.landlords.shapes import HEAD_OF_TEAM, Landlord
from app.staff.absence import at_work
from app.staff.absences import away_at
from app.staff.models import Role, StaffMember, Team
from app.staff.roles import READ_RESTRICTED, WORK_ON_CASES, may_read_restricted, may_work_on_cases

# Whose work a new case is, where the policy's stages do not say it.
FIRST_CHOICE = {"antisocial-behaviour": "officer", "enquiry": "advisor"}
USUAL_CHOICE = "complaints-team"
SENIOR = frozenset({"reviewer", "manager"})  # who may decide at stage 2
Steps = Iterable[Callable[[], Sequence[StaffMember]]]
May = Callable[[StaffMember], bool]


def service_of(kind: str, answers: Mapping[str, Any], landlord: Landlord) -> str | None:
    """The policy's service that the contact is about: what was chosen, or what the enquiry's topic belongs to."""
    if kind != "enquiry":
        return answers.get("service") or None
    topics = {topic.key: topic.service for topic in landlord.enquiry_topics}
    return topics.get(str(answers.get("topic"))) or None


def choose_handler(
    kind: str,
    *,
    is_restricted: bool,
    landlord: Landlord | None = None,
    team: Team | None = None,
    at: datetime | None = None,
) -> StaffMember | None:
    """Whose work a new case is, by the policy's rule for stage 1; else any other who may do it. None without anybody.

    Whoever is away on the day of ``at`` gets nothing while somebody else of the same choice is at work, or a deputy.
    A restricted case goes only to roles that may read it.
    """

    def may(colleague: StaffMember) -> bool:
        return may_work_on_cases(colleague) and (not is_restricted or may_read_restricted(colleague))

    steps: list[Callable[[], Sequence[StaffMember]]] = []
    if kind == "complaint" and landlord and landlord.stages[0].handled_by == HEAD_OF_TEAM:
        steps += [lambda: [team.head] if team and team.head else [], lambda: _least_busy(["manager"])]
    steps.append(lambda: _least_busy([FIRST_CHOICE.get(kind, USUAL_CHOICE)]))
    steps.append(lambda: _least_busy(WORK_ON_CASES & READ_RESTRICTED if is_restricted else WORK_ON_CASES))
    return _first(steps, may, at)


def choose_for_stage_2(case: Case, landlord: Landlord, at: datetime | None = None) -> StaffMember | None:
    """Who looks at the complaint again: a reviewer or manager who took no part in stage 1 (Code 6.13), least busy.

    Both policies ask for the same. Nobody who is away on the day of ``at``, unless a deputy is as senior and as
    independent. None where there is nobody: a colleague has to be found by hand.
    """
    took_part = _took_part_in_stage_1(case)

    def may(colleague: StaffMember) -> bool:
        is_senior = any(role.name in SENIOR for role in colleague.roles)
        is_open_to = not case.is_restricted or may_read_restricted(colleague)
        return colleague.id not in took_part and is_senior and is_open_to

    return _first([lambda: _least_busy(SENIOR)], may, at)


def stand_in_for(colleague: StaffMember, case: Case, at: datetime) -> StaffMember | None:
    """Who may do this colleague's work on the case while they are away: their deputy, or the deputy's; or None."""
    took_part = _took_part_in_stage_1(case) if case.stage == 2 else set()

    def may(other: StaffMember) -> bool:
        if other.id in took_part or not may_work_on_cases(other):
            return False
        return not case.is_restricted or may_read_restricted(other)

    return _first([lambda: [colleague]], may, at, is_named_though_away=False)


@dataclass(frozen=True)
class HandlerAway:
    """Whoever deals with the case is away. ``back_on``: the first day at work again; ``deputy`` works meanwhile."""

    handler: StaffMember
    back_on: date
    deputy: StaffMember | None


def handler_away(case: Case, at: datetime) -> HandlerAway | None:
    """None where nobody deals with it, or they are at work on the day of this moment."""
    if case.handler is None or (away := away_at(at).get(case.handler.id)) is None:
        return None
    return HandlerAway(case.handler, away.back_on, stand_in_for(case.handler, case, at))


def _took_part_in_stage_1(case: Case) -> set[int]:
    wanted = select(Participation.staff_member_id).where(Participation.case_id == case.id, Participation.stage == 1)
    return set(db.session.scalars(wanted))


def _first(steps: Steps, may: May, at: datetime | None, *, is_named_though_away: bool = True) -> StaffMember | None:
    """The first, step by step, who may and is at work. Where all are away: whoever would have been the first."""
    away = away_at(at) if at else {}
    people: dict[int, StaffMember] = {one.id: one for one in _colleagues()} if away else {}
    would_have: StaffMember | None = None
    for step in steps:
        candidates = [one for one in step() if one.active]
        people.update({one.id: one for one in candidates})
        found = at_work([one.id for one in candidates], away, lambda who: who in people and may(people[who]))
        if found is not None:
            return people[found]
        would_have = would_have or next((one for one in candidates if may(one)), None)
    return would_have if is_named_though_away else None


def _colleagues() -> Sequence[StaffMember]:
    wanted = select(StaffMember).where(StaffMember.active).options(selectinload(StaffMember.roles))
    return db.session.scalars(wanted).all()


def _least_busy(roles: Iterable[str]) -> Sequence[StaffMember]:
    """The active colleagues with one of these roles, who has the fewest open cases first."""
    open_cases = (
        select(func.count(Case.id))
        .where(Case.handler_id == StaffMember.id, Case.status == "open")
        .correlate(StaffMember)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(StaffMember)
        .where(StaffMember.active, StaffMember.roles.any(Role.name.in_(sorted(roles))))
        .order_by(open_cases, StaffMember.id)
        .options(selectinload(StaffMember.roles))
    ).all()
