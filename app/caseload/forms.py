"""What staff fill in on a case's page."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.cases.models import Case
from app.staff.actions import active_staff
from app.staff.models import StaffMember
from app.staff.roles import may_read_restricted, may_work_on_cases


def number_from(text: Any) -> int | None:
    """The number of a colleague as a form sends it; None for what is none."""
    written = str(text or "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def may_be_given(case: Case, colleague: StaffMember) -> bool:
    """A restricted case opens to whoever handles it: so it goes to roles that see such cases, with a second factor."""
    return may_work_on_cases(colleague) and (
        not case.is_restricted or may_read_restricted(colleague) or colleague.id == case.handler_id
    )


class HandlerForm(FlaskForm):
    """Who deals with the case: one of the colleagues whose role does."""

    handler = SelectField(_l("Who deals with this case"), coerce=number_from, validate_choice=False)

    def __init__(self, case: Case, **kwargs: Any) -> None:
        super().__init__(data={"handler": case.handler_id}, **kwargs)
        people = [(one.id, one.name) for one in active_staff() if may_be_given(case, one)]
        self.handler.choices = people if case.handler_id else [("", _("Choose a colleague")), *people]

    def validate_handler(self, field: SelectField) -> None:
        if field.data not in [value for value, _label in field.choices if value]:
            raise ValidationError(_("Choose who deals with this case"))
