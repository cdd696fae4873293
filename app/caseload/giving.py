"""Giving many cases to one colleague: each for itself, by the rules that hold for one. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.caseload.actions import give_to, may_open
from app.caseload.choices import NOBODYS
from app.cases.actions import NotIndependent
from app.cases.models import Case
from app.cases.references import read_reference
from app.extensions import db
from app.staff.models import StaffMember
from app.staff.roles import may_read_restricted

# Why a case was not given.
GONE, CLOSED, TAKEN, RESTRICTED, TOOK_PART = "gone", "closed", "taken", "restricted", "took-part"
REASONS = (GONE, CLOSED, TAKEN, RESTRICTED, TOOK_PART)
JOINT = "."


@dataclass(frozen=True)
class Pick:
    """A case that was chosen on a page, and who dealt with it when the page was made: an id, or NOBODYS."""

    reference: str
    handler_seen: int


@dataclass
class Outcome:
    """References: of those that were given or were this colleague's already, and of the others by reason."""

    given: list[str] = field(default_factory=list)
    had: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, reference: str, reason: str) -> None:
        self.refused.setdefault(reason, []).append(reference)


def pick_in_page(case: Case) -> str:
    """What the box beside the case sends."""
    return f"{case.reference}{JOINT}{case.handler_id or NOBODYS}"


def picks_from(sent: Sequence[str]) -> list[Pick]:
    """The same read back, each case once; what is no pick is left out."""
    found: dict[str, Pick] = {}
    for one in sent:
        text, _joint, seen = one.partition(JOINT)
        reference = read_reference(text)
        if reference and seen.isascii() and seen.isdecimal() and len(seen) < 11:
            found[reference] = Pick(reference, int(seen))
    return list(found.values())


def give_all(picks: Sequence[Pick], handler: StaffMember, giver: StaffMember, at: datetime) -> Outcome:
    """Give each case that may be given; say why for the others. Call it in a transaction that writes.

    The cases are locked in one order, so that two colleagues who give at once wait for each other and both go through:
    the second finds that somebody else has been named, and overrides nobody unseen. Raises NotAHandler.
    """
    seen = {pick.reference: pick.handler_seen for pick in picks}
    locked = select(Case).where(Case.reference.in_(seen)).order_by(Case.id).with_for_update(of=Case)
    cases = db.session.scalars(locked.execution_options(populate_existing=True)).all()
    found = {case.reference: case for case in cases}
    outcome = Outcome()
    for reference in seen:
        case = found.get(reference)
        if case is None or not may_open(case, giver):
            outcome.refuse(reference, GONE)
        elif case.handler_id == handler.id:
            outcome.had.append(reference)
        elif reason := _why_not(case, handler, seen[reference]):
            outcome.refuse(reference, reason)
        else:
            _give(case, handler, giver, at, outcome)
    return outcome


def _why_not(case: Case, handler: StaffMember, handler_seen: int) -> str | None:
    if case.status == "closed":
        return CLOSED
    if (case.handler_id or NOBODYS) != handler_seen:
        return TAKEN
    if case.is_restricted and not may_read_restricted(handler):
        return RESTRICTED
    return None


def _give(case: Case, handler: StaffMember, giver: StaffMember, at: datetime, outcome: Outcome) -> None:
    try:
        give_to(case, handler.id, at, giver.email)
    except NotIndependent:
        outcome.refuse(case.reference, TOOK_PART)
    else:
        outcome.given.append(case.reference)
