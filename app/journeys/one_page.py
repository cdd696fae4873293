"""A journey's questions on one page: a colleague writes down what somebody says, wrote, or left on a machine.

Nothing that the person did not say is asked for, but for the few answers without which there is nothing to record.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.journeys.forms import QuestionForm
from app.journeys.questions import Answers, Ending, Journey, Question
from app.landlords.standards import Landlord

STAYS_ANONYMOUS = "stay_anonymous"


@dataclass(frozen=True)
class Part:
    """One question. ``is_for_some``: whether it is asked depends on other answers."""

    question: Question
    form: QuestionForm
    is_for_some: bool

    @property
    def is_alone(self) -> bool:
        """Its only field is labelled by the question itself."""
        return len(self.form.fields_on_top) == 1

    def shown(self) -> Markup:
        """The fields. Where there is only one, its label is the part's h2: the page has its h1 already."""
        if not self.is_alone:
            return self.form.shown()
        html = str(self.form.shown(str(self.question.title)))
        for level_1, level_2 in (("<h1 ", "<h2 "), ("</h1>", "</h2>"), ('--l"', '--m"')):
            html = html.replace(level_1, level_2, 1)  # the label comes first, before anything that was typed
        return Markup(html)  # noqa: S704  # as the field escaped it


class OnePage:
    """``needed`` gives, of the answers, the fields that cannot be left empty.

    ``always`` names the fields that count whatever else was answered. ``assumed`` are answers on which questions are
    made up, so that they offer everything. ``left_out`` are the slugs of questions that are not asked here. ``sent``
    is what the browser sent, None at first.
    """

    def __init__(
        self,
        journey: Journey,
        landlord: Landlord,
        sent: MultiDict[str, Any] | None = None,
        *,
        needed: Callable[[Answers], Collection[str]],
        always: Collection[str] = (),
        assumed: Answers | None = None,
        left_out: Collection[str] = (),
    ) -> None:
        self.journey, self.landlord = journey, landlord
        self._needed, self._always, self._assumed = needed, always, assumed or {}
        self.parts = tuple(self._parts(sent, left_out))
        self.endings: list[Ending] = []  # that the answers lead to: somebody else deals with this
        self.ignored: list[str] = []  # labels of what was filled in and does not fit the other answers
        self.answers = self._sort_out()

    def _parts(self, sent: MultiDict[str, Any] | None, left_out: Collection[str]) -> Iterator[Part]:
        """A field that two questions ask for, each after other answers, stands here once."""
        seen: set[str] = set()
        answers: dict[str, Any] = {}
        for step in self.journey.questions:
            if not isinstance(step, Question) or step.slug in left_out:
                continue
            so_far = {**answers, **self._assumed}
            form = step.form(landlord=self.landlord, answers=so_far, formdata=sent, meta={"csrf": False})
            names = {field.name for field in form.fields_asked}
            if names <= seen:
                continue
            for name in names & seen:
                del form[name]
            seen |= names
            answers = {**answers, **form.kept()}
            yield Part(step, form, step.asked_of_some)

    def _sort_out(self) -> dict[str, Any]:
        """The answers that count, by field."""
        by_slug = {part.question.slug: part.form for part in self.parts}
        answers: dict[str, Any] = {}
        for step in self.journey.questions:
            form = by_slug.get(step.slug)
            if not step.applies(answers, self.landlord):
                if form is not None:
                    answers.update(self._kept_all_the_same(form, answers))
            elif isinstance(step, Ending):
                self.endings.append(step)
            elif form is not None:
                kept = form.kept()
                answers.update({name: value for name, value in kept.items() if value is not None})
                self._note_ignored(form, kept)
        return answers

    def _kept_all_the_same(self, form: QuestionForm, answers: dict[str, Any]) -> dict[str, Any]:
        """How to reach somebody is kept, however they want to be answered; not of who wants to stay anonymous."""
        is_anonymous = answers.get(STAYS_ANONYMOUS) == "yes"
        found = {
            name: value
            for name, value in form.kept().items()
            if value is not None and name in self._always and not is_anonymous
        }
        self._note_ignored(form, found)
        return found

    def _note_ignored(self, form: QuestionForm, kept: dict[str, Any]) -> None:
        """Not of what the form itself had chosen beforehand."""
        typed = form.typed()
        self.ignored += [
            str(field.label.text)
            for field in form.fields_asked
            if field.name in typed and kept.get(field.name) is None and field.data != field.default
        ]

    def validate(self) -> bool:
        """Whether all that was filled in passes, and all that is needed is there."""
        needed = self._needed(self.answers)
        for part in self.parts:
            part.form.validate()
            for field in part.form.fields_asked:
                if not field.data and field.name not in needed:
                    field.errors = []
        return not any(field.errors for part in self.parts for field in part.form.fields_asked)

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """Each mistake with the id of its field, in the order of the page."""
        for part in self.parts:
            yield from part.form.mistakes()
