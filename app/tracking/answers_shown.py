"""What somebody who follows a complaint sees of our work on it: only what a letter has told them, and what we promised.

Nothing of a draft, and nothing that colleagues write for each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.cases.casework_models import CaseAction
from app.cases.models import Case
from app.complaints.casework import file_as_it_is, understanding_of
from app.complaints.models import ComplaintFile
from app.extensions import db
from app.letters.models import Letter

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Understood:
    """What the complaint is about, in our words. ``language`` is the tag of theirs."""

    definition: str
    outcomes_sought: str | None
    language: str


@dataclass(frozen=True)
class Promised:
    """An action that our answer promises. ``state``: done, late, open, or dropped."""

    words: str
    due_on: date
    state: str
    done_at: datetime | None
    language: str


@dataclass(frozen=True)
class OurWork:
    understood: Understood | None
    answers: tuple[Given, ...]  # as the letters say it, stage 1 first: letters.lacks.OF_AN_ANSWER
    actions: tuple[Promised, ...]


def our_work(case: Case, today: date) -> OurWork | None:
    """Of a complaint; None for other kinds. ``today`` is a day in London."""
    if case.kind != "complaint":
        return None
    file = file_as_it_is(case)
    sent = _sent_letters(case)
    answers = {letter.id: letter.given for letter in sent if letter.given}
    out = {stage.number: answers[stage.letter_id] for stage in file.stages if stage.letter_id in answers}
    return OurWork(
        _understood(case, file, sent),
        tuple(out[number] for number in sorted(out)),
        tuple(_promised(action, out[action.stage], today) for action in _actions(case) if action.stage in out),
    )


def _sent_letters(case: Case) -> list[Letter]:
    """The newest first."""
    wanted = select(Letter).where(Letter.case_id == case.id, Letter.sent_at.is_not(None))
    return list(db.session.scalars(wanted.order_by(Letter.id.desc())))


def _understood(case: Case, file: ComplaintFile, sent: list[Letter]) -> Understood | None:
    """What the tenant agreed to; else what a letter told them."""
    given = understanding_of(case) if file.is_agreed else None
    for told in (given, *(letter.given for letter in sent)):
        words = told and (told.get("definition") or told.get("complaint_definition"))
        if told and words:
            return Understood(words, told.get("outcomes_sought"), told["written_in"])
    return None


def _actions(case: Case) -> list[CaseAction]:
    wanted = select(CaseAction).where(CaseAction.case_id == case.id).order_by(CaseAction.due_on, CaseAction.id)
    return list(db.session.scalars(wanted))


def _promised(action: CaseAction, told: Given, today: date) -> Promised:
    if action.done_at is not None:
        state = "done"
    elif action.dropped_because is not None:
        state = "dropped"
    else:
        state = "late" if action.due_on < today else "open"
    return Promised(action.words, action.due_on, state, action.done_at, told["written_in"])
