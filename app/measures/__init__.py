"""What the cases show when counted: the dashboard, the check of quality, exports."""

from flask import Flask

from app.measures import models as models


def init_app(app: Flask) -> None:
    """Its pages and commands are added here."""
