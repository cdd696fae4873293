"""What was learned from the demonstration's complaints, and changed: for “You said, we did” on the website."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.cases.clock import LONDON
from app.cases.models import Case
from app.complaints.ends import learning_made, record_learning
from app.demonstration.people import email_of
from app.extensions import db
from app.landlords.standards import Landlord
from app.staff.actions import find_staff_member

# Words, a service of the policy, may it be told, and how many days ago the change was made (none: not yet).
LEARNED = (
    ("We check each lift every month now, and not only when somebody calls", "repairs", True, 2),
    (
        "Before we close a case of damp, we ring the tenant and ask if the wall has stayed dry",
        "damp-and-mould",
        True,
        1,
    ),
    ("Who answers the phone can see now which repair has been ordered", "contact", True, 1),
    ("New colleagues sit beside an experienced one for their first week of calls", "contact", True, None),
    ("We talk to the company about the two missed visits", "repairs", False, None),
)


def add_what_was_learned(landlord: Landlord, now: datetime) -> None:
    """One for each of the oldest complaints. No commit. Needs the stories and the colleagues."""
    reviewer = find_staff_member(email_of("grace.okafor", landlord.key))
    complaints = select(Case).where(
        Case.landlord == landlord.key, Case.kind == "complaint", Case.is_restricted.is_(False)
    )
    if reviewer is None:
        return
    for case, (words, service, may_be_published, days) in zip(
        db.session.scalars(complaints.order_by(Case.received_at).limit(len(LEARNED))), LEARNED, strict=False
    ):
        learning = record_learning(case, words, service, may_be_published, now, reviewer)
        if days is not None:
            changed_on = now.astimezone(LONDON).date() - timedelta(days=days)
            learning_made(learning, changed_on, now, reviewer)
