"""Being called back: a time that suits, and a place in the queue."""

from flask import Flask

from app.call_backs import models as models


def init_app(app: Flask) -> None:
    """Nothing yet."""
