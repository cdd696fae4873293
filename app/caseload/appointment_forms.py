"""What a colleague fills in for a visit: when, why, who comes; and why it is cancelled."""

from datetime import UTC, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from app.caseload.appointments import NEW_TIME, NOT_NEEDED, Visit, can_be_rung, must_be_agreed
from app.caseload.days import as_typed, day_from
from app.caseload.words import language_name
from app.cases.casework_models import Appointment
from app.cases.clock import LONDON
from app.cases.models import Case
from app.journeys.fields import Choice, Choices, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.languages import STAFF_LANGUAGES
from app.languages.times import clock_words

FIRST_HOUR, LAST_HOUR = 7, 20
HALVES = tuple(time(hour, minute) for hour in range(FIRST_HOUR, LAST_HOUR + 1) for minute in (0, 30))
YES_OR_NO = (Pick("yes", _l("Yes")), Pick("no", _l("No")))


class _CaseForm(QuestionForm):
    words_language: Any

    def __init__(self, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def _offer_languages(self) -> None:
        tags = dict.fromkeys((*STAFF_LANGUAGES, self.case.language))
        self.words_language.choices = [(tag, language_name(tag)) for tag in tags]
        if self.words_language.data not in tags:
            self.words_language.data = STAFF_LANGUAGES[0]


class VisitForm(_CaseForm):
    day = Line(
        _l("Day"),
        hint=_l("Day, month and year, such as 4 12 2026."),
        needed=_l("Enter the day of the visit"),
        classes="govuk-input--width-10",
    )
    begins = SelectField(_l("We come from"), validate_choice=False)
    ends = SelectField(_l("and not later than"), validate_choice=False)
    purpose = Text(
        _l("Why we come"),
        hint=_l("The tenant reads it in the letter. Say what is done, how long it takes and what they should prepare."),
        needed=_l("Enter why we come"),
        rows=5,
        longest=4000,
    )
    words_language = SelectField(_l("Language you write in"), validate_choice=False)
    who_comes = Line(
        _l("Who comes"),
        hint=_l("The name. The tenant can ask for it at the door, and ring us to check it."),
        needed=_l("Enter the name of the person who comes"),
    )
    comes_for = Line(_l("Firm that they work for"), hint=_l("Leave it empty if they work for us."))
    is_called_ahead = Choice(
        _l("Do we ring the tenant before we come?"), needed=_l("Choose whether we ring before we come")
    )
    is_agreed = Choices(
        _l("The tenant ruled out some ways to reach them"),
        [Pick("yes", _l("I have agreed this visit with the tenant"))],
    )

    def prepare(self) -> None:
        shown = [(one.strftime("%H:%M"), clock_words(one)) for one in HALVES]
        self.begins.choices = [("", _("Choose a time")), *shown]
        self.ends.choices = [("", _("Choose a time")), *shown]
        can_ring = can_be_rung(self.case.tenant)
        self.is_called_ahead.offer(YES_OR_NO if can_ring else YES_OR_NO[1:])
        if not can_ring:
            self.is_called_ahead.hint = _("Ringing this tenant is not safe, or we have no number.")
        if self.is_called_ahead.data is None:
            self.is_called_ahead.data = "yes" if can_ring else "no"
        if not must_be_agreed(self.case.tenant):
            del self.is_agreed
        self._offer_languages()

    def begin(self, appointment: Appointment) -> None:
        """With what an appointment says that is to be moved."""
        begins, ends = appointment.begins_at.astimezone(LONDON), appointment.ends_at.astimezone(LONDON)
        self.day.data = as_typed(begins.date())
        self.begins.data, self.ends.data = begins.strftime("%H:%M"), ends.strftime("%H:%M")
        self.purpose.data, self.words_language.data = appointment.purpose, appointment.words_language
        self.who_comes.data, self.comes_for.data = appointment.who_comes, appointment.comes_for or ""
        if can_be_rung(self.case.tenant):
            self.is_called_ahead.data = "yes" if appointment.is_called_ahead else "no"

    def validate_day(self, field: Line) -> None:
        if day_from(field.data) is None:
            raise ValidationError(_("Enter a day, such as 4 12 2026"))

    def validate_begins(self, field: Field) -> None:
        self._must_be_a_time(field)

    def validate_ends(self, field: Field) -> None:
        self._must_be_a_time(field)
        if field.data <= (self.begins.data or ""):
            raise ValidationError(_("Choose a time after the beginning"))

    def _must_be_a_time(self, field: Field) -> None:
        if field.data not in {one.strftime("%H:%M") for one in HALVES}:
            raise ValidationError(_("Choose a time"))

    @property
    def visit(self) -> Visit:
        """Validate first."""
        return Visit(
            purpose=self.purpose.data,
            words_language=self.words_language.data,
            begins=self._moment(self.begins.data),
            ends=self._moment(self.ends.data),
            who_comes=self.who_comes.data,
            comes_for=self.comes_for.data or None,
            is_called_ahead=self.is_called_ahead.data == "yes",
            is_agreed="is_agreed" not in self or self.is_agreed.has_chosen("yes"),
        )

    def _moment(self, clock: str) -> datetime:
        day = day_from(self.day.data)
        assert day
        return datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)


class CancelForm(_CaseForm):
    then = Choice(
        _l("What happens next?"),
        [
            Pick(NEW_TIME, _l("We find another time with the tenant")),
            Pick(NOT_NEEDED, _l("The visit is not needed any more")),
        ],
        needed=_l("Choose what happens next"),
    )
    reason = Text(
        _l("Why we do not come"),
        hint=_l("The tenant reads it in the letter. You can leave it empty."),
        rows=3,
        longest=4000,
    )
    words_language = SelectField(_l("Language you write in"), id="reason_language", validate_choice=False)

    def prepare(self) -> None:
        self._offer_languages()
