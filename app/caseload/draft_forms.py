"""What a colleague fills in to write a letter, to decide about one, and to keep standard paragraphs."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import StopValidation

from app.caseload.words import LETTERS, language_name
from app.journeys.fields import Choices, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.letters.models import StandardParagraph

KEPT_FOR = ("letter", "stage-1-response", "stage-2-response", "answer")
_KEY = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class _Form(QuestionForm):
    """The page checks the token."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)


class _WithLanguage(_Form):
    def prepare(self) -> None:
        field: SelectField = self[self.language_field]
        field.choices = [(tag, language_name(tag)) for tag in self.landlord.languages]
        if field.data not in self.landlord.languages:
            field.data = self.landlord.languages[0]

    language_field = "words_language"


class LetterForm(_WithLanguage):
    title = Line(
        _l("Title"), hint=_l("What the letter is about, as its first line says it."), needed=_l("Enter the title")
    )
    words = Text(
        _l("Words of the letter"),
        hint=_l(
            "The letter puts greeting, reference and ways to reach us around them. Each line is a paragraph."
            " Begin a heading with #, a list with a dash or a number. Put ** around words that are strong."
            " A link: [words](https://address)."
        ),
        needed=_l("Enter the words of the letter"),
        rows=18,
    )
    words_language = SelectField(_l("Language you write in"), validate_choice=False)

    @property
    def given(self) -> dict[str, Any]:
        """As the letter is given it."""
        return {"title": self.title.data or "", "words": self.words.data or "", "words_language": self.written_in}

    @property
    def is_too_long(self) -> bool:
        return any(len(field.data or "") > field.longest for field in (self.title, self.words))

    @property
    def written_in(self) -> str:
        return str(self.words_language.data)


class SendBackForm(_Form):
    note = Text(_l("What to change"), needed=_l("Enter what is to be changed"), rows=4, longest=2000)


class ParagraphForm(_WithLanguage):
    key = Line(
        _l("Short name"),
        hint=_l("The same in every language. Small letters, numbers and hyphens, such as how-to-pay."),
        needed=_l("Enter a short name"),
        longest=60,
        classes="govuk-input--width-20",
        spellcheck=False,
    )
    language = SelectField(_l("Language"), validate_choice=False)
    title = Line(_l("Title for colleagues"), needed=_l("Enter a title"))
    words = Text(_l("Words"), needed=_l("Enter the words"), rows=10)
    letters = Choices(_l("For which letters"), hint=_l("Choose none for all letters."))
    language_field = "language"

    def __init__(self, paragraph: StandardParagraph | None = None, **kwargs: Any) -> None:
        self.paragraph = paragraph
        so_far = (
            {name: getattr(paragraph, name) for name in ("key", "language", "title", "words", "letters")}
            if paragraph
            else {}
        )
        super().__init__(data=so_far, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        self.letters.offer([Pick(name, LETTERS[name]) for name in KEPT_FOR])
        if self.paragraph is not None:
            del self.key, self.language

    def validate_key(self, field: Field) -> None:
        if not _KEY.fullmatch(field.data or ""):
            raise StopValidation(_("Use small letters, numbers and hyphens only, such as how-to-pay"))
