"""The shared record: cases, what was promised, and what happened."""

from flask import Flask

from app.cases import casework_models as casework_models
from app.cases import models as models


def init_app(app: Flask) -> None:
    # Adds ``cases retention`` to the commands of the cases.
    from app.cases import retention_command as retention_command
    from app.cases.commands import cases_commands
    from app.cases.due_command import due_command

    app.cli.add_command(cases_commands)
    app.cli.add_command(due_command)
