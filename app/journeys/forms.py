"""One question as a form."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field

from app.landlords.standards import Landlord


class QuestionForm(FlaskForm):
    """The fields of one page. ``landlord`` and the ``answers`` given so far are there for ``prepare``."""

    def __init__(self, *, landlord: Landlord, answers: Mapping[str, Any], **kwargs: Any) -> None:
        self.landlord, self.answers_so_far = landlord, answers
        super().__init__(**kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Override to offer what the landlord's policy or an earlier answer decides."""

    @property
    def fields_asked(self) -> list[Any]:
        """In the order of the page, without the hidden token."""
        return [field for field in self if field.name != self.meta.csrf_field_name]

    @property
    def fields_on_top(self) -> list[Any]:
        """Those that are not shown under an answer of another."""
        revealed = {name for field in self.fields_asked for _answer, name in _revealed(field)}
        return [field for field in self.fields_asked if field.name not in revealed]

    def shown(self, heading: str | None = None) -> Markup:
        """All fields as HTML. With a ``heading`` the only field's label is the page's h1."""
        return Markup("\n").join(self._shown(field, heading) for field in self.fields_on_top)

    def _shown(self, field: Any, heading: str | None = None) -> Markup:
        revealed = {name: self._shown(self[name]) for _answer, name in _revealed(field)}
        return field.as_shown(heading, revealed)

    def kept(self) -> dict[str, Any]:
        """The answers to keep: None for an empty one, and for one under an answer that was not chosen."""
        answers = {field.name: field.data or None for field in self.fields_asked}
        for field in self.fields_asked:
            for answer, name in _revealed(field):
                if not field.has_chosen(answer):
                    answers[name] = None
        return answers

    def typed(self) -> dict[str, Any]:
        """What is in the fields now, right or wrong, so that it can be shown again."""
        return {field.name: field.data for field in self.fields_asked if field.data}

    @property
    def is_from_elsewhere(self) -> bool:
        """The form's token is missing or wrong: lost with the browser's session, or sent by another site."""
        token: Field | None = getattr(self, self.meta.csrf_field_name, None)
        return token is not None and bool(token.errors)

    def mistakes(self) -> Iterator[tuple[str, str]]:
        """Each mistake with the id of its field, in the order of the page."""
        for field in self.fields_asked:
            for message in field.errors[:1]:
                yield field.id, str(message)


class NothingAsked(QuestionForm):
    """A page to be read before the next question. Its button leads on."""


class OnlyAButton(FlaskForm):
    """A page that asks nothing but to be sent."""

    @property
    def is_from_elsewhere(self) -> bool:
        return not self.validate()


def _revealed(field: Any) -> list[tuple[str, str]]:
    """Each answer of the field with the name of a field that stands under it."""
    return [(answer, name) for answer in getattr(field, "reveals", {}) for name in field.revealed_by(answer)]
