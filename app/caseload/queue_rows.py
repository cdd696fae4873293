"""What a list says of each case: read for the whole page in few columns, and nothing put into words twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, null, select
from sqlalchemy.orm import load_only

from app.caseload.words import KINDS, LONDON, DueWords, due_words, marks, name_words, short_day, standard_words
from app.cases.models import Case, Promise
from app.extensions import db
from app.landlords.standards import Landlord
from app.staff.models import StaffMember
from app.tenants.models import CommunicationNeeds, Tenant


@dataclass(frozen=True, slots=True)
class Line:
    """What a list shows of a case. ``needs`` are there where they were asked for."""

    id: int
    reference: str
    kind: str
    stage: int | None
    status: str
    hazard: str | None
    is_restricted: bool
    received_at: datetime
    next_due_at: datetime | None
    waiting_since_at: datetime | None
    closed_at: datetime | None
    handler_id: int | None
    handler: str | None
    name: str
    is_anonymous: bool
    anonymised_at: datetime | None
    postcode: str | None
    language: str
    needs: CommunicationNeeds | None


# In the order of the fields. Not whole cases and tenants: fifty of those take longer to read than to find.
_COLUMNS = (
    Case.id,
    Case.reference,
    Case.kind,
    Case.stage,
    Case.status,
    Case.hazard,
    Case.is_restricted,
    Case.received_at,
    Case.next_due_at,
    Case.waiting_since_at,
    Case.closed_at,
    Case.handler_id,
    StaffMember.name,
    Tenant.name,
    Tenant.is_anonymous,
    Tenant.anonymised_at,
    Tenant.postcode,
    Tenant.language,
)


def lines_of(case_ids: Sequence[int], *, with_needs: bool = False) -> tuple[Line, ...]:
    """The cases in this order."""
    if not case_ids:
        return ()
    wanted: Select[*tuple[Any, ...]] = select(*_COLUMNS, CommunicationNeeds if with_needs else null())
    wanted = wanted.select_from(Case).join(Case.tenant).outerjoin(Case.handler)
    if with_needs:
        wanted = wanted.outerjoin(Tenant.needs)
    found = {row[0]: Line(*row) for row in db.session.execute(wanted.where(Case.id.in_(case_ids)))}
    return tuple(found[case_id] for case_id in case_ids)


def next_promises(case_ids: Sequence[int]) -> dict[int, Promise]:
    """By the number of the case: of its promises that are still open, and not paused, the one that falls due first."""
    if not case_ids:
        return {}
    still_open = select(Promise).where(
        Promise.case_id.in_(case_ids), Promise.met_at.is_(None), Promise.ended_at.is_(None), Promise.paused_at.is_(None)
    )
    shown = load_only(Promise.case_id, Promise.standard, Promise.regime, Promise.due_at)
    promises = db.session.scalars(still_open.options(shown)).all()
    latest_first = sorted(promises, key=lambda promise: (promise.due_at, promise.id), reverse=True)
    return {promise.case_id: promise for promise in latest_first}


class Said:
    """The words of one page: what is the same in many rows is translated and written out once."""

    def __init__(self, landlord: Landlord, now: datetime, promises: dict[int, Promise] | None = None) -> None:
        self._landlord, self._now = landlord, now
        self._today = now.astimezone(LONDON).date()
        self._promises = promises or {}
        self._choose = _("Choose %(reference)s, %(name)s")
        self._due = cache(lambda due_at: due_words(due_at, now))
        self._day = cache(short_day)
        self._steps: dict[tuple[str, str], str] = {}
        self.kind = cache(lambda kind: str(KINDS[kind]))

    def due(self, due_at: datetime | None) -> DueWords:
        """As ``due_words``. Of what was due on an earlier day only the day is said."""
        if due_at is not None and (on := due_at.astimezone(LONDON).date()) < self._today:
            return self._due(datetime.combine(on, time(), LONDON))
        return self._due(due_at)

    def day(self, moment: datetime) -> str:
        """As ``local_day``, with the year."""
        return self._day(moment.astimezone(LONDON).date())

    def day_near(self, moment: datetime) -> str:
        """As ``local_day`` beside now."""
        return self._day(moment.astimezone(LONDON).date(), self._today)

    def back(self, on: date) -> str:
        return self._day(on, self._now.date())

    def who(self, line: Line) -> str:
        """As ``who_words``."""
        return name_words(line.name, is_anonymous=line.is_anonymous, is_removed=line.anonymised_at is not None)

    def flags(self, line: Line) -> list[str]:
        """As ``flags``."""
        if line.needs is None:
            return []
        return marks(line.hazard, line.language, line.needs, self._landlord.languages[0])

    def step(self, line: Line) -> str | None:
        """What was promised next; None where nothing is."""
        promise = self._promises.get(line.id)
        if promise is None:
            return None
        key = (promise.standard, promise.regime)
        if key not in self._steps:
            self._steps[key] = standard_words(promise, self._landlord)
        return self._steps[key]

    def pick(self, line: Line) -> str:
        """The label of the box beside the case."""
        return self._choose % {"reference": line.reference, "name": self.who(line)}
