"""The fields that questions are made of: labelled, hinted, cleaned and checked, in GOV.UK's components.

Every field takes ``label`` (also its row on the check page), and ``hint``; text fields take ``needed`` (what to say
when it is empty; an answer is optional without it) and ``longest`` (characters).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput, GovTextArea, GovTextInput
from markupsafe import Markup
from wtforms import Field, RadioField, SelectMultipleField, StringField
from wtforms.validators import StopValidation

from app.journeys.checks import is_email_address
from app.journeys.words import kept_line, kept_words

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
LONGEST_EMAIL = 254  # characters; RFC 5321's path of 256 without its brackets


class _SpeaksTheLanguage:
    """GOV.UK's widgets say "Error" in English before a message, and add an empty hint where there is none."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        if "errorMessage" in params:
            params["errorMessage"]["visuallyHiddenText"] = _("Error")
        if not (params.get("hint") or {}).get("text"):
            params["hint"] = None
        return params


class LineWidget(_SpeaksTheLanguage, GovTextInput):
    pass


class TextWidget(_SpeaksTheLanguage, GovTextArea):
    pass


class ChoiceWidget(_SpeaksTheLanguage, GovRadioInput):
    pass


class ChoicesWidget(_SpeaksTheLanguage, GovCheckboxesInput):
    pass


class _Shown:
    """What every field of ours can do: stand on a page, alone as its heading or among others."""

    label: Any
    hint: Any = None

    def as_shown(self, heading: str | None = None, revealed: dict[str, Markup] | None = None) -> Markup:
        """The field's HTML. With a ``heading`` its label is the page's h1."""
        return Markup(self(params=self._parameters(heading, revealed or {})))  # type: ignore[operator] # noqa: S704

    def _parameters(self, heading: str | None, revealed: dict[str, Markup]) -> dict[str, Any]:
        raise NotImplementedError

    def _heading(self, heading: str | None, kind: str) -> dict[str, Any]:
        if heading is None:
            return {"text": str(self.label.text), "classes": f"govuk-{kind}--s"}
        return {"text": heading, "isPageHeading": True, "classes": f"govuk-{kind}--l"}

    def _hint(self) -> dict[str, Any]:
        return {"hint": {"text": str(self.hint)}} if self.hint else {}

    def in_words(self) -> str:
        """The answer as the check page shows it. Empty when there is none."""
        raise NotImplementedError

    def language_of_words(self) -> str | None:
        """The tag of the language of ``in_words``, where it is known and not the page's."""
        return None

    def has_chosen(self, answer: str) -> bool:
        """Whether this answer of a list was chosen, alone or among others."""
        return False


class _Text(_Shown, StringField):
    def __init__(
        self,
        label: Any,
        *,
        hint: Any = None,
        needed: Any = None,
        longest: int = LONGEST_LINE,
        checks: Sequence[Callable[[Any, Field], None]] = (),
        classes: str = "",
        autocomplete: str | None = None,
        inputmode: str | None = None,
        spellcheck: bool | None = None,
        direction: str = "auto",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators=[_is_there, _is_short_enough, *checks], **kwargs)
        self.hint, self.needed, self.longest = hint, needed, longest
        self.classes, self.autocomplete, self.inputmode = classes, autocomplete, inputmode
        self.spellcheck, self.direction = spellcheck, direction

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = self._kept(valuelist[0])

    def _kept(self, typed: str) -> str:
        raise NotImplementedError

    def _parameters(self, heading: str | None, revealed: dict[str, Markup]) -> dict[str, Any]:
        return {
            "label": self._heading(heading, "label"),
            **self._hint(),
            "classes": self.classes,
            "autocomplete": self.autocomplete,
            "inputmode": self.inputmode,
            "spellcheck": self.spellcheck,
            # The words decide the direction: a reader of Arabic may type English, and the other way round.
            "attributes": {"dir": self.direction},
        }

    def in_words(self) -> str:
        return self.data or ""


class Line(_Text):
    """An answer of one line."""

    widget = LineWidget()

    def _kept(self, typed: str) -> str:
        return kept_line(typed)


