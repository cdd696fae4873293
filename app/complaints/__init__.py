"""Complaints: the form, and what becomes of it."""

from flask import Flask

from app.complaints import models as models


def init_app(app: Flask) -> None:
    from app.complaints.routes import complaints

    app.register_blueprint(complaints)
