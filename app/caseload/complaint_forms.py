"""What a colleague fills in on a complaint's pages."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import StopValidation

from app.caseload.complaint_words import DECISIONS, REMEDIES, TRIAGES
from app.caseload.words import CHANNELS, language_name
from app.complaints.casework import language_of_words
from app.complaints.models import ComplaintFile
from app.complaints.points import MONEY, NotMoney, pence_from
from app.complaints.stage_one import SERVICE_REQUEST
from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord

OPEN = "open"  # in place of a decision
NOT_CLEAR = "not-clear"  # in place of a kind of complaint
WAYS = ("phone", "visit", "email", "letter", "chat")
YES_OR_NO = (Pick("yes", _l("Yes")), Pick("no", _l("No")))


def _picks(words: dict[str, Any]) -> list[Pick]:
    return [Pick(key, label) for key, label in words.items()]


class StepForm(QuestionForm):
    """``file`` is the complaint's. The page checks the token."""

    def __init__(self, file: ComplaintFile, **kwargs: Any) -> None:
        self.file = file
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)


class WithLanguage(StepForm):
    """Words that stand in a letter: in which language they are."""

    written_in = Choice(_l("Language you write in"), needed=_l("Choose the language that you write in"))

    def prepare(self) -> None:
        tags = dict.fromkeys((*self.landlord.languages, language_of_words(self.file)))
        self.written_in.offer([Pick(tag, language_name(tag)) for tag in tags])
        if self.written_in.data not in tags:
            self.written_in.data = language_of_words(self.file)

    @property
    def fields_asked(self) -> list[Any]:
        """The words first."""
        return sorted(super().fields_asked, key=lambda field: field.name == "written_in")


class TriageForm(StepForm):
    found = Choice(
        _l("What is this?"),
        [
            Pick(
                "complaint", TRIAGES["complaint"], _l("The tenant is not content with something that we did or left.")
            ),
            Pick("service-request", TRIAGES["service-request"], _l("The tenant asks for something to be put right.")),
        ],
        needed=_l("Choose what this is"),
    )
    tenants_say = Text(
        _l("What the tenant says about this"),
        hint=_l("Ask them. Nobody has to say the word complaint for it to be one."),
        needed=_l("Enter what the tenant says about this"),
        rows=4,
    )
    tenant_agrees = Choice(
        _l("Does the tenant agree?"),
        YES_OR_NO,
        hint=_l("Without a yes a service request stays a complaint."),
        needed=_l("Choose whether the tenant agrees"),
    )

    @property
    def stays_a_complaint(self) -> bool:
        return bool(self.found.data == SERVICE_REQUEST and self.tenant_agrees.data != "yes")


class DefinitionForm(WithLanguage):
    definition = Text(
        _l("What the complaint is about"),
        hint=_l("In plain words, as you understood it. The acknowledgement and every answer say it."),
        needed=_l("Enter what the complaint is about"),
        rows=6,
    )
    outcomes_sought = Text(_l("What would put it right"), hint=_l("What the tenant wants to happen."), rows=4)
    is_agreed = Choice(
        _l("Did the tenant agree to these words?"),
        (Pick("yes", _l("Yes")), Pick("no", _l("Not yet"))),
        needed=_l("Choose whether the tenant agreed"),
    )
    kind_of_complaint = Choice(
        _l("What the tenant says went wrong"), hint=_l("It is counted, and stands in no letter.")
    )

    def prepare(self) -> None:
        super().prepare()
        kinds = {kind.key: _(kind.label) for kind in self.landlord.complaint_kinds}
        self.kind_of_complaint.offer([*_picks(kinds), Pick(NOT_CLEAR, _l("Not clear yet"))])
        if self.kind_of_complaint.data not in kinds:
            self.kind_of_complaint.data = NOT_CLEAR

    @property
    def kind(self) -> str | None:
        return None if self.kind_of_complaint.data == NOT_CLEAR else self.kind_of_complaint.data


class ContactForm(StepForm):
    channel = Choice(
        _l("How you were in touch"),
        [Pick(way, CHANNELS[way]) for way in WAYS],
        needed=_l("Choose how you were in touch"),
    )
    summary = Text(_l("What was said"), needed=_l("Enter what was said"), rows=6)


class PutRightForm(WithLanguage):
    put_right = Text(
        _l("What was put right"),
        hint=_l("A letter tells the tenant this, and that the complaint goes on until they say otherwise."),
        needed=_l("Enter what was put right"),
        rows=6,
    )


class NewPointForm(StepForm):
    words = Text(
        _l("What the tenant raised"),
        hint=_l("One thing. The answer says it again, with what we found."),
        needed=_l("Enter what the tenant raised"),
        rows=4,
    )


class PointForm(NewPointForm):
    decision = Choice(
        _l("Decision on this point"),
        [Pick(OPEN, _l("Not decided yet")), *_picks(DECISIONS)],
        needed=_l("Choose a decision"),
    )
    answer = Text(_l("Answer"), hint=_l("What we found, and why. The tenant reads it."), rows=6)
    basis = Text(_l("What the answer is based on"), hint=_l("The policy, the law or good practice."), rows=3)

    def prepare(self) -> None:
        self.decision.data = self.decision.data or OPEN
        if self.is_decided:
            self.answer.needed = _("Enter the answer to this point")
            self.basis.needed = _("Enter what the answer is based on")
        elif self.answer.data or self.basis.data:
            self.decision.needed = _("Choose a decision: there is an answer already")

    @property
    def is_decided(self) -> bool:
        return self.decision.data not in (None, "", OPEN)

    def validate_decision(self, field: Field) -> None:
        if field.data == OPEN and (self.answer.data or self.basis.data):
            raise StopValidation(_("Choose a decision: there is an answer already"))


class RemedyForm(StepForm):
    kind = Choice(
        _l("Kind of remedy"), _picks(REMEDIES), needed=_l("Choose a kind of remedy"), reveals={MONEY: "pounds"}
    )
    pounds = Line(_l("Amount in pounds"), hint=_l("For example 150 or 150.50"), classes="govuk-input--width-5")
    words = Text(
        _l("What we do, or what it is for"),
        hint=_l("The tenant reads it."),
        needed=_l("Enter what we do, or what it is for"),
        rows=4,
    )

    def prepare(self) -> None:
        if self.kind.data == MONEY:
            self.pounds.needed = _("Enter the amount in pounds")

    @property
    def pence(self) -> int | None:
        return pence_from(self.pounds.data or "") if self.kind.data == MONEY else None

    def validate_pounds(self, field: Field) -> None:
        if self.kind.data != MONEY or not field.data:
            return
        try:
            pence_from(field.data)
        except NotMoney:
            raise StopValidation(_("Enter an amount in pounds, such as 150 or 150.50")) from None


class AnswerForm(WithLanguage):
    decision = Choice(
        _l("Decision on the complaint"), _picks(DECISIONS), needed=_l("Choose the decision on the complaint")
    )
    findings = Text(
        _l("What we found, and why"),
        hint=_l(
            "The letter puts the definition, the points, remedies, actions and how to ask for more around it."
            " Begin lines with a dash to make a list."
        ),
        needed=_l("Enter what we found, and why"),
        rows=10,
    )
