"""What somebody says who wants notices by email."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from app.journeys.fields import Choice, EmailLine, Line, Pick
from app.journeys.forms import QuestionForm
from app.languages import LANGUAGES
from app.notices.showing import district_of
from app.notices.subscribing import MOST_DISTRICTS

_BETWEEN = re.compile(r"[,;،؛\n]+")


def districts_in(typed: str) -> tuple[list[str], list[str]]:
    """The districts in what was typed, each once, and the pieces in which there is none."""
    pieces = [piece.strip() for piece in _BETWEEN.split(typed) if piece.strip()]
    found = [(piece, district_of(piece)) for piece in pieces]
    return list(dict.fromkeys(district for _piece, district in found if district)), [
        piece for piece, district in found if not district
    ]


def _are_districts(form: QuestionForm, field: Field) -> None:
    districts, others = districts_in(field.data)
    if others or not districts:
        raise ValidationError(_("Enter a postcode such as EX4 or EX4 6AB, or leave this empty"))
    if len(districts) > MOST_DISTRICTS:
        raise ValidationError(_("Enter at most %(most)s postcodes, or leave this empty", most=MOST_DISTRICTS))


class ChoicesForm(QuestionForm):
    """Which notices, in which language. ``landlord`` decides which languages there are."""

    language = Choice(_l("In which language?"), needed=_l("Choose a language"))
    places = Line(
        _l("Your postcode (you can leave this empty)"),
        hint=_l("We then send only what is about your area. With more than one, write a comma between them."),
        checks=[_are_districts],
        classes="govuk-input--width-20",
        autocomplete="postal-code",
        spellcheck=False,
        direction="ltr",
    )

    def prepare(self) -> None:
        offered = [LANGUAGES[tag] for tag in self.landlord.languages if tag in LANGUAGES]
        self.language.offer([Pick(one.tag, one.own_name, language=one.tag) for one in offered])
        if not self.is_submitted():
            self.language.data = self.answers_so_far.get("language")
            self.places.data = ", ".join(self.answers_so_far.get("areas") or ())

    @property
    def districts(self) -> list[str]:
        return districts_in(self.places.data or "")[0]


class AskForm(ChoicesForm):
    email = EmailLine(needed=_l("Enter your email address"))

    @property
    def fields_asked(self) -> list[Field]:
        return [self.email, self.language, self.places]
