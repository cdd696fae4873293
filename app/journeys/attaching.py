"""The question for files: photos, documents, sound and film, as many at once as the tenant likes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from app.extensions import db
from app.journeys import drafts, steps
from app.journeys.drafts import Bookmark
from app.journeys.forms import QuestionForm
from app.journeys.questions import Question, Row
from app.journeys.screens import Page
from app.journeys.steps import Steps


class AttachForm(QuestionForm):
    """Nothing to fill in but the files themselves, which are no answer: the names of those we took are."""


@dataclass(frozen=True, eq=False)
class AttachQuestion(Question):
    """A page to add files on. Its answer is ``attached``: the names that the tenant gave them."""


def attach_question(slug: str = "files", title: Any = None) -> AttachQuestion:
    """For any journey. ``title`` is the page's h1, and asks."""
    asked = title or _l("Do you have photos or other files to show us?")
    return AttachQuestion(slug, asked, AttachForm, rows=_rows)


def _rows(form: QuestionForm) -> Iterator[Row]:
    yield Row(_("Files you sent"), "")


class Attaching:
    """One reader at the page."""

    def __init__(self, steps: Steps, question: AttachQuestion, is_changing: bool) -> None:
        self.steps, self.question, self.is_changing = steps, question, is_changing

    def ask(self) -> AnyResponse | Page:
        _bookmark, draft = drafts.where(self.steps.journey.name, steps.now())
        path = self.steps.path(draft)
        if self.steps.is_out_of_turn(self.question, path):
            return self.steps.to_first_open(path)
        form = self.steps.filled_form(self.question, path, draft)
        return self.steps.screens.question(self.question, path, form, self.is_changing)

    def answer(self) -> AnyResponse | Page:
        bookmark, draft = drafts.where(self.steps.journey.name, steps.now())
        path = self.steps.path(draft)
        form = self.steps.form(self.question, path)
        if not form.validate():
            return self.steps.screens.question(self.question, path, form, self.is_changing, "token", 400)
        writing = drafts.write(bookmark.writing or drafts.new_id(), self.steps.journey.name, steps.now())
        drafts.keep(writing, self.question.slug, {"attached": None}, {})
        db.session.commit()
        after = self.steps.path(writing)
        is_open = self.is_changing or draft is None
        response = self.steps.to_first_open(after) if is_open else self.steps.to(after.after(self.question))
        self.steps.give(response, Bookmark(writing.id, bookmark.sent))
        return response
