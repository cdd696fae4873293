"""Colleagues: accounts, roles, and the door that staff pages stand behind.

Flask-Security keeps the passwords, the sessions and the accounts. Its own pages are not registered: every page that
can be reached is ours, in our words.
"""

from typing import Any

from flask import Flask
from flask_security.core import Security
from flask_security.datastore import SQLAlchemyUserDatastore

from app.extensions import db
from app.languages import LANGUAGES, STAFF_LANGUAGES
from app.staff import models as models
from app.staff.one_time_codes import OneTimeCodes, keys_from
from app.staff.roles import may
from app.staff.words import role_hints, role_names, role_words


def init_app(app: Flask) -> None:
    from app.staff import previewing
    from app.staff.account_routes import account
    from app.staff.commands import staff_commands
    from app.staff.doors import load_staff_member, signed_in_staff_member
    from app.staff.people_routes import people
    from app.staff.second_factor_routes import staff

    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # the name of a scheme
        # No other scheme is even read; above all not "plaintext".
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        # Argon2 salts each password. A second salt from the settings would lock everybody out when it is changed.
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        # Its factory of codes and of recovery codes; the pages are ours.
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_TOTP_SECRETS=keys_from(app.config["LETTERBOX"].secret_keys),
        SECURITY_TOTP_ISSUER=app.extensions["landlord"].name,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, models.StaffMember, models.Role),
        register_blueprint=False,
        totp_cls=OneTimeCodes,
    )
    security.login_manager.user_loader(load_staff_member)
    security.login_manager.request_loader(lambda request: None)  # no tokens: people sign in, with a form
    app.register_blueprint(staff)
    app.register_blueprint(account)
    app.register_blueprint(people)
    app.cli.add_command(staff_commands)
    previewing.init_app(app)

    def may_here(act: str) -> bool:
        colleague = signed_in_staff_member()
        return colleague is not None and may(act, colleague)

    @app.context_processor
    def names_for_templates() -> dict[str, Any]:
        return {
            "signed_in_staff_member": signed_in_staff_member,
            "may": may_here,
            "role_words": role_words,
            "role_names": role_names,
            "role_hints": role_hints,
            "staff_languages": [LANGUAGES[tag] for tag in STAFF_LANGUAGES],
        }
