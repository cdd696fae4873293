"""What a colleague fills in about stage 2, refusals, and how a case ends."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import StopValidation

from app.caseload.actions import may_open
from app.caseload.days import day_from
from app.caseload.ending_words import BECAUSE, NOT_OF_THE_CODE, OWN_GROUNDS, REOPENED, against_words
from app.caseload.words import CHANNELS, language_name
from app.cases import closing
from app.cases.duplicates import of_the_same_person
from app.cases.lists import case_of
from app.cases.models import Case
from app.complaints.casework import file_as_it_is, language_of_words
from app.complaints.refusals import Ground, grounds_of_complaint, grounds_of_stage_2
from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.languages.lists import listed
from app.staff.doors import acting_staff_member

LONDON = ZoneInfo("Europe/London")
WAYS = ("phone", "email", "letter", "visit", "chat", "social", "voicemail")
YES_OR_NO = (Pick("yes", _l("Yes")), Pick("no", _l("No")))
A_DAY = _l("Day, month and year, such as 4 12 2026")


class EndingForm(QuestionForm):
    """``case`` is the one that the page is about. The page checks the token."""

    def __init__(self, case: Case, now: datetime, **kwargs: Any) -> None:
        self.case, self.today = case, now.astimezone(LONDON).date()
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def _past_day(self, field: Field) -> date | None:
        """A day that is not to come; None where nothing was typed."""
        if not field.data:
            return None
        day = day_from(field.data)
        if day is None:
            raise StopValidation(_("Enter a day, such as 4 12 2026"))
        if day > self.today:
            raise StopValidation(_("Enter a day that has come"))
        return day


class JustAButton(EndingForm):
    """An act that asks nothing."""


class AskedForm(EndingForm):
    channel = Choice(
        _l("How the tenant asked"), [Pick(way, CHANNELS[way]) for way in WAYS], needed=_l("Choose how the tenant asked")
    )
    reasons = Text(
        _l("What the tenant says"),
        hint=_l("Leave it empty if they say nothing: nobody has to give a reason (Code 6.12)."),
        rows=5,
    )


class WithdrawalForm(EndingForm):
    channel = Choice(
        _l("How the tenant told us"),
        [Pick(way, CHANNELS[way]) for way in WAYS],
        needed=_l("Choose how the tenant told us"),
    )
    words = Text(
        _l("What the tenant said"),
        hint=_l("In their own words. Nobody is asked to take a complaint back."),
        needed=_l("Enter what the tenant said"),
        rows=5,
    )


class RefusalForm(EndingForm):
    ground = Choice(_l("Ground"), needed=_l("Choose a ground"))
    evidence = Text(
        _l("Evidence"),
        hint=_l("What shows that the ground holds in this case. For us, and for the Ombudsman."),
        needed=_l("Enter the evidence"),
        rows=5,
    )
    reasons = Text(
        _l("Reasons, as the tenant reads them"),
        hint=_l("About this complaint, not about such complaints. The letter says them."),
        needed=_l("Enter the reasons that the tenant reads"),
        rows=6,
    )
    written_in = Choice(_l("Language you write in"), needed=_l("Choose the language that you write in"))

    def prepare(self) -> None:
        self.ground.offer([self._pick(ground) for ground in self.grounds()])
        usual = language_of_words(file_as_it_is(self.case))
        tags = dict.fromkeys((*self.landlord.languages, usual))
        self.written_in.offer([Pick(tag, language_name(tag)) for tag in tags])
        if self.written_in.data not in tags:
            self.written_in.data = usual

    def grounds(self) -> Sequence[Ground]:
        return grounds_of_complaint(self.landlord)

    def _pick(self, ground: Ground) -> Pick:
        if ground.code:
            hint = _("Complaint Handling Code, %(paragraph)s", paragraph=ground.code)
        else:
            hint = str(NOT_OF_THE_CODE)
        return Pick(ground.key, OWN_GROUNDS.get(ground.key) or _(ground.label), hint)


class Stage2RefusalForm(RefusalForm):
    def grounds(self) -> Sequence[Ground]:
        return grounds_of_stage_2(self.case, self.landlord)


class JoinForm(EndingForm):
    reference = Line(
        _l("Reference of the other complaint"),
        hint=_l("Of the same tenant, and not answered yet. This complaint closes, and that one goes on."),
        needed=_l("Enter the reference of the other complaint"),
        classes="govuk-input--width-10",
        spellcheck=False,
    )
    main: Case | None = None

    def prepare(self) -> None:
        """Name the tenant's other open complaints, of those that this colleague may open."""
        colleague = acting_staff_member()
        others = [one for one in of_the_same_person(self.case) if one.kind == "complaint" and one.status == "open"]
        if references := listed(one.reference for one in others if may_open(one, colleague)):
            known = _("This tenant’s other open complaints: %(references)s.", references=references)
            self.reference.hint = f"{self.reference.hint} {known}"

    def validate_reference(self, field: Field) -> None:
        self.main = case_of(field.data or "")
        if self.main is None:
            raise StopValidation(_("No case has this reference. Check each character."))


