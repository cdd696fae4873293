"""Checks of an answer, beyond that it is there and not too long. Each says what to do."""

from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from wtforms import Field, ValidationError

HOME_COUNTRY = "GB"  # of a phone number that does not begin with its country


def is_email_address(form: Any, field: Field) -> None:
    """Written as an email address is. Nobody is asked whether it exists."""
    try:
        validate_email(field.data, check_deliverability=False)
    except EmailNotValidError as wrong:
        raise ValidationError(_("Enter an email address such as name@example.com")) from wrong


def is_phone_number(form: Any, field: Field) -> None:
    """A number that can exist, in any country, in any country's digits."""
    try:
        is_possible = phonenumbers.is_possible_number(phonenumbers.parse(field.data, HOME_COUNTRY))
    except phonenumbers.NumberParseException:
        is_possible = False
    if not is_possible:
        raise ValidationError(_("Enter a phone number such as 07700 900123 or +48 22 123 45 67"))
