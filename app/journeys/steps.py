"""Where a reader is in a journey, and where they go from there."""

from datetime import UTC, datetime

from flask import redirect
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.journeys import drafts
from app.journeys.drafts import Bookmark
from app.journeys.forms import QuestionForm
from app.journeys.models import Draft
from app.journeys.questions import Journey, Path, Question, Step
from app.journeys.screens import Screens
from app.landlords.standards import current_landlord

SAID = "journey"  # the category of what a page says after a redirect: a key of templates/journeys/said.html


def now() -> datetime:
    """The moment of the request: the only clock that journeys read."""
    return datetime.now(UTC)


class Steps:
    """What the pages of one journey share: the reader's path, a question's form, and the way to another page."""

    def __init__(self, journey: Journey, blueprint: str) -> None:
        self.journey, self.screens = journey, Screens(journey, blueprint)

    def path(self, draft: Draft | None) -> Path:
        return self.journey.path(draft.answers if draft else {}, current_landlord())

    def is_out_of_turn(self, step: Step, path: Path) -> bool:
        """It does not apply, or a question before it has no answer yet."""
        first = path.first_without_answer()
        return not path.has(step.slug) or (first is not None and path.number_of(first) < path.number_of(step))

    def form(self, question: Question, path: Path) -> QuestionForm:
        """As it was sent."""
        return question.form(landlord=current_landlord(), answers=path.answers_before(question))

    def filled_form(self, question: Question, path: Path, draft: Draft | None) -> QuestionForm:
        filled = draft and (draft.typed.get(question.slug) or draft.answers.get(question.slug))
        given = {name: value for name, value in (filled or {}).items() if value is not None}
        return question.form(
            landlord=current_landlord(),
            answers=path.answers_before(question),
            formdata=MultiDict(given) if given else None,
        )

    def to(self, step: Step | None, is_changing: bool = False) -> AnyResponse:
        return redirect(self.screens.url_of(step, is_changing), 303)

    def to_first_open(self, path: Path, is_changing: bool = False) -> AnyResponse:
        return self.to(path.first_open(current_landlord()), is_changing)

    def to_page(self, page: str) -> AnyResponse:
        return redirect(self.screens.url(page), 303)

    def give(self, response: AnyResponse, bookmark: Bookmark) -> None:
        drafts.give_bookmark(response, self.journey.name, bookmark)
