"""People who do not exist, and what they might write: for whoever looks at Letterbox for the first time."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.demonstration.commands import demonstration_commands

    app.cli.add_command(demonstration_commands)
