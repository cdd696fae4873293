"""What a colleague fills in about an action."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import StopValidation, ValidationError

from app.caseload.actions import may_open
from app.caseload.days import day_from
from app.cases.models import Case
from app.journeys.fields import Choice, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.staff.actions import active_staff
from app.staff.models import StaffMember
from app.staff.roles import may_work_on_cases

HAND_ON, MOVE, DROP = "hand-on", "move", "drop"


class _WithOwner(QuestionForm):
    """``today`` is the day in London. Whoever does it has to be able to open the case."""

    owner = SelectField(_l("Who does it"), validate_choice=False)
    due_on = Line(
        _l("By which day"), hint=_l("Day, month and year, such as 4 12 2026"), classes="govuk-input--width-10"
    )

    def __init__(self, case: Case, today: date, **kwargs: Any) -> None:
        able = [one for one in active_staff() if may_work_on_cases(one) and may_open(case, one)]
        self.today, self.people = today, {str(one.id): one for one in able}
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def prepare(self) -> None:
        self.owner.choices = [("", _("Choose a colleague")), *((key, one.name) for key, one in self.people.items())]

    @property
    def who(self) -> StaffMember:
        return self.people[self.owner.data]

    @property
    def day(self) -> date:
        return day_from(self.due_on.data) or self.today

    def _check_owner(self) -> None:
        if self.owner.data not in self.people:
            raise ValidationError(_("Choose who does it"))

    def _check_day(self) -> None:
        day = day_from(self.due_on.data)
        if day is None:
            raise StopValidation(_("Enter a day, such as 4 12 2026"))
        if day < self.today:
            raise StopValidation(_("Enter a day that is not over"))


class NewActionForm(_WithOwner):
    words = Text(
        _l("What we do"),
        hint=_l("As the tenant is told: one sentence, such as: We repair the lift."),
        needed=_l("Enter what we do"),
        longest=2000,
        rows=3,
    )

    @property
    def fields_asked(self) -> list[Any]:
        """What is done comes first."""
        return sorted(super().fields_asked, key=lambda field: field.name != "words")

    def prepare(self) -> None:
        super().prepare()
        self.due_on.needed = _("Enter the day by which it is done")

    def validate_owner(self, field: Field) -> None:
        self._check_owner()

    def validate_due_on(self, field: Field) -> None:
        self._check_day()


class ChangeActionForm(_WithOwner):
    what = Choice(
        _l("What changes"),
        [
            Pick(HAND_ON, _l("Another colleague does it")),
            Pick(MOVE, _l("It is done by another day")),
            Pick(DROP, _l("It will not be done")),
        ],
        needed=_l("Choose what changes"),
    )
    because = Text(_l("Why it will not be done"), longest=2000, rows=3)

    def prepare(self) -> None:
        super().prepare()
        if self.what.data == DROP:
            self.because.needed = _("Enter why it will not be done")
        if self.what.data == MOVE:
            self.due_on.needed = _("Enter the day by which it is done")

    def validate_owner(self, field: Field) -> None:
        if self.what.data == HAND_ON:
            self._check_owner()

    def validate_due_on(self, field: Field) -> None:
        if self.what.data == MOVE:
            self._check_day()
