"""Service notices: what is planned, broken, busy or closed; announced in time, on every page, in feeds and by email."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.notices import models as models  # its tables
