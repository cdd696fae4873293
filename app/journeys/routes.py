"""The pages of a journey: one question at a time, check, received. ``register_journey`` gives them to a room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, make_response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.extensions import csrf, db
from app.journeys import drafts
from app.journeys.drafts import CANNOT_SAVE, AlreadySent, Bookmark
from app.journeys.forms import OnlyAButton, QuestionForm
from app.journeys.leaving import offer_way_out
from app.journeys.models import Draft
from app.journeys.questions import Ending, Journey, Path, Question, Step
from app.journeys.screens import Page, Screens
from app.landlords.standards import current_landlord
from app.languages import current_language

SAID = "journey"  # the category of what a page says after a redirect: a key of templates/journeys/said.html


def now() -> datetime:
    """The moment of the request: the only clock that journeys read."""
    return datetime.now(UTC)


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
Received = Callable[[str], AnyResponse | str]  # reference → the page


def register_journey(blueprint: Blueprint, journey: Journey, *, send: Send, received: Received) -> None:
    """Give the blueprint, whose address begins with ``/<lang:language>/``, all pages of the journey."""
    pages = JourneyPages(journey, blueprint.name, send, received)
    csrf.exempt(blueprint)  # each form checks its token itself, so that a lost one costs no words
    blueprint.after_request(_never_stored)
    if journey.is_sensitive:
        offer_way_out(blueprint, journey)
    add, both = blueprint.add_url_rule, ["GET", "POST"]
    add("", "start", pages.start, strict_slashes=False)
    add("/check", "check", pages.check, methods=both)
    add("/received", "received", pages.received)
    add("/delete", "delete", pages.delete, methods=both)
    add("/deleted", "deleted", pages.deleted)
    add("/<slug>", "question", pages.question, defaults={"is_changing": False}, methods=both)
    add("/<slug>/change", "change", pages.question, defaults={"is_changing": True}, methods=both)


def sent_reference(journey: Journey) -> str | None:
    """The reference of the case that this reader sent last, while their cookie and the draft live."""
    at = now()
    bookmark, _draft = drafts.where(journey.name, at)
    sent = drafts.find(bookmark.sent, journey.name, at)
    return sent.case_reference if sent else None


def _never_stored(response: Response) -> Response:
    """No browser or proxy keeps these pages: they hold what the tenant wrote, and Back must show what is true now."""
    response.headers["Cache-Control"] = "no-store"
    return response


class JourneyPages:
    """The views: each asks, acts, commits once, and redirects."""

    def __init__(self, journey: Journey, blueprint: str, send: Send, received: Received) -> None:
        self.journey, self.screens = journey, Screens(journey, blueprint)
        self._send, self._received = send, received

    def start(self) -> AnyResponse:
        """To the first question, or to where the reader left off."""
        bookmark, draft = drafts.where(self.journey.name, now())
        if draft is not None:
            flash("resumed", SAID)
            return self._to_first_open(self._path(draft))
        response = self._to(self.journey.questions[0])
        self._give(response, Bookmark(bookmark.writing or drafts.new_id(), bookmark.sent))
        return response

    def question(self, slug: str, is_changing: bool) -> AnyResponse | Page:
        step = self.journey.by_slug.get(slug) or abort(404)
        if request.method == "GET":
            return self._ask(step, is_changing)
        if isinstance(step, Ending):
            abort(405)
        return self._answer(step, is_changing)

    def _ask(self, step: Step, is_changing: bool) -> AnyResponse | Page:
        """A question with the answer given so far, or with what was typed and did not pass."""
        bookmark, draft = drafts.where(self.journey.name, now())
        if bookmark.is_only_of_sent:
            return self._to_page("received")
        path = self._path(draft)
        if self._is_out_of_turn(step, path):
            return self._to_first_open(path)
        if isinstance(step, Ending):
            return self.screens.ending(step, path)
        return self.screens.question(step, path, self._filled_form(step, path, draft), is_changing)

    def _answer(self, step: Question, is_changing: bool) -> AnyResponse | Page:
        """Check and keep one answer. Whatever goes wrong, the page comes back with what was typed."""
        path = self._path(None)
        try:
            bookmark, draft = drafts.where(self.journey.name, now())
            path = self._path(draft)
            form = self._form(step, path)
            is_right = form.validate()
            if form.is_from_elsewhere:
                return self.screens.question(step, path, form, is_changing, "token", 400)
            if bookmark.is_only_of_sent:
                raise AlreadySent
            return self._keep(step, form, is_right, is_changing, bookmark, draft)
        except AlreadySent:
            return self._again(step, path, is_changing, "already_sent", 409)
        except CANNOT_SAVE:
            current_app.logger.exception("an answer could not be saved")
            return self._again(step, path, is_changing, "not_saved", 503)

    def _keep(
        self,
        question: Question,
        form: QuestionForm,
        is_right: bool,
        is_changing: bool,
        bookmark: Bookmark,
        draft: Draft | None,
    ) -> AnyResponse:
        writing = draft
        if is_right or form.typed():
            writing = drafts.write(bookmark.writing or drafts.new_id(), self.journey.name, now())
            drafts.keep(writing, question.slug, form.kept() if is_right else None, form.typed())
            db.session.commit()
        path = self._path(writing)
        response: AnyResponse
        if not is_right:
            response = make_response(self.screens.question(question, path, form, is_changing, status=422))
        elif draft is None and question is not self.journey.questions[0]:
            flash("answers_lost", SAID)
            response = self._to_first_open(path)
        elif is_changing:
            response = self._to_first_open(path, is_changing=True)
        else:
            response = self._to(path.after(question))
        self._give(response, Bookmark(writing.id if writing else bookmark.writing, bookmark.sent))
        return response

    def _again(self, question: Question, path: Path, is_changing: bool, trouble: str, status: int) -> Page:
        """The page as it was sent, with its mistakes, and a word on what went wrong."""
        db.session.rollback()
        form = self._form(question, path)
        form.validate()
        return self.screens.question(question, path, form, is_changing, trouble, status)

    def check(self) -> AnyResponse | Page:
        """All answers with links to change them, and the button that sends."""
        if request.method == "POST":
            return self._send_once()
        bookmark, draft = drafts.where(self.journey.name, now())
        if draft is None:
            return self._to_page("received" if bookmark.is_only_of_sent else "start")
        path = self._path(draft)
        if path.first_open(current_landlord()):
            return self._to_first_open(path)
        return self.screens.check(path)

    def _send_once(self) -> AnyResponse | Page:
        """Make the case, once, however often the button is pressed."""
        if OnlyAButton().is_from_elsewhere:
            return self._check_again("token", 400)
        try:
            return self._send_draft(drafts.read_bookmark(self.journey.name), now())
        except Exception as trouble:  # whatever it was: the tenant has to know that nothing was sent
            current_app.logger.exception("a %s could not be sent", self.journey.name)
            return self._check_again("not_sent", 503 if isinstance(trouble, CANNOT_SAVE) else 500)

    def _send_draft(self, bookmark: Bookmark, at: datetime) -> AnyResponse:
        draft = drafts.find_to_send(bookmark.writing, self.journey.name, at)
        if draft is None:
            db.session.rollback()
            if bookmark.sent is None:
                flash("answers_gone", SAID)
            return self._to_page("start" if bookmark.sent is None else "received")
        if draft.case_reference is None:
            path = self._path(draft)
            if path.first_open(current_landlord()):
                db.session.rollback()
                return self._to_first_open(path)
            reference = self._send(Sending(path.answers, current_language().tag, at, draft.id))
            drafts.mark_sent(draft, reference, at)
            db.session.commit()
        response = self._to_page("received")
        self._give(response, Bookmark(None, draft.id))
        return response

    def _check_again(self, trouble: str, status: int) -> AnyResponse | Page:
        """The check page with a word on what went wrong; that word alone where not even reading works."""
        try:
            db.session.rollback()
            _bookmark, draft = drafts.where(self.journey.name, now())
            if draft is None:
                return self._to_page("check")
            return self.screens.check(self._path(draft), trouble, status)
        except CANNOT_SAVE:
            return self.screens.only_words("journeys/not_sent.html", status)

    def received(self) -> AnyResponse | str:
        reference = sent_reference(self.journey)
        return self._received(reference) if reference else self._to_page("start")

    def delete(self) -> AnyResponse | Page:
        """Forget what was typed: on a borrowed phone nobody else should find it."""
        if request.method == "GET":
            return self.screens.only_words("journeys/delete.html", back=self.screens.url("start"))
        if OnlyAButton().is_from_elsewhere:
            return self.screens.only_words("journeys/delete.html", 400, trouble="token")
        bookmark = drafts.read_bookmark(self.journey.name)
        if bookmark.writing:
            drafts.delete(bookmark.writing, self.journey.name)
        response = self._to_page("deleted")
        self._give(response, Bookmark(None, bookmark.sent))
        return response

    def deleted(self) -> Page:
        return self.screens.only_words("journeys/deleted.html")

    def _path(self, draft: Draft | None) -> Path:
        return self.journey.path(draft.answers if draft else {}, current_landlord())

    def _is_out_of_turn(self, step: Step, path: Path) -> bool:
        """It does not apply, or a question before it has no answer yet."""
        first = path.first_without_answer()
        return not path.has(step.slug) or (first is not None and path.number_of(first) < path.number_of(step))

    def _form(self, question: Question, path: Path) -> QuestionForm:
        """As it was sent."""
        return question.form(landlord=current_landlord(), answers=path.answers_before(question))

    def _filled_form(self, question: Question, path: Path, draft: Draft | None) -> QuestionForm:
        filled = draft and (draft.typed.get(question.slug) or draft.answers.get(question.slug))
        given = {name: value for name, value in (filled or {}).items() if value is not None}
        return question.form(
            landlord=current_landlord(),
            answers=path.answers_before(question),
            formdata=MultiDict(given) if given else None,
        )

    def _to(self, step: Step | None, is_changing: bool = False) -> AnyResponse:
        return redirect(self.screens.url_of(step, is_changing), 303)

    def _to_first_open(self, path: Path, is_changing: bool = False) -> AnyResponse:
        return self._to(path.first_open(current_landlord()), is_changing)

    def _to_page(self, page: str) -> AnyResponse:
        return redirect(self.screens.url(page), 303)

    def _give(self, response: AnyResponse, bookmark: Bookmark) -> None:
        drafts.give_bookmark(response, self.journey.name, bookmark)
