"""Rows for figures that a person can count: each says only what it is counted by."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from app.call_backs.models import CallBack
from app.cases.models import Case, Promise
from app.extensions import db
from app.landlords.standards import current_landlord
from app.tenants.models import Tenant
from tests.builders import a_case, a_tenant

_NUMBERS = count(1)


def moment(text: str) -> datetime:
    """UTC: 2026-03-31T23:30."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def the_tenant() -> Tenant:
    return db.session.scalars(db.select(Tenant)).first() or a_tenant()


def a_case_of(**different: Any) -> Case:
    return a_case(reference=f"C{next(_NUMBERS):07}", landlord=current_landlord().key, tenant=the_tenant(), **different)


def a_promise(
    case: Case, due: str, met: str = "", ended: str = "", paused: str = "", standard: str = "complaint.acknowledge",
    regime: str = "landlord",
) -> Promise:  # fmt: skip
    promise = Promise(
        case=case, standard=standard, regime=regime, amount=1, unit="working_days",
        counted_from_at=case.received_at, due_at=moment(due), working=[], source="a test",
        met_at=moment(met) if met else None, ended_at=moment(ended) if ended else None,
        paused_at=moment(paused) if paused else None,
    )  # fmt: skip
    db.session.add(promise)
    db.session.commit()
    return promise


def a_call(asked: str, ended: str, state: str = "called", slot_ends: str = "2026-11-30T17:00") -> None:
    number = next(_NUMBERS)
    db.session.add(
        CallBack(
            reference=f"B{number:07}", landlord="livewest", name="Anna Nowak", phone="07700 900123", language="en",
            slot_at=moment(slot_ends), slot_ends_at=moment(slot_ends), asked_at=moment(asked), placed_at=moment(asked),
            state=state, ended_at=moment(ended), key=f"key-{number}",
        )
    )  # fmt: skip
    db.session.commit()
