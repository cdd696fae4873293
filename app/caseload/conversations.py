"""A talk with the tenant, written down: what was said, who does what by when, and the letter that says the same (L12).

Nothing here commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.cases.actions import add_event, take_part
from app.cases.case_actions import agree_action
from app.cases.casework_models import Conversation
from app.cases.models import Case
from app.complaints.casework import standing_of
from app.complaints.stage_one import was_in_touch
from app.complaints.stages import reasons_against
from app.extensions import db
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.staff.models import StaffMember

FOLLOW_UP = "follow-up"
SPOKE = frozenset({"phone", "visit", "chat"})  # channels on which the tenant was there


@dataclass(frozen=True)
class Agreed:
    """``words`` as the tenant is told, ``due_on`` a day in London."""

    words: str
    owner: StaffMember
    due_on: date


def record_conversation(
    case: Case,
    held_at: datetime,
    channel: str,
    summary: str,
    agreed: Sequence[Agreed],
    at: datetime,
    who: StaffMember,
    *,
    written_in: str | None = None,
) -> Conversation:
    """Write it down; what was agreed becomes actions of the case, tracked to the end.

    ``written_in`` is the tag of the colleague's words: a letter made later marks them with it. Raises
    case_actions.CaseIsClosed where something is agreed in a closed case.
    """
    talk = Conversation(
        case=case,
        at=held_at,
        channel=channel,
        who=who.email,
        summary=summary,
        agreed=[{"words": one.words, "owner": one.owner.name, "due_on": one.due_on.isoformat()} for one in agreed],
    )
    db.session.add(talk)
    for one in agreed:
        agree_action(case, one.words, one.owner, one.due_on, at, who, stage=case.stage)
    if case.kind == "complaint":
        _count_as_contact(case, channel, at, who)
    db.session.flush()
    told = {"channel": channel, "agreed": len(agreed), "conversation": talk.id, "written_in": written_in}
    add_event(case, "conversation_recorded", at, who.email, **told)
    return talk


def language_of(talk: Conversation) -> str:
    """Of what the colleague wrote: a tag. The case's, where nobody said."""
    said = (event.details for event in talk.case.events if event.what == "conversation_recorded")
    found = next((one.get("written_in") for one in said if one.get("conversation") == talk.id), None)
    return found or talk.case.language


def _count_as_contact(case: Case, channel: str, at: datetime, who: StaffMember) -> None:
    """A talk keeps the promise to get in touch (V09); after the answer it is a part of the stage all the same."""
    take_part(case, who, case.stage or 1, "spoke with the tenant", at)
    if channel in SPOKE and not reasons_against("record_contact", standing_of(case)):
        was_in_touch(case, channel, at, who)


def write_follow_up(talk: Conversation, language: str, at: datetime, who: StaffMember) -> Letter:
    """The letter of this talk; ``language`` is the tag of the colleague's words. Written again, it is a new version."""
    given = {
        "held_at": talk.at.isoformat(),
        "spoke_with": _name_of(talk.who) or who.name,
        "summary": talk.summary,
        "agreed": talk.agreed,
        "words_language": language,
    }
    letter = request_letter(talk.case, FOLLOW_UP, at, given=given)
    db.session.flush()
    talk.letter_id = letter.id
    return letter


def conversations_of(case: Case) -> list[Conversation]:
    """The newest first."""
    wanted = select(Conversation).where(Conversation.case_id == case.id).order_by(Conversation.at.desc())
    return list(db.session.scalars(wanted))


def _name_of(email: str) -> str | None:
    return db.session.scalar(select(StaffMember.name).where(StaffMember.email == email))
