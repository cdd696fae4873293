"""A second colleague approves an answer to a complaint, where the policy asks for it. No commits."""

from datetime import datetime

from app.cases.actions import NotIndependent, take_part, took_part
from app.complaints.answering import LETTERS
from app.letters import drafts
from app.letters.models import LetterDraft
from app.staff.models import StaffMember

STAGES = {name: number for number, name in LETTERS.items()}


def approve(draft: LetterDraft, at: datetime, who: StaffMember, *, number: int) -> None:
    """Of any letter; whoever approves an answer takes part in its stage (Code 6.13).

    Raises what ``drafts.approve`` does; NotIndependent at stage 2 for somebody who took part in stage 1.
    """
    stage = STAGES.get(draft.name)
    if stage == 2 and took_part(draft.case, who.id, 1):
        raise NotIndependent
    drafts.approve(draft, at, who, number=number)
    if stage is not None:
        take_part(draft.case, who, stage, "approved the answer", at)
