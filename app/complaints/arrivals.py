"""A new complaint of what is known already: the same person, the same needs, as if it had been sent now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.cases.models import Case
from app.interpreters.asking import preferred_in
from app.reception.actions import Arrival
from app.tenants.models import CommunicationNeeds, Tenant


def arrival_from(
    case: Case,
    answers: Mapping[str, Any],
    at: datetime,
    *,
    written_in: str,
    channel: str = "web",
    recorded_by: str | None = None,
) -> Arrival:
    """``answers`` are the new complaint's, in the language ``written_in``; all else comes from the case's tenant."""
    return Arrival(
        answers={"who": case.tenant.who, **answers},
        person=_person(case.tenant),
        needs={**_needs(case.tenant.needs), "interpreter_prefers": preferred_in(case)},
        language=case.language,
        at=at,
        channel=channel,
        recorded_by=recorded_by,
        written_in=written_in,
    )


def _person(tenant: Tenant) -> dict[str, Any]:
    names = ("name", "is_anonymous", "who", "email", "phone", "address", "postcode")
    return {name: getattr(tenant, name) for name in names}


def _needs(needs: CommunicationNeeds) -> dict[str, Any]:
    names = (
        "point_size", "braille_grade", "braille_cells", "braille_lines", "contact_channel", "safe_ways", "safe_times",
        "may_leave_messages", "interpreter_language",
    )  # fmt: skip
    found = {name: getattr(needs, name) for name in names}
    found |= {"format": needs.letter_format, "paper": needs.paper_colour, "rate": needs.speaking_rate}
    return {**found, "consent": needs.has_consent}
