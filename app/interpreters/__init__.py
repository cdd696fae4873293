"""Interpreters: asked for, booked by colleagues, and whether one was there; and what came in and is translated for us.

Below the letters: whoever tells the tenant stands above this room.
"""

from flask import Flask

from app.interpreters import models as models


def init_app(app: Flask) -> None:
    """No page of its own: ``tracking`` and ``caseload`` have them."""
