"""The landlord's pages, written in Markdown under ``content/``: read, composed, found, and made in every format."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
