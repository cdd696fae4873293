"""Answering a question or a suggestion: in writing, or on the phone with a summary. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.cases import promises
from app.cases.actions import add_event
from app.cases.case_drafts import forget_draft
from app.cases.casework_models import Conversation
from app.cases.models import Case, Event
from app.extensions import db
from app.letters.actions import request_letter
from app.letters.models import Letter
from app.reception.going_out import send_out, way_out

PAGE = ANSWER = promises.ANSWER
BY_VOICE = ("phone", "visit", "chat")


class NoWords(ValueError):
    """An answer says something."""


def answer_in_writing(case: Case, given: Mapping[str, Any], at: datetime, who: str) -> tuple[Letter, str]:
    """Write the letter ``answer`` and send it. ``given``: words, words_language, and a suggestion's decision.

    Gives the letter and how it goes (app.reception.going_out). Promises are kept when it has gone out.
    Raises NoWay, LetterLacks.
    """
    way_out(case.tenant)  # before anything is written
    letter = request_letter(case, ANSWER, at, given=given)
    add_event(case, "answer_written", at, who, version=letter.version)
    forget_draft(case, PAGE)
    return letter, send_out(letter, at, who)


def answered_by_voice(case: Case, channel: str, summary: str, at: datetime, who: str) -> Conversation:
    """It was answered in a talk, by ``channel``; every promise to answer is kept now. Raises NoWords."""
    if not summary.strip():
        raise NoWords
    talk = Conversation(case_id=case.id, at=at, channel=channel, who=who, summary=summary.strip(), agreed=[])
    db.session.add(talk)
    promises.answered(case, at, who, channel)
    forget_draft(case, PAGE)
    return talk


def answered_by(case: Case) -> Event | None:
    """When we answered last and by which channel; None while we have not."""
    return next((event for event in reversed(case.events) if event.what == "answered"), None)
