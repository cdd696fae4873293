"""A new report on what an open case is about: joined to it, or kept as a case of its own. Nothing here commits.

Nothing is copied or deleted: the joined case stays, closed, and its words are read from the other.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.antisocial_behaviour import reviews
from app.antisocial_behaviour.counting import JOINED, KIND
from app.cases import closing
from app.cases.actions import add_event
from app.cases.casework_models import CaseLink
from app.cases.duplicates import of_the_same_person, possible_duplicates, traits_of
from app.cases.models import Case
from app.extensions import db
from app.interpreters.moving import go_over

# Why a report cannot be joined to a case; beside closing's own reasons.
SAME_CASE, NOT_A_REPORT, NOT_THE_SAME_PERSON = "same-case", "not-a-report", "not-the-same-person"
NOT_OPEN, CAME_BEFORE = "not-open", "came-before"


class NotToBeJoined(Exception):
    """``reasons`` are keys, as above or of cases.closing."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Judged:
    """The risk of the case that grows: whoever joins a report judges it anew."""

    band: str
    reasons: str
    next_on: date


def open_cases_of_the_same_person(case: Case) -> list[Case]:
    """What the report may be joined to, the oldest first. Ask who may open each."""
    others = {other.id: other for other in of_the_same_person(case)}
    others |= {other.id: other for other, _likeness in possible_duplicates(case)}
    return sorted(
        (other for other in others.values() if other.status == "open" and not against(case, other)),
        key=lambda other: (other.received_at, other.id),
    )


def against(case: Case, other: Case) -> tuple[str, ...]:
    """Why the report cannot be joined to the other; empty where it can."""
    found = {
        SAME_CASE: case.id == other.id,
        NOT_A_REPORT: not case.kind == other.kind == KIND,
        NOT_THE_SAME_PERSON: not _is_the_same_person(case, other),
        NOT_OPEN: other.status != "open",
        CAME_BEFORE: other.received_at > case.received_at,
    }
    return tuple(reason for reason, stands in found.items() if stands)


def join(case: Case, other: Case, judged: Judged, at: datetime, who: str) -> None:
    """The report is dealt with in the other case from now on, whose risk is judged anew; its own case closes.

    Raises NotToBeJoined; closing.StillOwed while something is promised in it, such as to acknowledge it; what
    ``reviews.review`` raises.
    """
    if reasons := against(case, other):
        raise NotToBeJoined(reasons)
    reviews.review(other, judged.band, judged.reasons, judged.next_on, at, who)
    db.session.add(CaseLink(case=case, other=other, how=JOINED, at=at, who=who))
    db.session.flush()
    go_over(case, other, at, who)
    add_event(case, "report_joined", at, who, reference=other.reference)
    add_event(other, "report_added", at, who, reference=case.reference)
    closing.close(case, closing.JOINED, at, who)


def keep_as_new(case: Case, other: Case, at: datetime, who: str) -> None:
    """Somebody looked, and it is another matter: both cases stay as they are."""
    if other.reference not in kept_apart_from(case):
        add_event(case, "kept_as_new", at, who, reference=other.reference)


def kept_apart_from(case: Case) -> frozenset[str]:
    """References."""
    return frozenset(str(one.details.get("reference")) for one in case.events if one.what == "kept_as_new")


def joined_to(case: Case) -> Case | None:
    wanted = select(Case).join(CaseLink, CaseLink.other_id == Case.id)
    return db.session.scalar(wanted.where(CaseLink.case_id == case.id, CaseLink.how == JOINED).limit(1))


def joined_in(case: Case) -> list[Case]:
    """Reports that are dealt with in this case, the oldest first."""
    wanted = select(Case).join(CaseLink, CaseLink.case_id == Case.id)
    found = db.session.scalars(wanted.where(CaseLink.other_id == case.id, CaseLink.how == JOINED))
    return sorted(found, key=lambda one: (one.received_at, one.id))


def _is_the_same_person(case: Case, other: Case) -> bool:
    """One record of them, or the same name with the same email address, phone number or home."""
    if case.tenant_id == other.tenant_id:
        return True
    mine, theirs = traits_of(case), traits_of(other)
    same = [
        key for key in ("email", "phone", "home") if getattr(mine, key) and getattr(mine, key) == getattr(theirs, key)
    ]
    return bool(same) and mine.name is not None and mine.name == theirs.name
