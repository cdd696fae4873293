"""The landlord's pages, written in Markdown under ``content/``: read, composed, found, and made in every format."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.content import (
        commands,
        said_of_accessibility,
        said_of_complaints,
        said_of_homes,
        said_of_this_website,
        videos,
        worker,
    )

    for parts in (said_of_accessibility, said_of_complaints, said_of_homes, said_of_this_website, videos):
        parts.init_app(app)
    worker.init_app(app)
    app.cli.add_command(commands.content)
