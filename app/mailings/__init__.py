"""One letter to many tenants: each in their own format and language, made by the worker, packed for the printer."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.mailings import models as models  # its tables
    from app.mailings import worker
    from app.mailings.commands import mailings_commands

    worker.init_app(app)
    app.cli.add_command(mailings_commands)
