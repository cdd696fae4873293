"""The check page, and the button on it that sends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, flash, make_response
from werkzeug.wrappers import Response as AnyResponse

from app.extensions import db
from app.journeys import abuse, drafts, steps
from app.journeys.abuse import TooMany
from app.journeys.drafts import CANNOT_SAVE, Bookmark
from app.journeys.forms import OnlyAButton
from app.journeys.screens import Page
from app.journeys.steps import SAID, Steps
from app.landlords.standards import current_landlord
from app.languages import current_language


class AskAgain(Exception):
    """Raised by a ``Send``: an answer that passed a moment ago passes no more. The tenant is asked for it again."""


@dataclass(frozen=True)
class Sending:
    """What a room needs to make a case of a finished draft.

    ``language`` is the page's; ``doubts`` are signs that a machine filled the form in.
    """

    answers: dict[str, Any]
    language: str
    at: datetime
    draft_id: str
    doubts: tuple[str, ...] = ()


Send = Callable[[Sending], str]  # makes the case and gives its reference; inside the transaction, without commit


class CheckPage:
    """All answers with links to change them; sent once, however often the button is pressed."""

    def __init__(self, steps: Steps, send: Send) -> None:
        self.steps, self.journey, self.screens, self._send = steps, steps.journey, steps.screens, send

    def show(self) -> AnyResponse | Page:
        bookmark, draft = drafts.where(self.journey.name, steps.now())
        if draft is None:
            return self.steps.to_page("received" if bookmark.is_only_of_sent else "start")
        path = self.steps.path(draft)
        if path.first_open(current_landlord()):
            return self.steps.to_first_open(path)
        return self.screens.check(path)

    def send(self) -> AnyResponse | Page:
        """Make the case."""
        if OnlyAButton().is_from_elsewhere:
            return self._again("token", 400)
        try:
            abuse.count(abuse.SENDINGS)
        except TooMany as refusal:
            abuse.ask_to_wait(refusal)
            return abuse.saying_when(make_response(self._again("too_many_sent", 429)), refusal)
        try:
            return self._send_draft(drafts.read_bookmark(self.journey.name), steps.now())
        except AskAgain:
            db.session.rollback()
            return self.steps.to_first_open(self.steps.path(drafts.where(self.journey.name, steps.now())[1]))
        except Exception as trouble:  # whatever it was: the tenant has to know that nothing was sent
            current_app.logger.exception("a %s could not be sent", self.journey.name)
            return self._again("not_sent", 503 if isinstance(trouble, CANNOT_SAVE) else 500)

    def _send_draft(self, bookmark: Bookmark, at: datetime) -> AnyResponse:
        draft = drafts.find_to_send(bookmark.writing, self.journey.name, at)
        if draft is None:
            db.session.rollback()
            if bookmark.sent is None:
                flash("answers_gone", SAID)
            return self.steps.to_page("start" if bookmark.sent is None else "received")
        if draft.case_reference is None:
            path = self.steps.path(draft)
            if path.first_open(current_landlord()):
                db.session.rollback()
                return self.steps.to_first_open(path)
            signs = abuse.doubts_of_request(draft.started_at, at)
            reference = self._send(Sending(path.answers, current_language().tag, at, draft.id, signs))
            drafts.mark_sent(draft, reference, at)
            db.session.commit()
        response = self.steps.to_page("received")
        self.steps.give(response, Bookmark(None, draft.id))
        return response

    def _again(self, trouble: str, status: int) -> AnyResponse | Page:
        """The page with a word on what went wrong; that word alone where not even reading works."""
        try:
            db.session.rollback()
            _bookmark, draft = drafts.where(self.journey.name, steps.now())
            if draft is None:
                return self.steps.to_page("check")
            return self.screens.check(self.steps.path(draft), trouble, status)
        except CANNOT_SAVE:
            db.session.rollback()  # nothing has begun: the head of the page does without the database too
            return self.screens.only_words("journeys/not_sent.html", status)
