"""The mechanism that every web form shares: questions on pages of their own, drafts, check, received."""

from flask import Flask

from app.journeys import models as models


def init_app(app: Flask) -> None:
    """Nothing: a room that has a form registers its journey."""
