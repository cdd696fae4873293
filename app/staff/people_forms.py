"""What an administrator fills in about a colleague."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.staff.accounts import Details
from app.staff.actions import active_staff, teams_by_name
from app.staff.models import ROLES, StaffMember
from app.staff.words import ROLES_IN_WORDS


def number_or_none(text: Any) -> int | None:
    """A number of a row as a form or an address sends it; None for what is none, or greater than any row has."""
    written = str(text or "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def one_line(text: str | None) -> str:
    """What was typed, with single spaces; without NUL, which PostgreSQL does not hold."""
    return " ".join((text or "").replace("\0", "").split())


class PersonForm(FlaskForm):
    """An account's details; ``colleague`` None for a new one."""

    name = StringField(_l("Full name"), validators=[InputRequired(_l("Enter the full name")), Length(max=200)])
    phone = StringField(_l("Phone number that letters give (optional)"), validators=[Length(max=100)])
    roles = SelectMultipleField(_l("Roles"), choices=[(role, ROLES_IN_WORDS[role][0]) for role in ROLES])
    team = SelectField(_l("Team"), coerce=number_or_none, validate_choice=False)
    line_manager = SelectField(_l("Line manager"), coerce=number_or_none, validate_choice=False)

    def __init__(self, colleague: StaffMember | None = None, **kwargs: Any) -> None:
        data = {}
        if colleague:
            data = {
                "name": colleague.name,
                "phone": colleague.phone,
                "roles": [role.name for role in colleague.roles],
                "team": colleague.team_id,
                "line_manager": colleague.line_manager_id,
            }
        super().__init__(data=data, **kwargs)
        others = [one for one in active_staff() if colleague is None or one.id != colleague.id]
        self.team.choices = [("", _("No team")), *((team.id, team.name) for team in teams_by_name())]
        self.line_manager.choices = [("", _("Nobody")), *((one.id, one.name) for one in others)]

    def validate_name(self, field: StringField) -> None:
        field.data = one_line(field.data)
        if not field.data:
            raise ValidationError(_("Enter the full name"))

    def validate_roles(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose one role or more"))

    def details(self) -> Details:
        phone = one_line(self.phone.data) or None
        return Details(self.name.data, phone, tuple(self.roles.data), self.team.data, self.line_manager.data)


class NewPersonForm(PersonForm):
    email = EmailField(_l("Email address"), validators=[InputRequired(_l("Enter an email address"))])

    def validate_email(self, field: EmailField) -> None:
        try:
            field.data = validate_email(field.data.strip(), check_deliverability=False).normalized.lower()
        except EmailNotValidError:
            raise ValidationError(_("Enter an email address in the right form, such as name@example.com")) from None
