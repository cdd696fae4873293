"""Letters that colleagues write: each saving kept as a version, approved where the policy asks for it, then issued.

``given`` of a draft is what the letter is given (``request_letter``). Nothing here commits. ``who`` is the colleague
who acts; the case is held while a draft of it is changed, so that two never write one version.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.landlords.shapes import Landlord
from app.letters.actions import landlord_of, request_letter
from app.letters.models import Letter, LetterDraft, LetterDraftVersion
from app.staff.models import StaffMember

WRITING, WAITING, APPROVED, ISSUED, DROPPED = "writing", "waiting", "approved", "issued", "dropped"
OPEN = (WRITING, WAITING, APPROVED)


class DraftIsOver(Exception):
    """The draft was issued or dropped: nothing can be done with it."""


class DraftChanged(Exception):
    """Somebody saved the draft after the page was made on which this was typed. ``args[0]`` is the newest number."""


class NotApproved(Exception):
    """The policy asks for an approval of exactly these words, and they have none."""


class MayNotApprove(Exception):
    """The words are this colleague's own, or the policy names another role."""


def drafts_of(case: Case) -> list[LetterDraft]:
    """Those not dropped, the newest saving first."""
    wanted = select(LetterDraft).where(LetterDraft.case_id == case.id, LetterDraft.state != DROPPED)
    return list(db.session.scalars(wanted.order_by(LetterDraft.saved_at.desc(), LetterDraft.id.desc())))


def open_draft(case: Case, name: str) -> LetterDraft | None:
    """The newest of this letter that is neither issued nor dropped."""
    return next((one for one in drafts_of(case) if one.name == name and one.state in OPEN), None)


def start(
    case: Case, name: str, given: Mapping[str, Any], words_language: str, at: datetime, who: StaffMember
) -> LetterDraft:
    draft = LetterDraft(
        case_id=case.id, name=name, state=WRITING, number=0, words_language=words_language,
        given={}, started_at=at, started_by=who.email, saved_at=at, saved_by=who.email,
    )  # fmt: skip
    db.session.add(draft)
    _keep(draft, given, words_language, at, who)
    add_event(case, "letter_drafted", at, who.email, letter=name)
    return draft


def save(
    draft: LetterDraft, given: Mapping[str, Any], words_language: str, at: datetime, who: StaffMember, *, after: int
) -> bool:
    """Keep these words as the newest version; False where they are those already kept.

    An approval was of the words as they were: other words lose it. ``after`` is the number of the version that the
    colleague had before them. Raises DraftIsOver, DraftChanged.
    """
    _refuse_if_over(draft)
    if after != draft.number:
        raise DraftChanged(draft.number)
    if (dict(given), words_language) == (draft.given, draft.words_language):
        return False
    _keep(draft, given, words_language, at, who)
    return True


def take_up(draft: LetterDraft, number: int, at: datetime, who: StaffMember) -> None:
    """An earlier version becomes the newest. Raises DraftIsOver; KeyError where there is no such version."""
    earlier = version_of(draft, number)
    save(draft, earlier.given, earlier.words_language, at, who, after=draft.number)


def version_of(draft: LetterDraft, number: int) -> LetterDraftVersion:
    """Raises KeyError."""
    return {one.number: one for one in draft.versions}[number]


def ask_for_approval(draft: LetterDraft, at: datetime, who: StaffMember) -> None:
    """Raises DraftIsOver."""
    _refuse_if_over(draft)
    draft.state, draft.asked_at, draft.asked_by = WAITING, at, who.email
    draft.decided_at = draft.decided_by = draft.decision_note = None
    add_event(draft.case, "letter_approval_asked", at, who.email, letter=draft.name, draft=draft.id)


def approve(draft: LetterDraft, at: datetime, who: StaffMember, *, number: int) -> None:
    """``number`` is of the version that was read. Raises DraftIsOver, DraftChanged, MayNotApprove."""
    _decide(draft, at, who, number)
    draft.state = APPROVED
    add_event(draft.case, "letter_approved", at, who.email, letter=draft.name, draft=draft.id)


