"""Recording who wrote to us, and how they can read what we answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.extensions import db
from app.tenants.models import (
    FORMATS,
    PAPER_COLOURS,
    USUAL_CELLS,
    USUAL_LARGE_PRINT,
    USUAL_LINES,
    WAYS,
    CommunicationNeeds,
    Tenant,
)
from app.tenants.words import typed, typed_line

REVIEW_AFTER = timedelta(days=365)  # needs change: asked again each year
LONDON = ZoneInfo("Europe/London")


def record_tenant(
    person: Mapping[str, Any], needs: Mapping[str, Any], language: str, at: datetime, recorded_by: str | None
) -> Tenant:
    """Add the person and their needs to the session. No commit.

    ``person``: name, who, email, phone, address (lines), postcode; is_anonymous when they want to stay so. ``needs``:
    format, point_size, paper, braille_grade, braille_cells, braille_lines, rate (of speaking), contact_channel,
    safe_ways (of email, phone and letter), safe_times, may_leave_messages, interpreter_language, consent. What is left
    out has the usual value. ``recorded_by`` is a colleague's email; None means that the tenant told us.
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
        paper_colour=needs.get("paper") or PAPER_COLOURS[0],
        speaking_rate=needs.get("rate") or "usual",
        braille_cells=needs.get("braille_cells") or USUAL_CELLS,
        braille_lines=needs.get("braille_lines") or USUAL_LINES,
        contact_channel=needs.get("contact_channel") or ("email" if tenant.email else "letter"),
        safe_ways=_safe_ways(needs.get("safe_ways")),
        may_leave_messages=needs.get("may_leave_messages"),
        safe_times=typed(needs.get("safe_times")),
        interpreter_language=typed_line(needs.get("interpreter_language")),
        has_consent=bool(needs.get("consent")),
        recorded_at=at,
        recorded_by=recorded_by or "tenant",
        review_on=next_review(at),
    )


def next_review(at: datetime) -> date:
    return (at + REVIEW_AFTER).astimezone(LONDON).date()


def change_needs(
    needs: CommunicationNeeds, wanted: Mapping[str, Any], at: datetime, recorded_by: str
) -> tuple[str, ...]:
    """Take over what is wanted, by column, and who said so when. Gives the columns that changed. No commit.

    Raises AttributeError for what is no column.
    """
    changed = tuple(name for name, value in wanted.items() if getattr(needs, name) != value)
    for name in changed:
        setattr(needs, name, wanted[name])
    needs.recorded_at, needs.recorded_by = at, recorded_by
    return changed


def widens(needs: CommunicationNeeds, safe_ways: Sequence[str] | None, may_leave_messages: bool | None) -> bool:
    """Whether this would let us use a way that the tenant ruled out: somebody in danger may not be asked for it."""
    ways = WAYS if safe_ways is None else safe_ways
    is_new_way = any(not needs.is_safe(way) for way in ways)
    return is_new_way or (needs.may_leave_messages is False and may_leave_messages is not False)


def _safe_ways(ways: Sequence[str] | None) -> list[str] | None:
    return None if ways is None else [way for way in WAYS if way in ways]
