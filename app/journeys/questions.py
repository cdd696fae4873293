"""A form is an ordered list of questions. Which of them are asked depends on the answers so far."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Any

from werkzeug.datastructures import MultiDict

from app.journeys.forms import NothingAsked, QuestionForm
from app.landlords.standards import Landlord

Answers = Mapping[str, Any]  # by field
AnswersByQuestion = Mapping[str, Answers]
RESERVED = {"check", "received", "delete", "deleted", "exit", "save"}  # addresses of a journey's other pages


@dataclass(frozen=True)
class Row:
    """A line of the check page: what was asked, in a few words, and the answer in words."""

    label: str
    words: str
    language: str | None = None  # of the words, where it is known and not the page's


def _always(answers: Answers, landlord: Landlord) -> bool:
    return True


def rows_of_fields(form: QuestionForm) -> Iterator[Row]:
    """A row a field, for the check page. An optional answer that was left empty has empty words."""
    kept = form.kept()
    for asked in form.fields_asked:
        if kept[asked.name] is not None or asked in form.fields_on_top:
            yield Row(str(asked.label.text), asked.in_words(), asked.language_of_words())


@dataclass(frozen=True, eq=False)
class Question:
    """One page. ``title`` is its h1, and asks; ``applies`` sees the answers of the questions before it.

    ``template`` adds words around the fields: it extends ``journeys/question.html``.
    """

    slug: str
    title: Any
    form: type[QuestionForm]
    applies: Callable[[Answers, Landlord], bool] = _always
    template: str = "journeys/question.html"
    rows: Callable[[QuestionForm], Iterator[Row]] = rows_of_fields

    @property
    def asked_of_some(self) -> bool:
        """Whether it depends on earlier answers that it is asked."""
        return self.applies is not _always

    @property
    def asks_something(self) -> bool:
        """False for a page that is only read: it is not counted among the questions."""
        return not issubclass(self.form, NothingAsked)


@dataclass(frozen=True, eq=False)
class Ending:
    """A page where the journey ends without being sent: somebody else deals with this. Its template says who."""

    slug: str
    title: Any
    template: str
    applies: Callable[[Answers, Landlord], bool]


Step = Question | Ending


@dataclass(frozen=True)
class Path:
    """The questions that apply to one tenant, in order, and what was answered to them."""

    steps: tuple[Step, ...]
    by_question: AnswersByQuestion = field(repr=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(step for step in self.steps if isinstance(step, Question))

    @property
    def answers(self) -> dict[str, Any]:
        """All answers that count, by field. Those of questions that no longer apply stay out."""
        return _merged(self.by_question[step.slug] for step in self.steps if step.slug in self.by_question)

    def answers_before(self, step: Step) -> dict[str, Any]:
        earlier = takewhile(lambda other: other is not step, self.steps)
        return _merged(self.by_question[other.slug] for other in earlier if other.slug in self.by_question)

    def has(self, slug: str) -> bool:
        return any(step.slug == slug for step in self.steps)

    def number_of(self, step: Step) -> int:
        """1 for the first."""
        return self.steps.index(step) + 1

    def count_to(self, question: Question) -> int:
        """How many questions there are up to this one, pages that are only read left out."""
        return sum(step.asks_something for step in self.questions[: self.questions.index(question) + 1])

    def before(self, step: Step) -> Step | None:
        number = self.number_of(step)
        return self.steps[number - 2] if number > 1 else None

    def after(self, step: Step) -> Step | None:
        number = self.number_of(step)
        return self.steps[number] if number < len(self.steps) else None

    def first_without_answer(self) -> Step | None:
        """The first question that was not answered, well or badly; or the ending; None when all were."""
        return next((step for step in self.steps if step.slug not in self.by_question), None)

    def first_open(self, landlord: Landlord) -> Step | None:
        """The first question without an answer that can be sent; or the ending; None when all is answered."""
        for step in self.steps:
            if isinstance(step, Ending) or not self.is_answered(step, landlord):
                return step
        return None

    def is_answered(self, question: Question, landlord: Landlord) -> bool:
        """Whether the stored answer still passes: the policy, or an earlier answer, may have changed since."""
        return question.slug in self.by_question and self.form_of(question, landlord).validate()

    def form_of(self, question: Question, landlord: Landlord) -> QuestionForm:
        """The question's form, filled in with its answers, to be read rather than sent."""
        given = self.by_question.get(question.slug, {})
        return question.form(
            landlord=landlord,
            answers=self.answers_before(question),
            formdata=MultiDict({name: value for name, value in given.items() if value is not None}),
            meta={"csrf": False},
        )


@dataclass(frozen=True, eq=False)
class Journey:
    """A web form. ``name`` marks its drafts and its cookie.

    ``is_sensitive``: somebody may look over the tenant's shoulder. Its pages have neutral titles and a quick way out.
    """

    name: str
    questions: tuple[Step, ...]
    check_template: str = "journeys/check.html"
    is_sensitive: bool = False

    def __post_init__(self) -> None:
        slugs = [step.slug for step in self.questions]
        wrong = {slug for slug in slugs if slugs.count(slug) > 1} | (RESERVED & set(slugs))
        if wrong:
            raise ValueError(f"{self.name}: these addresses are taken: {', '.join(sorted(wrong))}")

    @cached_property
    def by_slug(self) -> dict[str, Step]:
        return {step.slug: step for step in self.questions}

    def path(self, by_question: AnswersByQuestion, landlord: Landlord) -> Path:
        """Ask each question whether it applies, given the answers that count before it."""
        steps: list[Step] = []
        answers: dict[str, Any] = {}
        for step in self.questions:
            if not step.applies(answers, landlord):
                continue
            steps.append(step)
            if isinstance(step, Ending):
                break
            answers.update(by_question.get(step.slug, {}))
        return Path(tuple(steps), by_question)


def _merged(parts: Iterator[Answers]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for part in parts:
        merged.update(part)
    return merged
