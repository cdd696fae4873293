"""The question for files: photos, documents, sound and film, as many at once as the tenant likes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import current_app, flash, make_response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from app.extensions import db
from app.journeys import drafts, steps
from app.journeys.drafts import CANNOT_SAVE, AlreadySent, Bookmark
from app.journeys.forms import QuestionForm
from app.journeys.models import Draft
from app.journeys.questions import Question, Row
from app.journeys.screens import Page
from app.journeys.steps import SAID, Steps
from app.landlords.standards import current_landlord
from app.uploads import actions as uploads
from app.uploads import reasons
from app.uploads.actions import NotTaken, Prepared
from app.uploads.kinds import ACCEPTED
from app.uploads.limits import Limits, limits
from app.uploads.models import Upload
from app.uploads.storage import remove as remove_file

SENT_BY_SCRIPT = "attaching"  # X-Requested-With of assets/js/attaching.js, which cannot see where a redirect leads
_MOST_TO_DRAIN = 1_000_000_000  # bytes
_BLOCK = 1 << 18


class AttachForm(QuestionForm):
    """Nothing to fill in but the files themselves, which are no answer: the names of those that we took are."""

    accepted = ACCEPTED

    def __init__(self, **kwargs: Any) -> None:
        given = kwargs.get("formdata")
        self.names: list[str] = given.getlist("attached") if given else []
        self.uploads: list[Upload] = []
        super().__init__(**kwargs)

    @property
    def limits(self) -> Limits:
        return limits()

    @property
    def problems(self) -> list[str]:
        return list(self.form_errors)

    def mistakes(self) -> Iterator[tuple[str, str]]:
        for problem in self.problems:
            yield "files", problem


@dataclass(frozen=True, eq=False)
class AttachQuestion(Question):
    """A page to add files on. Its answer is ``attached``: the names that the tenant gave them."""

    takes_files: ClassVar[bool] = True


def attach_question(slug: str = "files", title: Any = None) -> AttachQuestion:
    """For any journey. ``title`` is the page's h1, and asks."""
    asked = title or _l("Do you have photos or other files to show us?")
    return AttachQuestion(slug, asked, AttachForm, template="journeys/attach.html", rows=_rows)


def _rows(form: Any) -> Iterator[Row]:
    yield Row(_("Files you sent"), "\n".join(form.names))


