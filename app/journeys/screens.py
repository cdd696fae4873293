"""What a journey's pages show, and where they lead."""

from typing import Any

from flask import current_app, render_template, request, url_for

from app.journeys.forms import OnlyAButton, QuestionForm
from app.journeys.questions import Ending, Journey, Path, Question, Step
from app.landlords.standards import current_landlord

Page = tuple[str, int]  # HTML, status


class Screens:
    """A journey's templates, filled in. ``trouble`` is a key of templates/journeys/trouble.html."""

    def __init__(self, journey: Journey, blueprint: str) -> None:
        self.journey, self.blueprint = journey, blueprint

    def url(self, page: str, **arguments: Any) -> str:
        return url_for(f"{self.blueprint}.{page}", **arguments)

    @property
    def can_save(self) -> bool:
        """Whether this form has a page to save it and come back later."""
        return f"{self.blueprint}.save" in current_app.view_functions

    def url_of(self, step: Step | None, is_changing: bool = False) -> str:
        """The address of a question or ending; of the check page for None."""
        if step is None:
            return self.url("check")
        return self.url("change" if is_changing and isinstance(step, Question) else "question", slug=step.slug)

    def question(
        self,
        question: Question,
        path: Path,
        form: QuestionForm,
        is_changing: bool = False,
        trouble: str | None = None,
        status: int = 200,
    ) -> Page:
        is_alone = len(form.fields_on_top) == 1
        page = self._show(
            question.template,
            step=question,
            form=form,
            heading=str(question.title) if is_alone else None,
            number=path.count_to(question) if question.asks_something and path.has(question.slug) else None,
            total=path.count_to(path.questions[-1]),
            back=self._back(question, path, is_changing),
            trouble=trouble,
        )
        return page, status

    def ending(self, ending: Ending, path: Path) -> Page:
        return self._show(ending.template, step=ending, back=self.url_of(path.before(ending))), 200

    def check(self, path: Path, trouble: str | None = None, status: int = 200) -> Page:
        landlord = current_landlord()
        answered = [(question, list(question.rows(path.form_of(question, landlord)))) for question in path.questions]
        page = self._show(
            self.journey.check_template,
            form=OnlyAButton(formdata=None),
            answered=answered,
            back=self.url_of(path.steps[-1]),
            trouble=trouble,
        )
        return page, status

    def only_words(self, template: str, status: int = 200, **words: Any) -> Page:
        """A page without answers of the form."""
        return self._show(template, **{"form": OnlyAButton(formdata=None), **words}), status

    def _show(self, template: str, **context: Any) -> str:
        return render_template(template, journey=self.journey, screens=self, here=request.path, **context)

    def _back(self, question: Question, path: Path, is_changing: bool) -> str | None:
        """The page before; None on the first question, where the template knows the way out."""
        if is_changing:
            return self.url("check")
        before = path.before(question) if path.has(question.slug) else None
        return self.url_of(before) if before else None
