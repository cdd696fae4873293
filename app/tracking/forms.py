"""The forms of somebody who follows a case."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.letters.answers_following import CHOSEN
from app.reception.answers import preference
from app.reception.needs_forms import LONGEST_INTERPRETER_LANGUAGE, WhoInterprets


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


class InterpreterForm(QuestionForm):
    interpreter_language = Line(
        _l("Language of the interpreter"),
        hint=_l("For example: Polish, or British Sign Language."),
        needed=_l("Enter the language of the interpreter"),
        longest=LONGEST_INTERPRETER_LANGUAGE,
    )
    interpreter_way = Choice(
        _l("How you want to talk with us"),
        [Pick(way, words) for way, words in CHOSEN["interpreter_way"].items()],
        needed=_l("Choose how you want to talk with us"),
    )
    interpreter_prefers = WhoInterprets()
    interpreter_when = Line(
        _l("When it suits you"),
        hint=_l("For example: in the morning, or not on Fridays. You do not have to write anything here."),
        longest=500,
    )

    def kept(self) -> dict[str, Any]:
        kept = super().kept()
        return {**kept, "interpreter_prefers": preference(kept)}
