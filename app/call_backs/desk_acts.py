"""What colleagues do with a call: called, rung in vain and tried again, moved, a wrong press taken back. No commits.

Each stands in the call's own history with who and when.
"""

from datetime import datetime

from app.call_backs.actions import NoPlaceLeft, NotWaiting, end, free_slots, move, slot_of, take_turn
from app.call_backs.models import CallBack, CallBackEvent
from app.call_backs.slots import Slot
from app.cases.clock import LONDON
from app.interpreters import moving
from app.landlords.standards import Landlord

CALLED, MISSED, CANCELLED, MOVED, TAKEN_BACK, AGAIN = "called", "missed", "cancelled", "moved", "taken_back", "again"
LETTER = "letter"  # it told the tenant that we rang in vain
MOST_TRIES = 3  # this service's own: nobody is rung for ever


class TooLate(Exception):
    """It was recorded on another day, or by the tenant: it stands."""


class EnoughTries(Exception):
    """It was tried as often as we do."""


def record(call_back: CallBack, outcome: str, at: datetime, who: str) -> None:
    """``outcome`` is called, missed or cancelled. Raises NotWaiting."""
    end(call_back, outcome, at, who)
    _write(call_back, outcome, at, who)


def tries_of(call_back: CallBack) -> int:
    """How often it was rung in vain."""
    return sum(event.what == MISSED for event in call_back.events) - _taken_back(call_back, MISSED)


def can_try_again(call_back: CallBack, at: datetime) -> bool:
    return call_back.state == MISSED and tries_of(call_back) < MOST_TRIES and _is_today(call_back, at)


def next_try(landlord: Landlord, at: datetime) -> Slot | None:
    """The next time with a place left."""
    return next(iter(free_slots(landlord, at)), None)


def try_again(call_back: CallBack, landlord: Landlord, at: datetime, who: str, *, has_left_message: bool) -> Slot:
    """After a call in vain: it waits again, for the next time with a place left.

    ``has_left_message``: the colleague said so on the tenant's voicemail. Raises NotWaiting where it was not rung in
    vain today, EnoughTries, NoPlaceLeft.
    """
    take_turn()
    if call_back.state != MISSED or not _is_today(call_back, at):
        raise NotWaiting
    if tries_of(call_back) >= MOST_TRIES:
        raise EnoughTries
    slot = next_try(landlord, at)
    if slot is None:
        raise NoPlaceLeft
    _wait_again(call_back)
    call_back.slot_at, call_back.slot_ends_at, call_back.placed_at = slot.begins, slot.ends, at
    moving.call_moved(call_back.id, landlord, slot.begins, at, who)
    left = has_left_message and call_back.may_leave_messages
    _write(call_back, AGAIN, at, who, begins=slot.begins.isoformat(), has_left_message=left)
    return slot


def move_for_tenant(call_back: CallBack, landlord: Landlord, slot_key: str, at: datetime, who: str) -> None:
    """A colleague moves it, as the tenant could. Raises NotWaiting, NoPlaceLeft."""
    before = slot_of(call_back)
    move(call_back, landlord, slot_key, at, who)
    if slot_of(call_back) != before:
        _write(call_back, MOVED, at, who, before=before.begins.isoformat(), begins=call_back.slot_at.isoformat())


def can_be_taken_back(call_back: CallBack, at: datetime) -> bool:
    """What a colleague recorded today."""
    return call_back.state != "waiting" and call_back.ended_by is not None and _is_today(call_back, at)


def take_back(call_back: CallBack, at: datetime, who: str) -> None:
    """A wrong press: it waits again, at the place that it had. Raises TooLate."""
    if not can_be_taken_back(call_back, at):
        raise TooLate
    was = call_back.state
    _wait_again(call_back)
    moving.call_waits_again(call_back.id)
    _write(call_back, TAKEN_BACK, at, who, was=was)


def last_try(call_back: CallBack) -> CallBackEvent | None:
    """When we rang in vain last, while it waits again; what was taken back did not happen."""
    if tries_of(call_back) <= 0:
        return None
    return next((event for event in reversed(call_back.events) if event.what == MISSED), None)


def rung_in_vain_at(call_back: CallBack) -> list[datetime]:
    """When we rang and nobody answered, the first time first, without what was taken back."""
    found: list[datetime] = []
    for event in call_back.events:
        if event.what == MISSED:
            found.append(event.at)
        elif event.what == TAKEN_BACK and event.details.get("was") == MISSED and found:
            found.pop()
    return found


def has_letter(call_back: CallBack) -> bool:
    """Whether a letter has told of the last time that we rang in vain."""
    told = [event.at for event in call_back.events if event.what == LETTER]
    rang_at = rung_in_vain_at(call_back)
    return bool(told and rang_at) and told[-1] >= rang_at[-1]


def note_letter(call_back: CallBack, reference: str, at: datetime, who: str) -> None:
    """``reference``: of the case in which it was written."""
    _write(call_back, LETTER, at, who, reference=reference)


def _taken_back(call_back: CallBack, what: str) -> int:
    return sum(event.what == TAKEN_BACK and event.details.get("was") == what for event in call_back.events)


def _is_today(call_back: CallBack, at: datetime) -> bool:
    ended = call_back.ended_at
    return ended is not None and ended.astimezone(LONDON).date() == at.astimezone(LONDON).date()


def _wait_again(call_back: CallBack) -> None:
    call_back.state, call_back.ended_at, call_back.ended_by = "waiting", None, None


def _write(call_back: CallBack, what: str, at: datetime, who: str, **details: object) -> None:
    call_back.events.append(CallBackEvent(at=at, what=what, who=who, details=details))
