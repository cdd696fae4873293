"""The worker's part in pages of content: sound that somebody asked for."""

from datetime import UTC, datetime

from flask import Flask

from app.content import files
from app.dispatch.actions import add_to_sweep


def init_app(app: Flask) -> None:
    def read_pages_out(_row: int) -> None:
        with app.app_context():
            files.read_one_out(datetime.now(UTC))

    app.extensions["queue"].task(files.TASK, read_pages_out)
    add_to_sweep(app, files.sweep)
