"""How somebody wants to come back to their form, and the code with which they do."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import ValidationError

from app.cases.references import read_return_code
from app.journeys.fields import Choice, EmailLine, Line, Pick
from app.journeys.forms import QuestionForm

BY_CODE, BY_EMAIL = "code", "email"
LONGEST_CODE = 50  # as typed, with spaces and dashes


class WayBack(QuestionForm):
    """``answers_so_far`` are those of the form to be kept: a tenant for whom email is not safe gets none."""

    way = Choice(
        _l("How do you want to come back?"),
        needed=_l("Choose how you want to come back"),
        reveals={BY_EMAIL: "address"},
    )
    address = EmailLine()

    def prepare(self) -> None:
        picks = [Pick(BY_CODE, _l("With a code that I write down"))]
        safe_ways = self.answers_so_far.get("safe_ways")
        self.email_is_safe = safe_ways is None or "email" in safe_ways
        if self.email_is_safe:
            picks.append(Pick(BY_EMAIL, _l("With a link in an email")))
        self.way.offer(picks)
        if not self.email_is_safe:
            self.way.reveals = {}
            del self.address
        elif self.way.data == BY_EMAIL:
            self.address.needed = _l("Enter your email address")
        elif not self.is_submitted():
            self.address.data = self.answers_so_far.get("email") or ""
        else:
            self.address.data = ""  # under the other answer: nothing is asked of it


class Code(FlaskForm):
    """The code that we gave, typed as people type."""

    code = Line(
        _l("Your code"),
        hint=_l("It has 12 letters and numbers, such as K7M4-QX9T-3CDF. Capitals and spaces do not matter."),
        needed=_l("Enter your code"),
        longest=LONGEST_CODE,
        classes="govuk-input--width-20",
        autocomplete="off",
        spellcheck=False,
        direction="ltr",
    )

    def validate_code(self, field: Line) -> None:
        if read_return_code(field.data or "") is None:
            raise ValidationError(_("Check the code. One of its letters or numbers is wrong, or one is missing"))

    def mistakes(self) -> Iterator[tuple[str, str]]:
        if self.code.errors:
            yield self.code.id, str(self.code.errors[0])
