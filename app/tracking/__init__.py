"""Following a case without an account: where it stands, and what can be added or asked."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing yet."""
