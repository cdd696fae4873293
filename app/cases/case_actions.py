"""Actions: what somebody does by a day, tracked to the end, after the answer too (L34, Code 6.6). For every kind.

Each act adds to the session and to the history; whoever asked for it commits, once. ``who`` is the colleague who acts.
"""

from datetime import date, datetime

from sqlalchemy import func, or_, select, tuple_

from app.cases.actions import add_event
from app.cases.casework_models import CaseAction
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.staff.models import StaffMember

Place = tuple[date, int]  # a day, and an action's id


class CaseIsClosed(Exception):
    """Nothing new is begun in a closed case: open it again first."""


class ActionIsOver(Exception):
    """It was done or dropped before."""


class NoReason(ValueError):
    """An action is dropped with a reason only."""


class NothingToDo(ValueError):
    """An action says what is done."""


def actions_of(case: Case) -> list[CaseAction]:
    """What is open first, by its day; then what is over, the newest first."""
    found = list(db.session.scalars(select(CaseAction).where(CaseAction.case_id == case.id).order_by(CaseAction.id)))
    still_open = sorted((one for one in found if one.is_open), key=lambda one: (one.due_on, one.id))
    return still_open + [one for one in reversed(found) if not one.is_open]


def is_overdue(action: CaseAction, today: date) -> bool:
    """``today`` is a day in London. The day itself is in time."""
    return action.is_open and action.due_on < today


def actions_to_do(
    owner_id: int | None, reader_id: int, sees_restricted: bool, after: Place | None = None, limit: int = 50
) -> list[CaseAction]:
    """Open actions, the earliest day first: of this owner, or of everybody, in cases that the reader may open.

    ``after``: where the page before ended, a day and an id.
    """
    wanted = (
        select(CaseAction)
        .join(CaseAction.case)
        .where(CaseAction.done_at.is_(None), CaseAction.dropped_because.is_(None))
    )
    if owner_id is not None:
        wanted = wanted.where(CaseAction.owner_id == owner_id)
    if not sees_restricted:
        wanted = wanted.where(or_(Case.is_restricted.is_(False), Case.handler_id == reader_id))
    if after is not None:
        wanted = wanted.where(tuple_(CaseAction.due_on, CaseAction.id) > tuple_(*after))
    return list(db.session.scalars(wanted.order_by(CaseAction.due_on, CaseAction.id).limit(limit)))


def late_actions(case: Case, at: datetime) -> int:
    """How many are open although their day is over."""
    today = at.astimezone(LONDON).date()
    wanted = select(func.count(CaseAction.id)).where(
        CaseAction.case_id == case.id,
        CaseAction.done_at.is_(None),
        CaseAction.dropped_because.is_(None),
        CaseAction.due_on < today,
    )
    return db.session.scalar(wanted) or 0


def agree_action(
    case: Case,
    words: str,
    owner: StaffMember,
    due_on: date,
    at: datetime,
    who: StaffMember,
    *,
    stage: int | None = None,
) -> CaseAction:
    """``words``: as the tenant is told. ``stage``: of the complaint whose answer promises it.

    Raises CaseIsClosed, NothingToDo.
    """
    if case.status == "closed":
        raise CaseIsClosed
    if not words.strip():
        raise NothingToDo
    action = CaseAction(
        case=case, words=words.strip(), owner=owner, due_on=due_on, agreed_at=at, agreed_by=who.email, stage=stage
    )
    db.session.add(action)
    db.session.flush()
    add_event(case, "action_agreed", at, who.email, **_told(action))
    return action


def mark_done(action: CaseAction, at: datetime, who: StaffMember) -> None:
    """Raises ActionIsOver."""
    _refuse_if_over(action)
    action.done_at, action.done_by = at, who.email
    add_event(action.case, "action_done", at, who.email, **_told(action))


def drop_action(action: CaseAction, because: str, at: datetime, who: StaffMember) -> None:
    """It will not be done. Raises ActionIsOver, NoReason."""
    _refuse_if_over(action)
    if not because.strip():
        raise NoReason
    action.dropped_because = because.strip()
    add_event(action.case, "action_dropped", at, who.email, **_told(action))


def hand_on(action: CaseAction, owner: StaffMember, at: datetime, who: StaffMember) -> None:
    """Another colleague does it from now on. Raises ActionIsOver."""
    _refuse_if_over(action)
    if action.owner_id == owner.id:
        return
    action.owner = owner
    add_event(action.case, "action_handed_on", at, who.email, **_told(action))


def move_action(action: CaseAction, due_on: date, at: datetime, who: StaffMember) -> None:
    """Another day than was said; the history keeps both. Raises ActionIsOver."""
    _refuse_if_over(action)
    if action.due_on == due_on:
        return
    before, action.due_on = action.due_on, due_on
    add_event(action.case, "action_moved", at, who.email, before=before.isoformat(), **_told(action))


def _refuse_if_over(action: CaseAction) -> None:
    if not action.is_open:
        raise ActionIsOver


def _told(action: CaseAction) -> dict[str, object]:
    """What the history says of it. Its words stay with the action: history is kept when words are anonymised."""
    owner = action.owner.name if action.owner else None
    return {"action": action.id, "owner": owner, "due_on": action.due_on.isoformat()}