class SplitForm(EndingForm):
    point = Choice(_l("Which point becomes a complaint of its own?"), needed=_l("Choose a point"))

    def prepare(self) -> None:
        points = [point for point in file_as_it_is(self.case).points if point.stage == self.case.stage]
        self.point.offer([Pick(str(point.id), point.words) for point in points])


class ReferralForm(EndingForm):
    referred_on = Line(
        _l("Since when the Ombudsman looks at it"),
        hint=A_DAY,
        needed=_l("Enter the day"),
        classes="govuk-input--width-10",
    )
    their_reference = Line(_l("The Ombudsman's reference"), longest=60, classes="govuk-input--width-20")
    evidence_due_on = Line(_l("By when they want our evidence"), hint=A_DAY, classes="govuk-input--width-10")

    def validate_referred_on(self, field: Field) -> None:
        self._past_day(field)

    def validate_evidence_due_on(self, field: Field) -> None:
        if field.data and day_from(field.data) is None:
            raise StopValidation(_("Enter a day, such as 4 12 2026"))


class OmbudsmansDecisionForm(EndingForm):
    decision = Text(_l("What the Ombudsman decided"), needed=_l("Enter what the Ombudsman decided"), rows=6)
    decided_on = Line(_l("When they decided"), hint=A_DAY, needed=_l("Enter the day"), classes="govuk-input--width-10")

    def validate_decided_on(self, field: Field) -> None:
        self._past_day(field)


class LearningForm(EndingForm):
    words = Text(
        _l("What we change so that it does not happen again"),
        hint=_l("One or two plain sentences."),
        needed=_l("Enter what we change"),
        rows=4,
    )
    service = Choice(_l("Which service it is about"), needed=_l("Choose a service"))
    may_be_published = Choice(
        _l("May it be published?"),
        YES_OR_NO,
        hint=_l("Only if nobody could be known by it."),
        needed=_l("Choose whether it may be published"),
    )

    def prepare(self) -> None:
        self.service.offer([Pick(one.key, _(one.label)) for one in self.landlord.services])


class LearningMadeForm(EndingForm):
    learning = Choice(_l("Which change was made?"), needed=_l("Choose a change"))
    changed_on = Line(_l("When it was made"), hint=A_DAY, needed=_l("Enter the day"), classes="govuk-input--width-10")

    def prepare(self) -> None:
        still_to_make = [one for one in file_as_it_is(self.case).learning if one.changed_on is None]
        self.learning.offer([Pick(str(one.id), one.words) for one in still_to_make])

    def validate_changed_on(self, field: Field) -> None:
        self._past_day(field)


class CloseForm(EndingForm):
    because = Choice(_l("Why is it closed?"), needed=_l("Choose why it is closed"))

    def prepare(self) -> None:
        keys = [key for key in closing.BECAUSE[self.case.kind] if key != closing.JOINED]
        self.because.offer([self._pick(key) for key in keys])

    def _pick(self, key: str) -> Pick:
        """What stands against this reason alone; what stands against all is said above the form."""
        against_all = closing.what_is_owed(self.case)
        against = [reason for reason in closing.what_is_owed(self.case, key) if reason not in against_all]
        return Pick(key, BECAUSE[key], " ".join(against_words(against)) or None)


class CloseWithLetterForm(CloseForm):
    words = Text(_l("What the letter says about it"), hint=_l("The tenant reads it. You can leave it empty."), rows=5)


class ReopenForm(EndingForm):
    why = Choice(
        _l("Why is it opened again?"),
        [Pick(key, REOPENED[key]) for key in closing.REOPENED_BECAUSE if key != "taken-after-all"],
        needed=_l("Choose why it is opened again"),
    )


class HoldForm(EndingForm):
    reason = Text(
        _l("Why the case must be kept"),
        hint=_l("For example a claim at court. Names and words stay until the hold is lifted."),
        needed=_l("Enter why the case must be kept"),
        rows=4,
    )
