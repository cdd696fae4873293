"""What colleagues fill in at the door. templates/staff/fields.html draws them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired


class SignInForm(FlaskForm):
    email = EmailField(_l("Email address"), validators=[InputRequired(_l("Enter your email address"))])
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter your password"))])


class PasswordForm(FlaskForm):
    password = PasswordField(_l("New password"), validators=[InputRequired(_l("Enter a password"))])


class CodeForm(FlaskForm):
    code = StringField(_l("Code"), validators=[InputRequired(_l("Enter a code"))])


class SetUpForm(FlaskForm):
    """``asks_for_password``: of whoever is in already. At the door they have just given it."""

    code = StringField(
        _l("Code that the app shows"), validators=[InputRequired(_l("Enter the code that the app shows"))]
    )
    password = PasswordField(_l("Your password"), validators=[InputRequired(_l("Enter your password"))])

    def __init__(self, *, asks_for_password: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asks_for_password = asks_for_password
        if not asks_for_password:
            del self.password


class OwnPasswordForm(FlaskForm):
    password = PasswordField(_l("Your password"), validators=[InputRequired(_l("Enter your password"))])


class ChangePasswordForm(FlaskForm):
    old_password = PasswordField(_l("Your password now"), validators=[InputRequired(_l("Enter your password"))])
    password = PasswordField(_l("New password"), validators=[InputRequired(_l("Enter a new password"))])