class EmailLine(Line):
    """The reader's email address: asked for and checked alike wherever it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            _l("Your email address"),
            longest=LONGEST_EMAIL,
            checks=[is_email_address],
            autocomplete="email",
            inputmode="email",
            spellcheck=False,
            direction="ltr",
            **kwargs,
        )


class Text(_Text):
    """An answer of as many lines as the tenant likes."""

    widget = TextWidget()

    def __init__(self, label: Any, *, longest: int = LONGEST_TEXT, rows: int = 8, **kwargs: Any) -> None:
        super().__init__(label, longest=longest, **kwargs)
        self.rows = rows

    def _kept(self, typed: str) -> str:
        return kept_words(typed)

    def _parameters(self, heading: str | None, revealed: dict[str, Markup]) -> dict[str, Any]:
        return {**super()._parameters(heading, revealed), "rows": self.rows}


@dataclass(frozen=True)
class Pick:
    """One answer to choose. ``language`` is its tag when its words are not in the page's language."""

    key: str
    words: Any
    hint: Any = None
    language: str | None = None
    classes: str = ""


class _Offered(_Shown):
    """What fields of few answers share."""

    picks: tuple[Pick, ...]
    reveals: dict[str, str | tuple[str, ...]]
    choices: Any
    data: Any

    def __init__(
        self,
        label: Any,
        picks: Sequence[Pick] = (),
        *,
        hint: Any = None,
        needed: Any = None,
        reveals: dict[str, str | tuple[str, ...]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)  # type: ignore[call-arg]  # the field of WTForms beside it
        self.hint, self.needed, self.reveals = hint, needed, reveals or {}
        self.offer(picks)

    def offer(self, picks: Sequence[Pick]) -> None:
        """Set the answers: for those that a landlord's policy decides."""
        self.picks = tuple(picks)
        self.choices = [(pick.key, str(pick.words)) for pick in picks]

    def _parameters(self, heading: str | None, revealed: dict[str, Markup]) -> dict[str, Any]:
        return {
            "fieldset": {"legend": self._heading(heading, "fieldset__legend")},
            **self._hint(),
            "items": [self._item(pick, revealed) for pick in self.picks],
        }

    def revealed_by(self, answer: str) -> tuple[str, ...]:
        """The names of the fields that stand under this answer."""
        names = self.reveals.get(answer, ())
        return (names,) if isinstance(names, str) else names

    def _item(self, pick: Pick, revealed: dict[str, Markup]) -> dict[str, Any]:
        item: dict[str, Any] = {"label": {"classes": pick.classes}}
        if pick.language:
            item["label"]["attributes"] = {"lang": pick.language, "dir": "auto"}
        if pick.hint:
            item["hint"] = {"text": str(pick.hint)}
        if pick.key in self.reveals:
            item["conditional"] = {"html": Markup("\n").join(revealed[name] for name in self.revealed_by(pick.key))}
        return item


class Choice(_Offered, RadioField):
    """One answer out of a few. ``reveals={"yes": "details"}`` shows the field named ``details`` under ``yes``;
    a tuple of names shows several."""

    widget = ChoiceWidget()

    def pre_validate(self, form: Any) -> None:
        if self.data not in {pick.key for pick in self.picks}:
            raise StopValidation(str(self.needed))

    def has_chosen(self, answer: str) -> bool:
        return bool(self.data == answer)

    def in_words(self) -> str:
        return next((str(pick.words) for pick in self.picks if pick.key == self.data), "")

    def language_of_words(self) -> str | None:
        return next((pick.language for pick in self.picks if pick.key == self.data), None)


class Choices(_Offered, SelectMultipleField):
    """Any answers out of a few; at least one where ``needed`` says what to do without. Its data is a list of keys."""

    widget = ChoicesWidget()

    def pre_validate(self, form: Any) -> None:
        known = [pick.key for pick in self.picks]
        # In the order of the page, each once; what is no answer of ours was not chosen here.
        chosen: list[str] = self.data or []
        self.data = [key for key in known if key in chosen]
        if self.needed and not self.data:
            raise StopValidation(str(self.needed))

    def has_chosen(self, answer: str) -> bool:
        return answer in (self.data or [])

    def in_words(self) -> str:
        return "\n".join(str(pick.words) for pick in self.picks if self.has_chosen(pick.key))


def _is_there(form: Any, field: _Text) -> None:
    if not field.data:
        # An optional answer that is empty needs no further checks.
        raise StopValidation(str(field.needed) if field.needed else None)


def _is_short_enough(form: Any, field: _Text) -> None:
    typed = len(field.data)
    if typed > field.longest:
        raise StopValidation(
            _(
                "Make your answer shorter. It has %(typed)s characters and we can take %(longest)s.",
                typed=format_decimal(typed),
                longest=format_decimal(field.longest),
            )
        )
