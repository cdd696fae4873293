"""What we write: composed once, in the tenant's language, then made in the formats that they can read."""

from flask import Flask

from app.letters import facts
from app.letters import models as models


def init_app(app: Flask) -> None:
    from app.letters.commands import letters_commands

    facts.init_app(app)
    app.cli.add_command(letters_commands)
