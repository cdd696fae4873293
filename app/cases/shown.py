"""A case as data: what ``cases show --json`` prints. A promise to scripts: keys are added, never changed."""

from datetime import datetime
from typing import Any

from app.cases.clock import LONDON
from app.cases.models import Case, Contact, Event, Promise, PromiseChange


def local(moment: datetime) -> str:
    """ISO 8601 in London's time, with its offset."""
    return moment.astimezone(LONDON).isoformat(timespec="seconds")


def as_json(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "landlord": case.landlord,
        "kind": case.kind,
        "status": case.status,
        "is_restricted": case.is_restricted,
        "hazard": case.hazard,
        "signs_of_a_machine": signs_of_a_machine(case),
        "language": case.language,
        "received_at": local(case.received_at),
        "next_due_at": _local_or_none(case.next_due_at),
        "handler": {"name": case.handler.name, "email": case.handler.email} if case.handler else None,
        "person": _person(case),
        "needs": _needs(case),
        "contacts": [_contact(contact) for contact in case.contacts],
        "promises": [_promise(one) for one in sorted(case.promises, key=lambda one: (one.due_at, one.id))],
        "history": [_event(event) for event in case.events],
    }


def signs_of_a_machine(case: Case) -> list[str]:
    """Why a machine may have sent it, such as very_fast; empty where a person seems to have."""
    return [sign for event in case.events if event.what == "looks_automatic" for sign in event.details["signs"]]


def _person(case: Case) -> dict[str, Any]:
    tenant = case.tenant
    names = ("name", "who", "email", "phone", "address", "postcode", "language", "is_anonymous")
    return {name: getattr(tenant, name) for name in names}


def _needs(case: Case) -> dict[str, Any]:
    needs = case.tenant.needs
    return {
        "format": needs.letter_format,
        "point_size": needs.point_size,
        "braille_grade": needs.braille_grade,
        "paper": needs.paper_colour,
        "rate": needs.speaking_rate,
        "braille_cells": needs.braille_cells,
        "braille_lines": needs.braille_lines,
        "contact_channel": needs.contact_channel,
        "may_leave_messages": needs.may_leave_messages,
        "safe_times": needs.safe_times,
        "interpreter_language": needs.interpreter_language,
        "consent": needs.has_consent,
        "safe_ways": needs.safe_ways,
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "channel": contact.channel,
        "purpose": contact.purpose,
        "addressee": contact.addressee,
        "language": contact.language,
        "received_at": local(contact.received_at),
        "recorded_by": contact.recorded_by,
        "answers": contact.answers,
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "standard": promise.standard,
        "regime": promise.regime,
        "amount": promise.amount,
        "unit": promise.unit,
        "counted_from_at": local(promise.counted_from_at),
        "due_at": local(promise.due_at),
        "met_at": _local_or_none(promise.met_at),
        "source": promise.source,
        "working": promise.working,
        "paused_at": _local_or_none(promise.paused_at),
        "ended_at": _local_or_none(promise.ended_at),
        "missed_reason": promise.missed_reason,
        "changes": [_change(change) for change in promise.changes],
    }


def _change(change: PromiseChange) -> dict[str, Any]:
    return {
        "at": local(change.at),
        "what": change.what,
        "who": change.who,
        "reason": change.reason,
        "due_before_at": local(change.due_before_at),
        "due_after_at": local(change.due_after_at),
        "working_before": change.working_before,
    }


def _event(event: Event) -> dict[str, Any]:
    return {"at": local(event.at), "what": event.what, "who": event.who, "details": event.details}


def _local_or_none(moment: datetime | None) -> str | None:
    return local(moment) if moment else None
