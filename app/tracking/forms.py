"""The forms of somebody who follows a case."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Line, Text
from app.journeys.forms import QuestionForm


class OpenForm(QuestionForm):
    reference = Line(
        _l("Your reference"),
        hint=_l("It is on every letter that we send you. It looks like this: K7M4-QX9T."),
        needed=_l("Enter your reference"),
        classes="govuk-input--width-20",
        spellcheck=False,
        autocomplete="off",
        direction="ltr",
    )
    secret = Line(
        _l("Your return code, or your postcode"),
        hint=_l(
            "The return code is on your receipt. Use the code, not the postcode, if you told us about antisocial "
            "behaviour or did not give your name."
        ),
        needed=_l("Enter your return code or your postcode"),
        classes="govuk-input--width-20",
        spellcheck=False,
        autocomplete="off",
        direction="ltr",
    )

    def refuse(self) -> None:
        """The same words whatever was wrong."""
        self.reference.errors = [
            _("We found nothing that fits both. Check the reference, and the code or the postcode")
        ]


class MoreForm(QuestionForm):
    more = Text(
        _l("What you want to add"),
        hint=_l("Write as much or as little as you like, in any language. You can add files on the next page."),
        needed=_l("Enter what you want to add"),
    )


class StageTwoForm(QuestionForm):
    stage_2_reasons = Text(
        _l("What we should look at again"),
        hint=_l("You do not have to write anything here."),
        rows=6,
    )
