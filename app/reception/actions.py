"""Taking in a contact: whatever its kind and channel, it becomes a case with a receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cases.actions import add_event, open_case
from app.cases.models import Case
from app.dispatch.actions import queue_message, way_to
from app.interpreters.asking import Wish, ask
from app.interpreters.models import FORM
from app.journeys.abuse import FILLED_HIDDEN_FIELD
from app.landlords.standards import Landlord
from app.letters.actions import request_letter
from app.tenants.actions import record_tenant
from app.uploads.actions import hand_over


@dataclass(frozen=True)
class Arrival:
    """What came in. ``answers``, ``person`` and ``needs`` have the shapes of ``cases record``.

    ``language`` is that of the letters, ``written_in`` that of the tenant's words where it is another. ``at`` is the
    aware moment of receipt, ``written_at`` that of the letters where it is another (a contact recorded later).
    ``recorded_by`` is a colleague's email, None from the web. ``doubts`` are signs that a machine sent it: they refuse
    nothing.
    """

    answers: Mapping[str, Any]
    person: Mapping[str, Any]
    needs: Mapping[str, Any]
    language: str
    at: datetime
    channel: str = "web"
    addressee: str = "team"
    draft_id: str | None = None
    recorded_by: str | None = None
    written_in: str | None = None
    written_at: datetime | None = None
    doubts: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether emails wait for a colleague. Being fast alone is only marked: a person's own tools may be fast."""
        return FILLED_HIDDEN_FIELD in self.doubts


def take_in(
    landlord: Landlord,
    kind: str,
    arrival: Arrival,
    *,
    hazard: str | None = None,
    is_restricted: bool = False,
    before_writing: Callable[[Case], None] | None = None,
) -> Case:
    """Open the case, send its receipt by the way that is safe and asked for, ask for its acknowledgement. No commit.

    ``before_writing`` does what the letters then tell. Raises sqlalchemy.exc.IntegrityError when ``draft_id`` already
    made a case.
    """
    tenant = record_tenant(arrival.person, arrival.needs, arrival.language, arrival.at, arrival.recorded_by)
    case = open_case(
        landlord=landlord,
        kind=kind,
        channel=arrival.channel,
        addressee=arrival.addressee,
        received_at=arrival.at,
        tenant=tenant,
        answers=arrival.answers,
        language=arrival.language,
        recorded_by=arrival.recorded_by,
        draft_id=arrival.draft_id,
        hazard=hazard,
        is_restricted=is_restricted,
    )
    if arrival.written_in:
        case.contacts[0].language = arrival.written_in
    if arrival.draft_id:
        hand_over(arrival.draft_id, case.contacts[0])
    if language := tenant.needs.interpreter_language:
        wish = Wish(language, FORM, prefers=arrival.needs.get("interpreter_prefers"))
        ask(case, wish, landlord, arrival.at, arrival.recorded_by)
    if arrival.doubts:
        add_event(case, "looks_automatic", arrival.at, signs=list(arrival.doubts))
    if before_writing:
        before_writing(case)
    _write(case, arrival)
    return case


def _write(case: Case, arrival: Arrival) -> None:
    """A receipt is not an acknowledgement: it says only that the words arrived, and at once."""
    now = arrival.written_at or arrival.at
    receipt = request_letter(case, "receipt", now)
    way = way_to(case.tenant)
    if way and not (arrival.is_held and way[0] == "email"):
        queue_message(receipt, *way, now)
    request_letter(case, "acknowledgement", now)
