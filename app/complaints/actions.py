"""What can be done with a complaint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.cases.actions import open_case
from app.cases.models import Case
from app.dispatch.actions import queue_message, way_to
from app.landlords.standards import Landlord
from app.letters.actions import request_letter
from app.tenants.actions import record_tenant


def make_complaint(
    landlord: Landlord,
    answers: Mapping[str, Any],
    person: Mapping[str, Any],
    needs: Mapping[str, Any],
    language: str,
    at: datetime,
    channel: str = "web",
    draft_id: str | None = None,
    recorded_by: str | None = None,
    written_in: str | None = None,
    written_at: datetime | None = None,
) -> Case:
    """Open the case, send its receipt and ask for its acknowledgement. Adds to the session; no commit.

    ``language`` is that of the letters, ``written_in`` that of the tenant's words where it is another. ``at`` is the
    aware moment of receipt, ``written_at`` that of the letters where it is another (a contact recorded later).
    ``recorded_by`` is a colleague's email, None from the web.
    Raises sqlalchemy.exc.IntegrityError when ``draft_id`` already made a case.
    """
    tenant = record_tenant(person, needs, language, at, recorded_by)
    case = open_case(
        landlord=landlord,
        kind="complaint",
        channel=channel,
        received_at=at,
        tenant=tenant,
        answers=answers,
        language=language,
        recorded_by=recorded_by,
        draft_id=draft_id,
    )
    if written_in:
        case.contacts[0].language = written_in
    # A receipt is not an acknowledgement: it says only that the words arrived, and at once.
    now = written_at or at
    receipt = request_letter(case, "receipt", now)
    if way := way_to(tenant):
        queue_message(receipt, *way, now)
    request_letter(case, "acknowledgement", now)
    return case
