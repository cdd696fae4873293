"""What colleagues fill in at the door. templates/staff/fields.html draws them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired


class SignInForm(FlaskForm):
    email = EmailField(_l("Email address"), validators=[InputRequired(_l("Enter your email address"))])
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter your password"))])


class PasswordForm(FlaskForm):
    password = PasswordField(_l("New password"), validators=[InputRequired(_l("Enter a password"))])
