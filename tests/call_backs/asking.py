"""Somebody who wants to be called, and how they go through the form."""

from flask.testing import FlaskClient

from app.call_backs.actions import free_slots
from app.call_backs.models import CallBack
from app.call_backs.slots import Slot
from app.extensions import db
from app.journeys import steps
from app.landlords.standards import current_landlord
from tests.journeys.reader import Reader

ANSWERS: dict[str, dict[str, str]] = {
    "before-you-ask": {},
    "name": {"name": "Anna Nowak"},
    "phone": {"phone": "+48 22 123 45 67", "may_leave_messages": "no"},
    "about": {"about": "The lift"},
    "interpreter": {"needs_interpreter": "yes", "interpreter_language": "Polish"},
    "day": {"day": "soonest"},
    "time": {},
}


def slug_of(reader: Reader) -> str:
    return reader.path.split("/")[3]


def last_slot() -> Slot:
    """Far enough ahead that it stays on offer while a test runs."""
    slot = free_slots(current_landlord(), steps.now())[-1]
    db.session.rollback()
    return slot


def at(slot: Slot) -> dict[str, str]:
    """The answers that choose this time."""
    return {"day": slot.day.isoformat(), "time": slot.key}


def go_on(reader: Reader, until: str = "check", **different: str) -> Reader:
    for _step in range(len(ANSWERS) + 1):
        slug = slug_of(reader)
        if slug == until:
            return reader
        here = reader.page.xpath("//form//*/@name")
        answers = {**ANSWERS[slug], **{name: words for name, words in different.items() if name in here}}
        reader.answer(**answers)
    raise AssertionError(f"the way to {until} ended at {reader.path}: {reader.words}")


def begin(client: FlaskClient, until: str = "check", language: str = "en", **different: str) -> Reader:
    return go_on(Reader(client).open(f"/{language}/call-back"), until, **different)


def ask(client: FlaskClient, language: str = "en", **different: str) -> Reader:
    """A reader who sees the received page."""
    return begin(client, language=language, **different).press()


def call_backs() -> list[CallBack]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(db.select(CallBack).order_by(CallBack.id)))
