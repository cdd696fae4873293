"""What we know of tenants' needs is asked again in time: whom to ask, the letter, and that all is still right.

Nothing here commits. The cases are the open ones; whoever has none is asked by a mailing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from app.caseload.days import day_from
from app.cases.actions import add_event
from app.cases.clock import LONDON
from app.cases.models import Case
from app.extensions import db
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.reception.going_out import send_out, way_out
from app.tenants.actions import REVIEW_AFTER
from app.tenants.models import CommunicationNeeds, Tenant

LETTER = "needs-review"
CONFIRMED = frozenset({"needs_reviewed", "needs_confirmed"})  # here, or on the page of the needs
ASKED_AHEAD = timedelta(days=30)  # this service's own, like the next
USUAL_DAYS = 21  # to answer
AT_ONCE = 50  # cases on a page
Place = tuple[date, int]  # the day of the review, and the case's id


class NotAhead(ValueError):
    """The tenant has a day or more to answer."""


@dataclass(frozen=True)
class Review:
    """``asked`` is the newest letter about the needs as they are recorded now."""

    case: Case
    review_on: date
    asked: Letter | None = None

    @property
    def answer_by(self) -> date | None:
        return day_from(str((self.asked.given or {}).get("answer_by"))) if self.asked else None

    def state(self, today: date) -> str:
        """to-ask, asked (the tenant may still answer), or silent (they had the time to)."""
        if self.answer_by is None:
            return "to-ask"
        return "asked" if self.answer_by >= today else "silent"

    @property
    def place(self) -> Place:
        return self.review_on, self.case.id


def due(today: date, reader_id: int, *, sees_restricted: bool, after: Place | None = None) -> list[Review]:
    """Of open cases that the reader may open: at most one more than AT_ONCE, the longest due first."""
    wanted = (
        select(Case)
        .join(Case.tenant)
        .join(CommunicationNeeds, CommunicationNeeds.tenant_id == Tenant.id)
        .options(joinedload(Case.tenant).joinedload(Tenant.needs))
        .where(Case.status == "open", CommunicationNeeds.review_on <= today + ASKED_AHEAD)
        .where(Tenant.is_anonymous.is_(False))
        .order_by(CommunicationNeeds.review_on, Case.id)
        .limit(AT_ONCE + 1)
    )
    if not sees_restricted:
        wanted = wanted.where(Case.is_restricted.is_(False) | (Case.handler_id == reader_id))
    if after is not None:
        wanted = wanted.where(tuple_(CommunicationNeeds.review_on, Case.id) > tuple_(*after))
    cases = db.session.scalars(wanted).unique().all()
    asked = _asked(cases)
    return [_review(case, asked.get(case.id)) for case in cases]


def review_of(case: Case) -> Review:
    return _review(case, _asked([case]).get(case.id))


def ask(case: Case, answer_by: date, at: datetime, who: str) -> str:
    """Gives how the letter goes. Raises NotAhead, NoWay."""
    if answer_by <= at.astimezone(LONDON).date():
        raise NotAhead
    way_out(case.tenant)
    letter = request_letter(case, LETTER, at, given={"answer_by": answer_by.isoformat()})
    add_event(case, "needs_asked", at, who, answer_by=answer_by.isoformat())
    return send_out(letter, at, who)


def still_right(case: Case, at: datetime, who: str) -> date:
    """All needs hold as they are recorded. Gives the day of the next review."""
    next_on = (at + REVIEW_AFTER).astimezone(LONDON).date()
    case.tenant.needs.review_on = next_on
    add_event(case, "needs_reviewed", at, who, next_on=next_on.isoformat())
    return next_on


def _review(case: Case, asked: Letter | None) -> Review:
    needs = case.tenant.needs
    is_about_these = asked is not None and asked.composed_at >= needs.recorded_at and not _was_confirmed(case, asked)
    return Review(case, needs.review_on or date.max, asked if is_about_these else None)


def _was_confirmed(case: Case, asked: Letter) -> bool:
    return any(event.what in CONFIRMED and event.at >= asked.composed_at for event in case.events)


def _asked(cases: Sequence[Case]) -> dict[int, Letter]:
    newest = select(func.max(Letter.id)).where(Letter.case_id.in_([case.id for case in cases]), Letter.name == LETTER)
    found = db.session.scalars(select(Letter).where(Letter.id.in_(newest.group_by(Letter.case_id))))
    return {letter.case_id: letter for letter in found}