def send_back(draft: LetterDraft, note: str, at: datetime, who: StaffMember, *, number: int) -> None:
    """With what is to be changed. Raises DraftIsOver, DraftChanged, MayNotApprove."""
    _decide(draft, at, who, number)
    draft.state, draft.decision_note = WRITING, note
    add_event(draft.case, "letter_sent_back", at, who.email, letter=draft.name, draft=draft.id)


def issue(draft: LetterDraft, at: datetime, who: StaffMember) -> Letter:
    """Write the letter: its words are fixed. Raises DraftIsOver, NotApproved, lacks.LetterLacks."""
    _refuse_if_over(draft)
    if draft.state != APPROVED and landlord_of(draft.case).approver_of(draft.name):
        raise NotApproved(draft.name)
    letter = request_letter(draft.case, draft.name, at, given=draft.given)
    mark_issued(draft, letter)
    return letter


def drop(draft: LetterDraft, at: datetime, who: StaffMember) -> None:
    """Raises DraftIsOver."""
    _refuse_if_over(draft)
    draft.state = DROPPED
    add_event(draft.case, "letter_draft_dropped", at, who.email, letter=draft.name)


def refuse_unless_approved(case: Case, name: str, landlord: Landlord, given: Mapping[str, Any]) -> LetterDraft | None:
    """For a letter that an act of its own writes: the approved draft of exactly these words; None where none is needed.

    Raises NotApproved.
    """
    if landlord.approver_of(name) is None:
        return None
    draft = open_draft(case, name)
    if draft is None or draft.state != APPROVED or draft.given != dict(given):
        raise NotApproved(name)
    return draft


def mark_issued(draft: LetterDraft, letter: Letter) -> None:
    db.session.flush()
    draft.state, draft.letter_id = ISSUED, letter.id


def writers_of(draft: LetterDraft) -> set[str]:
    """Whoever wrote a version of it since it began, or asked for its approval."""
    return {draft.started_by, *(one.saved_by for one in draft.versions), *filter(None, [draft.asked_by])}


def may_approve(draft: LetterDraft, who: StaffMember) -> bool:
    role = landlord_of(draft.case).approver_of(draft.name)
    return role in {one.name for one in who.roles} and who.email not in writers_of(draft)


def waiting_drafts(landlord: Landlord) -> list[LetterDraft]:
    """Those of every case that wait for an approval, the longest waiting first."""
    wanted = (
        select(LetterDraft).join(Case).where(LetterDraft.state == WAITING, Case.landlord == landlord.key)
    )  # fmt: skip
    return list(db.session.scalars(wanted.order_by(LetterDraft.asked_at, LetterDraft.id)))


def _keep(draft: LetterDraft, given: Mapping[str, Any], words_language: str, at: datetime, who: StaffMember) -> None:
    draft.number += 1
    draft.given, draft.words_language = dict(given), words_language
    if draft.state == APPROVED:
        draft.decided_at = draft.decided_by = None
    draft.saved_at, draft.saved_by, draft.state = at, who.email, WRITING
    draft.versions.append(
        LetterDraftVersion(
            number=draft.number, words_language=words_language, given=dict(given), saved_at=at, saved_by=who.email
        )
    )
    db.session.flush()


def _decide(draft: LetterDraft, at: datetime, who: StaffMember, number: int) -> None:
    _refuse_if_over(draft)
    if number != draft.number or draft.state != WAITING:
        raise DraftChanged(draft.number)
    if not may_approve(draft, who):
        raise MayNotApprove
    draft.decided_at, draft.decided_by, draft.decision_note = at, who.email, None


def _refuse_if_over(draft: LetterDraft) -> None:
    if draft.state not in OPEN:
        raise DraftIsOver(draft.state)
