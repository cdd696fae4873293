"""Things that tests need often, built as the application builds them. Each takes what differs and adds the rest."""

from datetime import UTC, datetime
from typing import Any

from app.cases.actions import open_case
from app.cases.models import Case, Contact
from app.extensions import db
from app.landlords.standards import current_landlord
from app.staff.models import Role, StaffMember
from app.tenants.models import CommunicationNeeds, Tenant

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a working day in every nation; winter time


def person(**different: Any) -> dict[str, Any]:
    """``person`` of ``cases record`` and of ``make_complaint``."""
    return {
        "name": "Anna Nowak",
        "who": "customer",
        "email": None,
        "phone": "07700 900123",
        "address": ["1 High Street", "Exeter"],
        "postcode": "EX1 1AA",
        **different,
    }


def needs(**different: Any) -> dict[str, Any]:
    return {
        "format": "standard-print",
        "point_size": 18,
        "braille_grade": 2,
        "contact_channel": "letter",
        "safe_times": None,
        "interpreter_language": None,
        "consent": True,
        **different,
    }


def answers(**different: Any) -> dict[str, Any]:
    """A whole complaint's answers, by question."""
    return {
        "who": "customer",
        "what_happened": "The lift has been broken for three weeks. I cannot carry my shopping up.",
        "when_happened": "3 November 2026",
        "outcome_sought": "Please repair the lift and tell me the date.",
        "raised_before": "no",
        **different,
    }


def a_tenant(**different: Any) -> Tenant:
    """A saved tenant; ``needs=needs(format="braille")`` for how to write to them."""
    wanted = different.pop("needs", None) or needs()
    tenant = Tenant(**{"language": "en", **person(), **different})
    tenant.needs = CommunicationNeeds(
        letter_format=wanted["format"],
        point_size=wanted["point_size"],
        braille_grade=wanted["braille_grade"],
        contact_channel=wanted["contact_channel"],
        safe_times=wanted["safe_times"],
        interpreter_language=wanted["interpreter_language"],
        has_consent=wanted["consent"],
        recorded_at=MONDAY_NOON,
        recorded_by="tenant",
    )
    db.session.add(tenant)
    db.session.commit()
    return tenant


def a_colleague(
    email: str = "sam.field@landlord.example", *, roles: tuple[str, ...] = (), **different: Any
) -> StaffMember:
    """A saved member of staff who holds these roles."""
    colleague = StaffMember(**{"email": email, "name": "Sam Field", "fs_uniquifier": email, **different})
    held = {role.name: role for role in db.session.scalars(db.select(Role))}
    colleague.roles = [held.get(name) or Role(name=name) for name in roles]
    db.session.add(colleague)
    db.session.commit()
    return colleague


def a_case(**different: Any) -> Case:
    """A saved case with one contact and no promises: for tests of what lies beside the clocks."""
    tenant = different.pop("tenant", None) or a_tenant()
    case = Case(
        **{
            "reference": "K7M4QX9T",
            "landlord": "livewest",
            "kind": "complaint",
            "language": tenant.language,
            "received_at": MONDAY_NOON,
            "tenant": tenant,
            **different,
        }
    )
    case.contacts.append(
        Contact(channel="web", language=case.language, received_at=case.received_at, answers=answers())
    )
    db.session.add(case)
    db.session.commit()
    return case


def an_opened_case(**different: Any) -> Case:
    """A saved case with its promises and a handler: what ``open_case`` makes of a complaint from the web."""
    if not db.session.scalars(db.select(StaffMember)).first():
        a_colleague(roles=("complaints-team",))
    case = open_case(
        **{
            "landlord": current_landlord(),
            "kind": "complaint",
            "channel": "web",
            "received_at": MONDAY_NOON,
            "tenant": different.pop("tenant", None) or a_tenant(),
            "answers": answers(),
            "language": "en",
            **different,
        }
    )
    db.session.commit()
    return case
