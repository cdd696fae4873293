"""What is removed of a case when its time is over. Columns not named here hold no words, or only keys of ours."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, exists, select, update

from app.cases import search
from app.cases.casework_models import (
    Appointment,
    CaseAction,
    CaseDraft,
    Conversation,
    HandOver,
    LegalHold,
    NeedsOverride,
)
from app.cases.models import Case, Event, Promise, PromiseChange, Trait
from app.extensions import db
from app.landlords.shapes import Landlord
from app.landlords.standards import current_landlord
from app.tenants.models import Tenant

GONE = ""  # in place of words that must be something
# Of an event's details: names of colleagues stay, and public words, which were written to name nobody. Else what has
# a space in it is words, whatever it is called; keys, numbers and days have none.
STAFF = frozenset({"name", "owner", "head", "team", "public_words"})
TYPED = frozenset({"reason", "done", "why_words", "words", "note", "finding", "waiting_for"})  # may be one word
TYPED_IN = frozenset({("point_changed", "before")})  # elsewhere this key holds a day or a key
TYPED_NAMES = frozenset({"compliment_to_pass_on"})  # events whose name a tenant typed


def forget_case(case: Case) -> None:
    """Empty what this room holds. The case says already that it is anonymised: its history may then be emptied."""
    for contact in case.contacts:
        contact.answers = _choices(contact.answers, current_landlord())
    _empty_words(case.id)
    for event in case.events:
        event.details = impersonal(event)
    for model in (Trait, CaseDraft):
        db.session.execute(delete(model).where(model.case_id == case.id))
    case.return_code, case.draft_id = None, None
    if not _has_another(case):
        forget_tenant(case.tenant, case)
    db.session.flush()
    search.forget(case)
    case.sort_name = GONE
    db.session.flush()


def forget_tenant(tenant: Tenant, case: Case) -> None:
    """Who it was, where, and how to reach them. The format that they needed stays: it is counted."""
    tenant.name, tenant.address = GONE, []
    tenant.email = tenant.phone = tenant.postcode = None
    tenant.date_of_birth = tenant.telephone_password = tenant.telephone_password_set_at = None
    tenant.anonymised_at = case.anonymised_at
    tenant.needs.safe_times = tenant.needs.interpreter_language = None


def impersonal(event: Event) -> dict[str, Any]:
    """The details without what somebody typed: keys, numbers, days and names of colleagues stay."""
    return {key: value for key, value in event.details.items() if _is_kept(event.what, key, value)}


def _is_kept(what: str, key: str, value: Any) -> bool:
    if key in TYPED or (what in TYPED_NAMES and key in STAFF):
        return False
    if (what, key) in TYPED_IN:
        return False
    return key in STAFF or not any(len(text.split()) > 1 for text in _texts(value))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return []


def _choices(answers: dict[str, Any], landlord: Landlord) -> dict[str, Any]:
    """What was chosen from the policy's lists, by which themes are counted."""
    lists = {
        "service": {one.key for one in landlord.services},
        "topic": {one.key for one in landlord.enquiry_topics},
    }
    return {key: answers[key] for key, known in lists.items() if answers.get(key) in known}


def _empty_words(case_id: int) -> None:
    emptied = (
        (Conversation, {"summary": GONE, "agreed": []}),
        (HandOver, {"note": GONE}),
        (Appointment, {"purpose": GONE}),
        (NeedsOverride, {"reason": GONE}),
        (LegalHold, {"reason": GONE}),
    )
    for model, values in emptied:
        db.session.execute(update(model).where(model.case_id == case_id).values(**values))
    actions = update(CaseAction).where(CaseAction.case_id == case_id)
    db.session.execute(actions.values(words=GONE))
    db.session.execute(actions.where(CaseAction.dropped_because.is_not(None)).values(dropped_because=GONE))
    missed = update(Promise).where(Promise.case_id == case_id, Promise.missed_reason.is_not(None))
    db.session.execute(missed.values(missed_reason=GONE))
    of_case = select(Promise.id).where(Promise.case_id == case_id)
    db.session.execute(update(PromiseChange).where(PromiseChange.promise_id.in_(of_case)).values(reason=GONE))


def _has_another(case: Case) -> bool:
    """Whether the tenant has another case whose time is not over."""
    another = exists().where(Case.tenant_id == case.tenant_id, Case.id != case.id, Case.anonymised_at.is_(None))
    return bool(db.session.scalar(select(another)))
