"""Asking for a call, moving it, cancelling it; and its place in the queue.

A time has so many places. Whoever takes one first takes the turn to do so (``take_turn``), and counts again: two
tenants who send at the same moment never share the last.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text

from app.call_backs.models import CallBack
from app.call_backs.slots import Slot, free, slots_from
from app.cases.references import make_reference
from app.extensions import db
from app.interpreters import asking, moving
from app.landlords.standards import Landlord
from app.notices.closures import closures_of, is_closed_between
from app.notices.lists import front
from app.reception.answers import preference

SOONEST = "soonest"  # the answer of who leaves the time to us
KEY_BYTES = 16  # 128 bits
_TURN = 2_026_112_201  # names the lock in PostgreSQL; nothing else uses the number


class NoPlaceLeft(Exception):
    """Somebody else took the last place, or the time has come too near."""


class NotWaiting(Exception):
    """The call has been made, missed or cancelled."""


def free_slots(landlord: Landlord, at: datetime) -> tuple[Slot, ...]:
    """The times with a place left, the soonest first; none where the landlord calls nobody back.

    A notice that the office is closed takes its times away, announced yet or not.
    """
    if landlord.call_backs is None:
        return ()
    offered = slots_from(at, landlord.call_backs, landlord.hours, landlord.calendar, closures_of(front(at).notices))
    return free(offered, _taken(), landlord.call_backs.calls_per_slot)


def ask(landlord: Landlord, answers: Mapping[str, Any], language: str, at: datetime, draft_id: str | None) -> CallBack:
    """Take a place, from the form's answers by field. Within a transaction that writes; no commit.

    Raises NoPlaceLeft; sqlalchemy.exc.IntegrityError when ``draft_id`` asked already.
    """
    take_turn()
    slot = _wanted(free_slots(landlord, at), answers)
    call_back = CallBack(
        reference=make_reference(),
        landlord=landlord.key,
        name=answers["name"],
        phone=answers["phone"],
        language=language,
        interpreter_language=answers.get("interpreter_language"),
        about=answers.get("about"),
        may_leave_messages=answers.get("may_leave_messages") == "yes",
        slot_at=slot.begins,
        slot_ends_at=slot.ends,
        asked_at=at,
        placed_at=at,
        state="waiting",
        key=secrets.token_urlsafe(KEY_BYTES),
        draft_id=draft_id,
    )
    db.session.add(call_back)
    db.session.flush()
    if call_back.interpreter_language:
        asking.ask_for_call(
            call_back.id, call_back.interpreter_language, landlord, slot.begins, at, preference(answers)
        )
    return call_back


def move(call_back: CallBack, landlord: Landlord, slot_key: str, at: datetime, who: str | None = None) -> None:
    """To another time, behind those who are there already. To its own time: it stays as it is. No commit.

    Raises NotWaiting, NoPlaceLeft.
    """
    take_turn()
    _must_wait(call_back)
    if slot_key == slot_of(call_back).key:
        return
    slot = _with_key(free_slots(landlord, at), slot_key)
    call_back.slot_at, call_back.slot_ends_at, call_back.placed_at = slot.begins, slot.ends, at
    moving.call_moved(call_back.id, landlord, slot.begins, at, who)


def end(call_back: CallBack, state: str, at: datetime, who: str | None = None) -> None:
    """It was ``called``, ``missed`` or ``cancelled``, by a colleague (``who``) or by the tenant. No commit.

    Raises NotWaiting.
    """
    _must_wait(call_back)
    call_back.state, call_back.ended_at, call_back.ended_by = state, at, who
    if state == "cancelled":
        moving.call_cancelled(call_back.id, at, who)


def place_of(call_back: CallBack) -> int:
    """Its number among those who wait for the same time: 1 is called first. It never grows."""
    is_before = (CallBack.placed_at < call_back.placed_at) | (
        (CallBack.placed_at == call_back.placed_at) & (CallBack.id < call_back.id)
    )
    counted = select(func.count()).where(CallBack.state == "waiting", CallBack.slot_at == call_back.slot_at, is_before)
    return (db.session.scalar(counted) or 0) + 1


def is_closed_then(call_back: CallBack, at: datetime) -> bool:
    """Whether a closed office was published for its time after it was asked for: nobody will call."""
    closures = closures_of(front(at).notices)
    return call_back.state == "waiting" and is_closed_between(closures, call_back.slot_at, call_back.slot_ends_at)


def slot_of(call_back: CallBack) -> Slot:
    return Slot(call_back.slot_at, call_back.slot_ends_at)


def with_key(key: str, *, to_write: bool = False) -> CallBack | None:
    """The tenant's own, by the key in its link."""
    if not key.isprintable():
        return None  # no key of ours; PostgreSQL would refuse to look for a NUL
    wanted = select(CallBack).where(CallBack.key == key)
    return db.session.scalar(wanted.with_for_update() if to_write else wanted)


def with_reference(reference: str) -> CallBack:
    return db.session.execute(select(CallBack).where(CallBack.reference == reference)).scalar_one()


def take_turn() -> None:
    """Until the commit nobody else takes a place. SQLite has one writer anyway; PostgreSQL is told to wait."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def _taken() -> dict[datetime, int]:
    counted = select(CallBack.slot_at, func.count()).where(CallBack.state == "waiting").group_by(CallBack.slot_at)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def _wanted(slots: tuple[Slot, ...], answers: Mapping[str, Any]) -> Slot:
    if answers.get("day") != SOONEST:
        return _with_key(slots, answers.get("time"))
    if not slots:
        raise NoPlaceLeft
    return slots[0]


def _with_key(slots: tuple[Slot, ...], key: str | None) -> Slot:
    found = next((slot for slot in slots if slot.key == key), None)
    if found is None:
        raise NoPlaceLeft
    return found


def _must_wait(call_back: CallBack) -> None:
    if call_back.state != "waiting":
        raise NotWaiting