class Attaching:
    """One reader at the page. Whatever goes wrong, it comes back with the files that were there before."""

    def __init__(self, steps: Steps, question: AttachQuestion, is_changing: bool) -> None:
        self.steps, self.question, self.is_changing = steps, question, is_changing
        self.journey = steps.journey.name

    def ask(self) -> AnyResponse | Page:
        bookmark, draft = drafts.where(self.journey, steps.now())
        if bookmark.is_only_of_sent:
            return self.steps.to_page("received")
        path = self.steps.path(draft)
        if self.steps.is_out_of_turn(self.question, path):
            return self.steps.to_first_open(path)
        return self._show(draft)

    def answer(self) -> AnyResponse | Page:
        """Add what was chosen, whichever button was pressed; then do what the button says."""
        request.max_content_length = limits().largest_request
        answered = make_response(self._answer())
        if answered.status_code == 303 and request.headers.get("X-Requested-With") == SENT_BY_SCRIPT:
            answered.headers["X-Go-To"] = answered.headers.pop("Location")
            answered.status_code = 204
            answered.set_data(b"")
        return answered

    def _answer(self) -> AnyResponse | Page:
        try:
            bookmark, draft = drafts.where(self.journey, steps.now())
            form = self.steps.form(self.question, self.steps.path(draft))  # reads all that was sent
            form.validate()
            if form.is_from_elsewhere:
                has_arrived = form.meta.csrf_field_name in request.form
                return self._again("files_token" if has_arrived else "files_broken", 400)
            if bookmark.is_only_of_sent:
                raise AlreadySent
            return self._act(bookmark, draft)
        except RequestEntityTooLarge:
            return self.refuse("files_too_large", 413)
        except AlreadySent:
            return self._again("already_sent", 409)
        except CANNOT_SAVE:
            current_app.logger.exception("files could not be kept")
            return self._again("files_not_kept", 503)

    def refuse(self, trouble: str, status: int) -> Page:
        """The page as it was, without looking at what is being sent."""
        drain()
        return self._again(trouble, status)

    def _act(self, bookmark: Bookmark, draft: Draft | None) -> AnyResponse:
        """Prepare first, which takes seconds and holds up nobody; then write, which takes none."""
        already = len(uploads.of_draft(draft.id)) if draft else 0
        is_lost = draft is None and self.question is not self.steps.journey.questions[0]
        db.session.rollback()
        prepared, problems = self._prepare(_chosen(), already)
        try:
            writing, removed, refused = self._write(bookmark, prepared)
        except BaseException:
            for one in prepared:
                uploads.discard(one)
            raise
        db.session.commit()  # should it fail, nobody knows how far it went: a sweep clears up after a day
        for name in removed:
            remove_file(name)
        response = self._onward(writing, is_lost, bool(prepared), bool(removed), [*problems, *refused])
        self.steps.give(response, Bookmark(writing.id, bookmark.sent))
        return response

    def _prepare(self, chosen: list[FileStorage], already: int) -> tuple[list[Prepared], list[str]]:
        prepared: list[Prepared] = []
        problems: list[str] = []
        for file in chosen:
            try:
                if already + len(prepared) >= limits().draft.files:
                    raise reasons.too_many_files(uploads.name_to_show(file.filename))
                prepared.append(uploads.prepare(file.stream, file.filename))
            except NotTaken as refused:
                problems.append(refused.reason)
            except BaseException:
                for one in prepared:
                    uploads.discard(one)
                raise
        return prepared, problems

    def _write(self, bookmark: Bookmark, prepared: list[Prepared]) -> tuple[Draft, list[str], list[str]]:
        """The draft; names of files to remove once that is committed; why some could not be added after all."""
        at = steps.now()
        draft = drafts.write(bookmark.writing or drafts.new_id(), self.journey, at)
        removed, refused = [], []
        if name := uploads.remove(draft.id, request.form.get("remove", 0, type=int)):
            removed.append(name)
        for one in prepared:
            try:
                uploads.add(one, at, draft_id=draft.id)
            except NotTaken as why:
                refused.append(why.reason)
                removed.append(one.name)
        names = [one.shown_name for one in uploads.of_draft(draft.id)]
        drafts.keep(draft, self.question.slug, {"attached": names or None}, {})
        return draft, removed, refused

    def _onward(
        self, draft: Draft, is_lost: bool, has_added: bool, has_removed: bool, problems: list[str]
    ) -> AnyResponse:
        if problems:
            return make_response(self._show(draft, problems, status=422))
        path = self.steps.path(draft)
        if is_lost:
            flash("answers_lost", SAID)
            return self.steps.to_first_open(path)
        if "remove" in request.form or request.form.get("then") == "add":
            if has_added or has_removed:
                flash("files_added" if has_added else "file_removed", SAID)
            here = self.steps.to(self.question, self.is_changing)
            if uploads.of_draft(draft.id):
                here.headers["Location"] += "#attached"
            return here
        return self.steps.to_first_open(path, True) if self.is_changing else self.steps.to(path.after(self.question))

    def _show(
        self, draft: Draft | None, problems: list[str] | None = None, trouble: str | None = None, status: int = 200
    ) -> Page:
        path = self.steps.path(draft)
        answers = path.answers_before(self.question) if path.has(self.question.slug) else {}
        form = AttachForm(landlord=current_landlord(), answers=answers, formdata=None)
        form.uploads = uploads.of_draft(draft.id) if draft else []
        form.form_errors = list(dict.fromkeys(problems or []))
        return self.steps.screens.question(self.question, path, form, self.is_changing, trouble, status)

    def _again(self, trouble: str, status: int) -> Page:
        """The page with a word on what went wrong; without the list where not even reading works."""
        draft = None
        try:
            db.session.rollback()
            _bookmark, draft = drafts.where(self.journey, steps.now())
            return self._show(draft, trouble=trouble, status=status)
        except CANNOT_SAVE:
            return self._show(None, trouble=trouble, status=status)


def _chosen() -> list[FileStorage]:
    """What the browser sent. Where nothing was chosen it sends one file without a name or anything in it."""
    return [one for one in request.files.getlist("files") if one.filename or _holds_something(one)]


def _holds_something(file: FileStorage) -> bool:
    first = file.stream.read(1)
    file.stream.seek(0)
    return bool(first)


def drain() -> None:
    """Let the browser finish sending: it shows no answer to what it could not send to the end."""
    left = min(request.content_length or _MOST_TO_DRAIN, _MOST_TO_DRAIN)
    try:
        while left > 0 and (block := request.environ["wsgi.input"].read(min(_BLOCK, left))):
            left -= len(block)
    except OSError:
        pass  # it has gone
