"""Each thing that the tenant raised has its answer, and what is upheld has a remedy (Code 6.6, 6.7, 7.x).

Each act adds to the session and to the history; whoever asked for it commits, once. Each raises
``stages.NotAllowed`` where the procedure does not allow it now. ``who`` is the colleague who acts.
"""

import re
from datetime import date, datetime

from app.cases import case_actions
from app.cases.actions import NotIndependent, add_event, take_part, took_part
from app.cases.casework_models import CaseAction
from app.cases.models import Case
from app.complaints.casework import file_of, standing_of
from app.complaints.models import ComplaintPoint, Remedy
from app.complaints.stage_one import needed
from app.complaints.stages import DECISIONS, REMEDIES, NotAllowed, refuse_unless
from app.extensions import db
from app.staff.models import StaffMember

MONEY = "money"  # a remedy
MOST = 10_000_000  # pence that one remedy can be
_POUNDS = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.([0-9]{2}))?")


class NotMoney(ValueError):
    """No amount in pounds and pence, or nothing, or more than anybody offers."""


class NoSuchDecision(LookupError):
    """Not one of stages.DECISIONS. The message names it."""


class NoSuchRemedy(LookupError):
    """Not one of stages.REMEDIES. The message names it."""


def pence_from(written: str) -> int:
    """Pence of an amount as people write it: £150, 1,250.50. Raises NotMoney."""
    found = _POUNDS.fullmatch(written.strip())
    pence = int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else 0
    if not 0 < pence <= MOST:
        raise NotMoney(written)
    return pence


def list_point(case: Case, words: str, at: datetime, who: StaffMember) -> ComplaintPoint:
    """One thing that the tenant raised. Raises NothingSaid."""
    refuse_unless("list_point", standing_of(case))
    number = case.stage or 1
    point = ComplaintPoint(stage=number, words=needed(words, "words"), raised_at=at, raised_by=who.email)
    file_of(case).points.append(point)
    db.session.flush()
    take_part(case, who, number, "listed points", at)
    add_event(case, "point_listed", at, who.email, point=point.id, stage=number)
    return point


def change_point(case: Case, point: ComplaintPoint, words: str, at: datetime, who: StaffMember) -> None:
    """Say better what was raised. Raises NothingSaid; NotIndependent at stage 2 for who took part in stage 1."""
    refuse_unless("list_point", standing_of(case))
    _refuse_if_of_earlier_stage(case, "list_point", point.stage)
    refuse_if_not_independent(case, who)
    before, point.words = point.words, needed(words, "words")
    take_part(case, who, point.stage, "listed points", at)
    add_event(case, "point_changed", at, who.email, point=point.id, stage=point.stage, before=before)


def take_off_point(case: Case, point: ComplaintPoint, at: datetime, who: StaffMember) -> None:
    """It was listed by mistake, or twice. Its words stay in the history. Raises NotIndependent, as above."""
    refuse_unless("list_point", standing_of(case))
    _refuse_if_of_earlier_stage(case, "list_point", point.stage)
    refuse_if_not_independent(case, who)
    take_part(case, who, point.stage, "listed points", at)
    add_event(case, "point_taken_off", at, who.email, point=point.id, stage=point.stage, words=point.words)
    file_of(case).points.remove(point)
    db.session.delete(point)
    db.session.flush()


def answer_point(
    case: Case, point: ComplaintPoint, decision: str, answer: str, basis: str, at: datetime, who: StaffMember
) -> None:
    """What we found about it, and the policy, law or good practice that this rests on.

    Raises NoSuchDecision, NothingSaid; NotIndependent at stage 2 for somebody who took part in stage 1.
    """
    refuse_unless("answer_point", standing_of(case))
    _refuse_if_of_earlier_stage(case, "answer_point", point.stage)
    refuse_if_not_independent(case, who)
    if decision not in DECISIONS:
        raise NoSuchDecision(decision)
    answer, basis = needed(answer, "answer"), needed(basis, "basis")
    point.decision, point.answer, point.basis, point.answered_by = decision, answer, basis, who.email
    take_part(case, who, point.stage, "answered points", at)
    add_event(case, "point_answered", at, who.email, point=point.id, stage=point.stage, decision=decision)


def offer_remedy(
    case: Case, kind: str, words: str, at: datetime, who: StaffMember, *, pence: int | None = None
) -> Remedy:
    """What puts something right. ``pence`` with money, and only there.

    Raises NoSuchRemedy, NotMoney, NothingSaid; NotIndependent at stage 2 for somebody who took part in stage 1.
    """
    refuse_unless("offer_remedy", standing_of(case))
    refuse_if_not_independent(case, who)
    if kind not in REMEDIES:
        raise NoSuchRemedy(kind)
    if (kind == MONEY) != (pence is not None) or (pence is not None and not 0 < pence <= MOST):
        raise NotMoney(str(pence))
    number = case.stage or 1
    words = needed(words, "words")
    remedy = Remedy(stage=number, kind=kind, words=words, pence=pence, offered_at=at, offered_by=who.email)
    file_of(case).remedies.append(remedy)
    db.session.flush()
    take_part(case, who, number, "offered remedies", at)
    add_event(case, "remedy_offered", at, who.email, remedy=remedy.id, kind=kind, stage=number)
    return remedy


def take_off_remedy(case: Case, remedy: Remedy, at: datetime, who: StaffMember) -> None:
    """It is not offered after all; the answer has not been written. Its words stay in the history."""
    refuse_unless("offer_remedy", standing_of(case))
    _refuse_if_of_earlier_stage(case, "offer_remedy", remedy.stage)
    refuse_if_not_independent(case, who)
    take_part(case, who, remedy.stage, "offered remedies", at)
    told = {"remedy": remedy.id, "kind": remedy.kind, "stage": remedy.stage, "words": remedy.words}
    add_event(case, "remedy_taken_off", at, who.email, **told, pence=remedy.pence)
    file_of(case).remedies.remove(remedy)
    db.session.delete(remedy)
    db.session.flush()


def remedy_was_given(case: Case, remedy: Remedy, at: datetime, who: StaffMember) -> None:
    """The tenant has it: the money, the apology, the changed record. Again changes nothing."""
    if remedy.done_at is None:
        remedy.done_at = at
        add_event(case, "remedy_given", at, who.email, remedy=remedy.id, kind=remedy.kind, stage=remedy.stage)


def agree_action(
    case: Case, words: str, owner: StaffMember, due_on: date, at: datetime, who: StaffMember
) -> CaseAction:
    """What a colleague does by a day; the answer of this stage promises it. Raises case_actions.NothingToDo."""
    refuse_unless("agree_action", standing_of(case))
    number = case.stage or 1
    take_part(case, who, number, "agreed actions", at)
    return case_actions.agree_action(case, words, owner, due_on, at, who, stage=number)


def refuse_if_not_independent(case: Case, who: StaffMember) -> None:
    """Raises NotIndependent: at stage 2 nobody decides anything who took part in stage 1 (Code 6.13)."""
    if case.stage == 2 and took_part(case, who.id, 1):
        raise NotIndependent


def _refuse_if_of_earlier_stage(case: Case, act: str, stage: int) -> None:
    if stage != (case.stage or 1):
        raise NotAllowed(act, ("stage-1-answered-already",))
