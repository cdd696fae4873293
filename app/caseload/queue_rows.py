"""What a list says of each case: read for the whole page in few columns, and nothing put into words twice."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from app.caseload.words import KINDS, LONDON, DueWords, due_words, short_day, standard_words, who_words
from app.cases.models import Case, Promise
from app.extensions import db
from app.landlords.standards import Landlord
from app.staff.models import StaffMember
from app.tenants.models import Tenant

# Not whole cases and tenants: fifty of those take longer to read than to find.
_SHOWN = (
    load_only(
        Case.reference,
        Case.kind,
        Case.stage,
        Case.status,
        Case.hazard,
        Case.handler_id,
        Case.tenant_id,
        Case.is_restricted,
        Case.received_at,
        Case.next_due_at,
        Case.waiting_since_at,
        Case.closed_at,
    ),
    joinedload(Case.handler).load_only(StaffMember.name),
    joinedload(Case.tenant).options(
        load_only(Tenant.name, Tenant.postcode, Tenant.language, Tenant.is_anonymous, Tenant.anonymised_at),
        joinedload(Tenant.needs),  # whole: any of them may be a mark of the row
    ),
)


def cases_shown(case_ids: Sequence[int]) -> tuple[Case, ...]:
    """The cases in this order, with what lists show of them, of their tenants and handlers."""
    if not case_ids:
        return ()
    found = db.session.scalars(select(Case).where(Case.id.in_(case_ids)).options(*_SHOWN))
    by_id = {case.id: case for case in found}
    return tuple(by_id[case_id] for case_id in case_ids)


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

    def step(self, case: Case) -> str | None:
        """What was promised next; None where nothing is."""
        promise = self._promises.get(case.id)
        if promise is None:
            return None
        key = (promise.standard, promise.regime)
        if key not in self._steps:
            self._steps[key] = standard_words(promise, self._landlord)
        return self._steps[key]

    def pick(self, case: Case) -> str:
        """The label of the box beside the case."""
        return self._choose % {"reference": case.reference, "name": who_words(case.tenant)}
