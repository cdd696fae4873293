"""The pages of a journey: one question at a time, check, received. ``register_journey`` gives them to a room."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, flash, make_response, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from app.extensions import csrf, db
from app.journeys import abuse, drafts, steps
from app.journeys.abuse import TooMany
from app.journeys.attaching import Attaching, AttachQuestion
from app.journeys.carrying import remember
from app.journeys.drafts import CANNOT_SAVE, AlreadySent, Bookmark
from app.journeys.forms import OnlyAButton, QuestionForm
from app.journeys.leaving import offer_way_out
from app.journeys.models import Draft
from app.journeys.questions import Ending, Journey, Path, Question, Step
from app.journeys.screens import Page
from app.journeys.sending import CheckPage, Send
from app.journeys.sending import Sending as Sending
from app.journeys.steps import SAID, Steps

AFTERWARDS = "afterwards"  # the name of the button that saves the page to come back later
Received = Callable[[str], AnyResponse | str]  # reference → the page


def register_journey(blueprint: Blueprint, journey: Journey, *, send: Send, received: Received) -> None:
    """Give the blueprint, whose address begins with ``/<lang:language>/``, all pages of the journey."""
    pages = JourneyPages(journey, blueprint.name, send, received)
    csrf.exempt(blueprint)  # each form checks its token itself, so that a lost one costs no words
    blueprint.after_request(_never_stored)
    remember(blueprint, journey)
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
    at = steps.now()
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
        self.steps = Steps(journey, blueprint)
        self.journey, self.screens = journey, self.steps.screens
        self._check, self._received = CheckPage(self.steps, send), received

    def start(self) -> AnyResponse:
        """To the first question, or to where the reader left off."""
        bookmark, draft = drafts.where(self.journey.name, steps.now())
        if draft is not None:
            flash("resumed", SAID)
            return self.steps.to_first_open(self.steps.path(draft))
        response = self.steps.to(self.journey.questions[0])
        self.steps.give(response, Bookmark(bookmark.writing or drafts.new_id(), bookmark.sent))
        return response

    def question(self, slug: str, is_changing: bool) -> AnyResponse | Page:
        step = self.journey.by_slug.get(slug) or abort(404)
        if request.method == "POST" and isinstance(step, Question):
            try:
                self._receive(step)
            except (RequestEntityTooLarge, TooMany) as refusal:
                return self._refuse(step, is_changing, refusal)
        if isinstance(step, AttachQuestion):
            attaching = Attaching(self.steps, step, is_changing)
            return attaching.ask() if request.method == "GET" else attaching.answer()
        if request.method == "GET":
            return self._ask(step, is_changing)
        if isinstance(step, Ending):
            abort(405)
        return self._answer(step, is_changing)

    def _receive(self, step: Question) -> None:
        """Take in what was sent. Files have limits of their own. Raises RequestEntityTooLarge, TooMany."""
        if not isinstance(step, AttachQuestion):
            abuse.read_form()
        abuse.count(abuse.ANSWERS)

    def _refuse(self, step: Question, is_changing: bool, refusal: RequestEntityTooLarge | TooMany) -> AnyResponse:
        """The question again: with what was sent; or, of what was too large, with what was kept before."""
        _bookmark, draft = drafts.where(self.journey.name, steps.now())
        path = self.steps.path(draft)
        if isinstance(refusal, RequestEntityTooLarge):
            form = self.steps.filled_form(step, path, draft)
            return make_response(self.screens.question(step, path, form, is_changing, "too_large", 413))
        abuse.ask_to_wait(refusal)
        if isinstance(step, AttachQuestion):
            page = Attaching(self.steps, step, is_changing).refuse("too_many", 429)
        else:
            page = self._again(step, path, is_changing, "too_many", 429)
        return abuse.saying_when(make_response(page), refusal)

    def _ask(self, step: Step, is_changing: bool) -> AnyResponse | Page:
        """A question with the answer given so far, or with what was typed and did not pass."""
        bookmark, draft = drafts.where(self.journey.name, steps.now())
        if bookmark.is_only_of_sent:
            return self.steps.to_page("received")
        path = self.steps.path(draft)
        if self.steps.is_out_of_turn(step, path):
            return self.steps.to_first_open(path)
        if isinstance(step, Ending):
            return self.screens.ending(step, path)
        return self.screens.question(step, path, self.steps.filled_form(step, path, draft), is_changing)

    def _answer(self, step: Question, is_changing: bool) -> AnyResponse | Page:
        """Check and keep one answer. Whatever goes wrong, the page comes back with what was typed."""
        path = self.steps.path(None)
        try:
            bookmark, draft = drafts.where(self.journey.name, steps.now())
            path = self.steps.path(draft)
            form = self.steps.form(step, path)
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
            writing = drafts.write(bookmark.writing or drafts.new_id(), self.journey.name, steps.now())
            drafts.keep(writing, question.slug, form.kept() if is_right else None, form.typed())
            db.session.commit()
        path = self.steps.path(writing)
        response: AnyResponse
        if request.form.get(AFTERWARDS) == "save" and self.screens.can_save:
            response = self.steps.to_page("save")
        elif not is_right:
            response = make_response(self.screens.question(question, path, form, is_changing, status=422))
        elif draft is None and question is not self.journey.questions[0]:
            flash("answers_lost", SAID)
            response = self.steps.to_first_open(path)
        elif is_changing or not path.has(question.slug):  # or an old window: that question is not asked any more
            response = self.steps.to_first_open(path, is_changing)
        else:
            response = self.steps.to(path.after(question))
        self.steps.give(response, Bookmark(writing.id if writing else bookmark.writing, bookmark.sent))
        return response

    def _again(self, question: Question, path: Path, is_changing: bool, trouble: str, status: int) -> Page:
        """The page as it was sent, with its mistakes, and a word on what went wrong."""
        db.session.rollback()
        form = self.steps.form(question, path)
        form.validate()
        return self.screens.question(question, path, form, is_changing, trouble, status)

    def check(self) -> AnyResponse | Page:
        """All answers, and the button that sends."""
        return self._check.send() if request.method == "POST" else self._check.show()

    def received(self) -> AnyResponse | str:
        reference = sent_reference(self.journey)
        return self._received(reference) if reference else self.steps.to_page("start")

    def delete(self) -> AnyResponse | Page:
        """Forget what was typed: on a borrowed phone nobody else should find it."""
        if request.method == "GET":
            return self.screens.only_words("journeys/delete.html", back=self.screens.url("start"))
        if OnlyAButton().is_from_elsewhere:
            return self.screens.only_words("journeys/delete.html", 400, trouble="token")
        bookmark = drafts.read_bookmark(self.journey.name)
        if bookmark.writing:
            drafts.delete(bookmark.writing, self.journey.name)
        response = self.steps.to_page("deleted")
        self.steps.give(response, Bookmark(None, bookmark.sent))
        return response

    def deleted(self) -> Page:
        return self.screens.only_words("journeys/deleted.html")
