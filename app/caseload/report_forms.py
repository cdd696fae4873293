"""What a colleague fills in for a report of antisocial behaviour: the risk, an incident, a plan."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.antisocial_behaviour.reports import BANDS
from app.antisocial_behaviour.risk import HIGH, MEDIUM, STANDARD
from app.caseload.contact_log import BY_HAND
from app.caseload.days import as_typed, day_from
from app.caseload.words import CHANNELS, language_name
from app.cases.clock import LONDON
from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.languages import STAFF_LANGUAGES
from app.staff.actions import active_staff
from app.staff.models import StaffMember
from app.staff.roles import may_work_on_cases

# What the form begins with: a colleague sets the day. These are this service's own, not a rule of law.
USUAL_DAYS = {HIGH: 7, MEDIUM: 14, STANDARD: 28}
STEPS = (1, 2, 3)  # of ours on one page of a plan; more on the next


class _StaffForm(QuestionForm):
    def __init__(self, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    @property
    def today(self) -> date:
        return self.now.astimezone(LONDON).date()

    def _must_be_ahead(self, field: Line) -> None:
        chosen = day_from(field.data)
        if chosen is None or chosen <= self.today:
            raise ValidationError(_("Enter a day that is still to come, such as 4 12 2026"))


class RiskForm(_StaffForm):
    band = Choice(_l("Risk now"), [Pick(band, words) for band, words in BANDS.items()], needed=_l("Choose the risk"))
    reasons = Text(_l("Reasons"), needed=_l("Enter your reasons"), rows=4, longest=10_000)
    next_on = Line(
        _l("Next review"),
        hint=_l("Day, month and year, such as 4 12 2026."),
        classes="govuk-input--width-10",
        needed=_l("Enter the day of the next review"),
    )

    def begin(self, band: str) -> None:
        self.band.data = band
        self.next_on.data = as_typed(self.today + timedelta(days=USUAL_DAYS[band]))

    def validate_next_on(self, field: Line) -> None:
        self._must_be_ahead(field)


class ToldRiskForm(RiskForm):
    """A review that the tenant may be told of."""

    told = Text(
        _l("What we tell the tenant in a letter"),
        hint=_l(
            "Leave it empty to send no letter. Others at home may see it: say nothing that puts anybody in danger."
        ),
        rows=4,
        longest=4000,
    )
    told_language = SelectField(_l("Language you write in"), validate_choice=False)

    def prepare(self) -> None:
        tags = dict.fromkeys((*STAFF_LANGUAGES, *self.landlord.languages))
        self.told_language.choices = [(tag, language_name(tag)) for tag in tags]
        if self.told_language.data not in tags:
            self.told_language.data = STAFF_LANGUAGES[0]


class IncidentForm(_StaffForm):
    """An incident that somebody told a colleague about. The names of the answers are those of the diary."""

    came_by = Choice(
        _l("How we were told"),
        [Pick(channel, CHANNELS[channel]) for channel in BY_HAND],
        needed=_l("Choose how we were told"),
    )
    came_in = SelectField(_l("Language of the person"), validate_choice=False)
    incident_when = Line(_l("When it happened"), needed=_l("Enter when it happened"))
    incident_where = Line(_l("Where it happened"))
    incident_what = Text(_l("What happened"), needed=_l("Enter what happened"), rows=5)
    incident_seen_by = Line(_l("Who else saw or heard it"))

    def prepare(self) -> None:
        self.came_in.choices = [(tag, language_name(tag)) for tag in self.landlord.languages]
        if self.came_in.data not in self.landlord.languages:
            self.came_in.data = self.landlord.languages[0]
        if self.came_by.data is None:
            self.came_by.data = "phone"

    @property
    def told(self) -> dict[str, str]:
        return {name: self[name].data for name in self.data if name.startswith("incident_") and self[name].data}


class PlanForm(_StaffForm):
    """What we will do (up to STEPS steps more than are open already), what the tenant can do, and the review."""

    words_1 = Line(_l("What we will do"), longest=1000)
    owner_1 = SelectField(_l("Who does it"), validate_choice=False)
    due_on_1 = Line(_l("By which day"), classes="govuk-input--width-10")
    words_2 = Line(_l("What we will do"), longest=1000)
    owner_2 = SelectField(_l("Who does it"), validate_choice=False)
    due_on_2 = Line(_l("By which day"), classes="govuk-input--width-10")
    words_3 = Line(_l("What we will do"), longest=1000)
    owner_3 = SelectField(_l("Who does it"), validate_choice=False)
    due_on_3 = Line(_l("By which day"), classes="govuk-input--width-10")
    you = Text(_l("What the tenant can do"), hint=_l("One step on each line. You can leave this empty."), rows=4)
    review_on = Line(
        _l("When you look at the plan again"),
        hint=_l("Day, month and year, such as 4 12 2026."),
        classes="govuk-input--width-10",
        needed=_l("Enter when you look at the plan again"),
    )
    words_language = SelectField(_l("Language you write in"), validate_choice=False)

    def prepare(self) -> None:
        self.people = {str(one.id): one for one in active_staff() if may_work_on_cases(one)}
        for number in STEPS:
            owner = self[f"owner_{number}"]
            owner.choices = [("", _("Choose a colleague")), *((key, one.name) for key, one in self.people.items())]
        self.words_language.choices = [(tag, language_name(tag)) for tag in self.landlord.languages]
        if self.words_language.data not in self.landlord.languages:
            self.words_language.data = self.landlord.languages[0]

    def validate_review_on(self, field: Line) -> None:
        self._must_be_ahead(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each step that was begun is whole."""
        is_right = super().validate(extra_validators)
        for number in STEPS:
            words, owner, due_on = self._step(number)
            if not (words.data or owner.data or due_on.data):
                continue
            chosen = day_from(due_on.data)
            if not words.data:
                words.errors = [_("Enter what we will do")]
            if owner.data not in self.people:
                owner.errors = [_("Choose who does it")]
            if chosen is None or chosen < self.today:
                due_on.errors = [_("Enter a day that is still to come, such as 4 12 2026")]
        return bool(is_right) and not any(field.errors for field in self)

    @property
    def steps(self) -> list[tuple[str, StaffMember, date]]:
        """Those filled in; validate first."""
        found = []
        for number in STEPS:
            words, owner, due_on = self._step(number)
            if words.data and (day := day_from(due_on.data)):
                found.append((words.data, self.people[owner.data], day))
        return found

    @property
    def given(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {field.name: field.data for field in self.fields_asked}

    def _step(self, number: int) -> tuple[Any, Any, Any]:
        return self[f"words_{number}"], self[f"owner_{number}"], self[f"due_on_{number}"]
