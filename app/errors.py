"""Error pages in the reader's language."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing yet."""
