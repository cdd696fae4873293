"""Recording who wrote to us, and how they can read what we answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.extensions import db
from app.tenants.models import FORMATS, USUAL_LARGE_PRINT, WAYS, CommunicationNeeds, Tenant
from app.tenants.words import typed, typed_line

REVIEW_AFTER = timedelta(days=365)  # needs change: asked again each year
LONDON = ZoneInfo("Europe/London")


def record_tenant(
    person: Mapping[str, Any], needs: Mapping[str, Any], language: str, at: datetime, recorded_by: str | None
) -> Tenant:
    """Add the person and their needs to the session. No commit.

    ``person``: name, who, email, phone, address (lines), postcode; is_anonymous when they want to stay so. ``needs``:
    format, point_size, braille_grade, contact_channel, safe_ways (of email, phone and letter), safe_times,
    may_leave_messages, interpreter_language, consent. What is left out has the usual value. ``recorded_by`` is a
    colleague's email; None means that the tenant told us.
    """
    tenant = Tenant(
        name=typed_line(person.get("name")) or "",
        who=person.get("who") or "customer",
        email=typed_line(person.get("email")),
        phone=typed_line(person.get("phone")),
        address=[line for line in map(typed_line, person.get("address") or ()) if line],
        postcode=typed_line(person.get("postcode")),
        language=language,
        is_anonymous=bool(person.get("is_anonymous")),
    )
    tenant.needs = _needs(needs, tenant, at, recorded_by)
    db.session.add(tenant)
    return tenant


def _needs(needs: Mapping[str, Any], tenant: Tenant, at: datetime, recorded_by: str | None) -> CommunicationNeeds:
    return CommunicationNeeds(
        letter_format=needs.get("format") or FORMATS[0],
        point_size=needs.get("point_size") or USUAL_LARGE_PRINT,
        braille_grade=needs.get("braille_grade") or 2,
        contact_channel=needs.get("contact_channel") or ("email" if tenant.email else "letter"),
        safe_ways=_safe_ways(needs.get("safe_ways")),
        may_leave_messages=needs.get("may_leave_messages"),
        safe_times=typed(needs.get("safe_times")),
        interpreter_language=typed_line(needs.get("interpreter_language")),
        has_consent=bool(needs.get("consent")),
        recorded_at=at,
        recorded_by=recorded_by or "tenant",
        review_on=(at + REVIEW_AFTER).astimezone(LONDON).date(),
    )


def _safe_ways(ways: Sequence[str] | None) -> list[str] | None:
    return None if ways is None else [way for way in WAYS if way in ways]
